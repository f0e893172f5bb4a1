// Peer to peer: the standby connection made while waiting, tracks attached at admission, and
// recovery that never takes a silent socket, or a silent peer, for the end of a call.
import { Emitter } from "../../kit/emitter.ts";
import type { Down, NoteBody, NoteKind, Present, Right, Role } from "../../live/frames.ts";
import type { LiveSocket } from "../../live/socket.ts";
import type { Call, CallEvents, Ticket, TrackKind } from "../call.ts";
import type { Size } from "./ladder.ts";
import { Line } from "./line.ts";
import { MODEST } from "./peer.ts";
import { ANSWER_WITHIN } from "./pulse.ts";

/** Asks the server for this person's ticket again, with fresh credentials for the relay. */
export type Refresh = () => Promise<Ticket | null>;

const PLAIN_AFTER = 3_000;
const STANDBY_FOR = 30 * 60_000;
const REFRESH_BEFORE = 5 * 60_000;
const REFRESH_AGAIN = 30_000;
const JOIN_AGAIN = 1_000;
const WITHDRAWN = new Set([
	"participant.sent_back",
	"participant.removed",
	"participant.declined",
	"participant.left",
]);
/** Out, and not to be expected back on the same line. */
const GONE = new Set(["participant.removed", "participant.left"]);
const FULL = { width: 1280, height: 720 };
const CONFIRM_AFTER = 2_000;
const SIGNALLING = new Set<NoteKind>(["offer", "answer", "candidate"]);

export class P2pCall extends Emitter<CallEvents> implements Call {
	#ticket: Ticket;
	#lines = new Map<string, Line>();
	#sizes = new Map<string, Size>();
	#roles = new Map<string, Role>();
	#right: Right;
	#tracks: Partial<Record<TrackKind, MediaStreamTrack | null>> | null = null;
	#over = false;
	#refreshing: ReturnType<typeof setTimeout> | undefined;
	#standby: ReturnType<typeof setTimeout> | undefined;
	#off: (() => void)[] = [];

	constructor(
		ticket: Ticket,
		private readonly live: LiveSocket,
		private readonly refresh: Refresh,
	) {
		super();
		this.#ticket = ticket;
		this.#right = ticket.right;
	}

	get me(): string {
		return this.#ticket.me;
	}

	async prepare(): Promise<void> {
		this.#off = [
			this.live.on("frame", (frame) => this.handleFrame(frame)),
			this.live.on("resumed", () => this.#resume()),
		];
		this.#planRefresh();
		this.#standby = setTimeout(() => this.#restStandby(), STANDBY_FOR);
		this.live.watch([`session:${this.#ticket.session}`]);
		this.live.join(this.#ticket.session);
	}

	async join(camera: MediaStream): Promise<void> {
		clearTimeout(this.#standby);
		this.#tracks = { audio: camera.getAudioTracks()[0] ?? null, video: camera.getVideoTracks()[0] ?? null };
		await Promise.all([...this.#lines.values()].map((line) => this.#enter(line)));
	}

	welcome(participant: string): void {
		const line = this.#lines.get(participant);
		if (!line) return;
		line.right = "admitted";
		void this.#enter(line);
	}

	farewell(participant: string): void {
		const line = this.#lines.get(participant);
		if (!line) return;
		line.right = "waiting";
		void this.#part(line);
	}

	async rest(): Promise<void> {
		this.#tracks = null;
		await Promise.all([...this.#lines.values()].map((line) => this.#part(line)));
		// Whom one doesn't meet while waiting may be gone by the next time; of whoever isn't we are told again.
		for (const participant of this.#lines.keys()) if (!this.#meetsEarly(participant)) this.#drop(participant);
	}

	async replace(kind: TrackKind, track: MediaStreamTrack | null): Promise<void> {
		if (!this.#tracks) return;
		this.#tracks[kind] = track;
		const joined = [...this.#lines.values()].filter((line) => line.joined);
		await Promise.all(joined.map((line) => line.attach({ [kind]: track })));
	}

	async share(screen: MediaStream): Promise<void> {
		await this.replace("video", screen.getVideoTracks()[0] ?? null);
	}

	tell(kind: NoteKind, body: NoteBody, to?: string): void {
		if (this.#right !== "admitted") return;
		for (const other of to ? [to] : this.#lines.keys())
			this.live.note(this.#ticket.session, other, kind, body);
	}

	mend(): void {
		if (this.live.state !== "open") this.live.renew();
		for (const line of this.#lines.values()) line.mend();
	}

	async leave(): Promise<void> {
		this.#end();
	}

	handleFrame(frame: Down): void {
		if (frame.type === "hint") this.#heed(frame.name, frame.ids);
		else if (!("session" in frame) || frame.session !== this.#ticket.session) return;
		else if (frame.type === "error") this.#excuse(frame.code);
		else if (frame.type === "joined") this.#enterRoom(frame.right, frame.present);
		else if (frame.type === "present") this.#meet(frame);
		else if (frame.type === "absent") this.#miss(frame.participant);
		else if (frame.type === "right") this.#become(frame.right);
		else if (frame.type === "taken") this.#finish("taken");
		else if (frame.type === "note") this.#hear(frame.from, frame.kind, frame.body);
	}

	/** What the server wouldn't do.  Only being out of the session is the end of anything. */
	#excuse(code: string): void {
		if (code === "removed" || code === "no_place") this.#finish("out");
		else if (code === "try_again")
			setTimeout(() => this.#over || this.live.join(this.#ticket.session), JOIN_AGAIN);
	}

	/** Rights that rose or fell.  The server decides and records; this page only stops or starts sending. */
	#heed(name: string, ids: Record<string, string>): void {
		const line = this.#lines.get(ids.participant ?? "");
		if (!line) return;
		if (name === "participant.admitted") this.welcome(line.participant);
		else if (WITHDRAWN.has(name)) this.farewell(line.participant);
		if (GONE.has(name)) this.#drop(line.participant);
	}

	#enterRoom(right: Right, present: Present[]): void {
		this.#become(right);
		if (this.#lines.size > 0) void this.#confirm();
		for (const other of present) if (other.participant !== this.me) this.#meet(other);
	}

	/** A hint may have been lost: whom the server doesn't count as in, of those it lets in, is sent nothing more. */
	async #confirm(): Promise<void> {
		if (this.#right !== "admitted") return;
		// Whoever is let in while we ask may be missing in the answer.
		const asked = [...this.#lines.values()].filter((line) => line.joined);
		const fresh = await this.refresh().catch(() => null);
		if (!fresh || this.#over) return;
		for (const { participant } of asked)
			if (this.#roles.get(participant) !== "clinician" && !(participant in fresh.people))
				this.farewell(participant);
	}

	#drop(participant: string): void {
		this.#lines.get(participant)?.close();
		this.#lines.delete(participant);
		this.#sizes.delete(participant);
	}

	#meet(other: Present): void {
		const { participant, role, right } = other;
		this.#roles.set(participant, role);
		this.emit("present", { participant, role, right });
		if (!this.#mayMeet(other)) return;
		const line = this.#lines.get(participant) ?? this.#addLine(other);
		line.right = right;
		line.handlePresent();
		void (right === "admitted" ? this.#enter(line) : this.#part(line));
	}

	/** Before admission only the client and the clinician; a guest meets nobody while waiting. */
	#mayMeet(other: Present): boolean {
		if (this.#meetsEarly(other.participant)) return true;
		return this.#right === "admitted" && other.right === "admitted";
	}

	#meetsEarly(participant: string): boolean {
		const pair = new Set([this.#ticket.role, this.#roles.get(participant)]);
		return pair.has("clinician") && pair.has("client");
	}

	/** The clinician offers and is impolite; between others the smaller id does. */
	#offersTo(other: Present): boolean {
		if (this.#ticket.role === "clinician" && other.role !== "clinician") return true;
		if (other.role === "clinician" && this.#ticket.role !== "clinician") return false;
		return this.me < other.participant;
	}

	#addLine(other: Present): Line {
		const { participant } = other;
		const { session } = this.#ticket;
		const means = {
			offers: this.#offersTo(other),
			config: () => this.#config(other.role),
			send: (kind: NoteKind, body: NoteBody) => this.live.note(session, participant, kind, body),
		};
		const line = new Line(participant, means, other.right);
		this.#lines.set(participant, line);
		line.on("stream", (stream) => this.emit("stream", { participant, stream }));
		line.on("state", (state) => this.emit("line", { participant, state }));
		line.on("facts", (facts) => this.emit("facts", { participant, facts }));
		line.on("words", (words) => this.emit("words", { participant, words }));
		line.on("thin", (thin) => this.emit("thin", { participant, thin }));
		line.on("size", (size) => {
			this.#sizes.set(participant, size);
			void this.#fit();
		});
		line.on("ask", () => void this.#ask(line));
		line.on("renew", () => this.live.state === "open" && this.live.renew());
		return line;
	}

	/** Clients and guests needn't learn from each other where they are: through the relay, where there is one. */
	#config(theirRole: Role): RTCConfiguration {
		const { iceServers, policy, role } = this.#ticket;
		const apart = role !== "clinician" && theirRole !== "clinician" && iceServers.length > 0;
		return { iceServers, iceTransportPolicy: apart ? "relay" : policy, bundlePolicy: "max-bundle" };
	}

	/** One camera for all: its picture is as large as the thinnest line carries. */
	async #fit(): Promise<void> {
		const joined = [...this.#lines.values()].filter((line) => line.joined);
		const full = joined.every(({ participant }) => this.#sizes.get(participant) === "full");
		const { width, height } = full ? FULL : MODEST;
		const track = this.#tracks?.video;
		const wanted = { ...track?.getConstraints(), width: { ideal: width }, height: { ideal: height } };
		await track?.applyConstraints(wanted).catch(() => {});
	}

	/** Tracks out, once.  Where the standby isn't up in time, a fresh connection: admission never waits for it. */
	async #enter(line: Line): Promise<void> {
		if (!this.#tracks || line.right !== "admitted" || line.joined) return;
		const attached = line.attach(this.#tracks);
		if (this.#lines.size > 1) void this.#fit();
		this.emit("meeting", { participant: line.participant, meeting: true });
		line.plain(PLAIN_AFTER);
		setTimeout(() => line.joined && line.plain(PLAIN_AFTER), PLAIN_AFTER + 50);
		await attached;
	}

	async #part(line: Line): Promise<void> {
		if (!line.joined) return;
		this.emit("meeting", { participant: line.participant, meeting: false });
		await line.silence();
	}

	#miss(participant: string): void {
		// Their socket is gone, which says nothing about their picture; nor, for certain, about their right.
		this.emit("absent", { participant });
		setTimeout(
			() => !this.#over && this.#lines.get(participant)?.joined && void this.#confirm(),
			CONFIRM_AFTER,
		);
	}

	#hear(from: string, kind: NoteKind, body: NoteBody): void {
		const line = this.#lines.get(from);
		if (SIGNALLING.has(kind)) void line?.handleNote(kind, body);
		else if (kind === "words") void line?.handleWords(body);
		else if (kind === "restart") line?.mend();
		else {
			if (kind === "media") line?.handleMedia(body);
			this.emit("note", { from, kind, body });
		}
	}

	async #ask(line: Line): Promise<void> {
		line.handleAnswer(await this.live.ping(ANSWER_WITHIN));
	}

	#resume(): void {
		// `joined` follows, then everybody's presence; the lines say again what may be lost.
		for (const line of this.#lines.values()) line.handleResumed();
	}

	#become(right: Right): void {
		if (right === this.#right) return;
		this.#right = right;
		this.emit("right", right);
	}

	/** Nobody was let in for so long that the way kept open costs more than it saves. */
	#restStandby(): void {
		if (!this.#tracks) for (const line of this.#lines.values()) line.sleep();
	}

	#planRefresh(): void {
		clearTimeout(this.#refreshing);
		if (!this.#ticket.expires || this.#over) return;
		const due = this.#ticket.expires * 1000 - Date.now() - REFRESH_BEFORE;
		this.#refreshing = setTimeout(() => void this.#refreshNow(), Math.max(due, REFRESH_AGAIN));
	}

	async #refreshNow(): Promise<void> {
		const fresh = await this.refresh().catch(() => null);
		if (fresh && !this.#over) {
			this.#ticket = { ...this.#ticket, iceServers: fresh.iceServers, expires: fresh.expires };
			for (const line of this.#lines.values()) line.mend();
		}
		this.#planRefresh();
	}

	#finish(how: "taken" | "out"): void {
		if (this.#over) return;
		this.#end();
		this.emit(how, undefined);
	}

	#end(): void {
		this.#over = true;
		this.live.leave(this.#ticket.session);
		clearTimeout(this.#refreshing);
		clearTimeout(this.#standby);
		for (const off of this.#off) off();
		for (const line of this.#lines.values()) line.close();
		this.#lines.clear();
	}
}
