// One line to one other page: perfect negotiation over notes that may be lost, and a fresh
// connection whenever the other page is a fresh one.
//
// Every note carries `pc`, the sender's connection, and `for`, the one it believes it talks to (null
// if it has heard none).  So a reloaded page is told from a mended socket, and what was meant for a
// connection that is gone is let fall.  An offer has a number too, `of`, that its answer repeats: one to
// an offer before would be taken for an answer to the last, and the two would no longer agree.
import { Emitter } from "../../kit/emitter.ts";
import type { NoteBody, NoteKind } from "../../live/frames.ts";
import type { TrackKind } from "../call.ts";
import { Beginning } from "./beginning.ts";
import { withStart } from "./start.ts";
import { Warmth } from "./warmth.ts";

export interface PeerEvents {
	stream: MediaStream;
	state: RTCPeerConnectionState;
	/** Another connection took the place of the last: count, words and line begin anew. */
	reset: undefined;
}

export interface PeerMeans {
	/** Of each two exactly one offers first, and that one is impolite. */
	offers: boolean;
	config: () => RTCConfiguration;
	send: (kind: NoteKind, body: NoteBody) => boolean;
	make?: (config: RTCConfiguration) => RTCPeerConnection;
}

const OFFER_PATIENCE = 2_000;
const KINDS: TrackKind[] = ["audio", "video"];
export const MODEST = { width: 640, height: 480 };

export class Peer extends Emitter<PeerEvents> {
	pc: RTCPeerConnection | null = null;
	startedAt = 0;
	#ours = "";
	#theirs: string | null = null;
	#making = false;
	#restarting = false;
	#dormant = false;
	/** The offer that waits may have gone to a page or socket that is no more. */
	#doubtful = false;
	/** The number of our last offer, and of theirs that we answered last. */
	#offered = 0;
	#answered = 0;
	#early: RTCIceCandidateInit[] = [];
	#tracks: Record<TrackKind, MediaStreamTrack | null> = { audio: null, video: null };
	#turn: Promise<unknown> = Promise.resolve();
	/** Kept when the present connection is closed. */
	#closing: Promise<void> = Promise.resolve();
	#sayClosed: () => void = () => {};
	#ranked: Promise<unknown> | null = null;
	#warmth: Warmth | null = null;
	#beginning = new Beginning(() => this.sender("video"));
	#patience: ReturnType<typeof setTimeout> | undefined;

	constructor(private readonly means: PeerMeans) {
		super();
	}

	get up(): boolean {
		return this.pc?.connectionState === "connected";
	}

	/** A name for this pair of connections, the same on both sides. */
	get pair(): string {
		return (this.means.offers ? [this.#ours, this.#theirs] : [this.#theirs, this.#ours]).join(":");
	}

	/** The other page is there (again): the side that offers does so if it never has; the other says who it is. */
	handlePresent(): void {
		this.#doubtful = true;
		if (this.#dormant) return;
		if (this.pc) this.#hello();
		else this.reset();
	}

	/** Our own socket is back: whatever was on its way with the old one may be lost. */
	handleResumed(): void {
		this.#doubtful = true;
		// Nothing could be agreed on meanwhile: its patience begins here.
		if (!this.up) this.startedAt = performance.now();
		this.#hello();
		this.#sendPending();
		// Agreed, and yet no way: those that were found meanwhile went to nobody.
		if (this.means.offers && this.pc?.signalingState === "stable" && !this.up) this.restart();
	}

	/** Notes in the order they came; one that makes no sense any more changes nothing. */
	handleNote(kind: NoteKind, body: NoteBody): Promise<void> {
		const next = this.#turn.then(() => this.#take(kind, body)).catch(() => {});
		this.#turn = next;
		return next;
	}

	/** A new connection in place of the present one, with our tracks if they are out already. */
	reset(greet = !this.means.offers): void {
		this.#shut();
		this.#dormant = false;
		this.#ours = crypto.randomUUID().slice(0, 8);
		this.#theirs = null;
		this.#making = this.#restarting = this.#doubtful = false;
		this.#early = [];
		this.#answered = 0;
		this.#ranked = null;
		this.startedAt = performance.now();
		this.pc = this.#build();
		if (greet) this.#hello();
		this.emit("reset", undefined);
	}

	/** Sends these tracks; before a connection exists, as soon as it does. */
	async attach(tracks: Partial<Record<TrackKind, MediaStreamTrack | null>>): Promise<void> {
		const before = this.#tracks.video;
		Object.assign(this.#tracks, tracks);
		if (this.#tracks.video && !before && this.up) this.#beginning.begun();
		if (this.#warmth?.unfinished) await this.#warmth.end();
		// The picture first: each change holds the page up a little, and a camera's next picture may be due.
		await Promise.all([this.#feed("video"), this.#feed("audio")]);
		if (before && !this.#tracks.video) this.#beginning.ended();
	}

	sender(kind: TrackKind): RTCRtpSender | null {
		return this.#transceiver(kind)?.sender ?? null;
	}

	/** Finds new ways for the same connection: after a change of address, of relay, of credentials. */
	restart(): void {
		if (!this.pc || (!this.means.offers && !this.pc.remoteDescription)) return;
		this.pc.setConfiguration(this.means.config());
		if (this.pc.signalingState === "have-local-offer") this.#sendPending();
		// Asked for while an offer waits, it follows the answer; but not twice.
		if (!this.#restarting) this.pc.restartIce();
		this.#restarting = true;
	}

	/** Gives the connection up until `reset`; greetings don't wake it. */
	rest(): void {
		this.#dormant = true;
		this.#shut();
	}

	close(): void {
		this.rest();
	}

	#shut(): void {
		clearTimeout(this.#patience);
		this.#beginning.stop();
		void this.#warmth?.end();
		this.#warmth = null;
		const old = this.pc;
		this.pc = null;
		if (!old) return;
		old.onnegotiationneeded = old.onicecandidate = old.onconnectionstatechange = old.ontrack = null;
		old.close();
		this.#sayClosed();
	}

	#build(): RTCPeerConnection {
		const make = this.means.make ?? ((config) => new RTCPeerConnection(config));
		const pc = make(this.means.config());
		this.#closing = new Promise((resolve) => {
			this.#sayClosed = resolve;
		});
		const incoming = new MediaStream();
		pc.onnegotiationneeded = () => void this.#offer(pc);
		pc.onicecandidate = ({ candidate }) => {
			if (candidate?.candidate) this.#send("candidate", { candidate: candidate.toJSON() });
		};
		pc.onconnectionstatechange = () => {
			if (pc.connectionState === "connected") this.#stand();
			this.emit("state", pc.connectionState);
		};
		pc.ontrack = ({ track }) => {
			incoming.addTrack(track);
			this.emit("stream", incoming);
		};
		if (this.means.offers) for (const kind of KINDS) this.#open(pc, kind);
		return pc;
	}

	/** With a null track nothing is sent; with one, it goes out with the first packet. */
	#open(pc: RTCPeerConnection, kind: TrackKind): void {
		const { sender } = pc.addTransceiver(kind, { direction: "sendrecv" });
		const track = this.#tracks[kind];
		if (track) void sender.replaceTrack(track).then(() => this.#rank(kind));
	}

	async #offer(pc: RTCPeerConnection): Promise<void> {
		if (!this.means.offers && !pc.remoteDescription) return;
		try {
			this.#making = true;
			this.#offered++;
			await pc.setLocalDescription();
			if (pc === this.pc) this.#sendPending();
		} catch {
			// The other side's offer came in between; its answer carries what ours would have.
		} finally {
			this.#making = false;
		}
	}

	async #take(kind: NoteKind, body: NoteBody): Promise<void> {
		// While it rests only an offer wakes it: then the other side is about to join.
		if (this.#dormant && kind !== "offer") return;
		if (this.#isForAnother(kind, body)) return;
		// What a browser was doing with a connection when it was closed it never says is done: nothing waits for it.
		if (this.pc) await Promise.race([this.#closing, this.#heed(this.pc, kind, body)]);
	}

	async #heed(pc: RTCPeerConnection, kind: NoteKind, body: NoteBody): Promise<void> {
		if (body.candidate) await this.#takeCandidate(pc, body.candidate as RTCIceCandidateInit);
		else if (typeof body.sdp === "string") await this.#takeDescription(pc, kind, body.sdp, numberOf(body));
		else if (this.#doubtful) this.#sendPending();
	}

	/** Sorts out who talks to whom; makes a new connection where the other side has one. */
	#isForAnother(kind: NoteKind, body: NoteBody): boolean {
		const theirs = typeof body.pc === "string" ? body.pc : null;
		const named = typeof body.for === "string";
		const changed = theirs !== null && this.#theirs !== null && theirs !== this.#theirs;
		const greeting = this.#isHello(body);
		if (named && body.for !== this.#ours && !greeting) {
			// Meant for a connection before this one.  Whoever offers must learn that it is gone.
			if (kind === "offer") this.#hello();
			return true;
		}
		if (kind === "offer" || greeting) {
			if (!this.pc || (changed && this.#used)) this.reset(false);
		} else if (changed && !named) return true;
		this.#theirs = theirs ?? this.#theirs;
		return false;
	}

	/** Whether this connection has met another already, and so can't be given to a third. */
	get #used(): boolean {
		return this.means.offers ? this.#theirs !== null : Boolean(this.pc?.remoteDescription);
	}

	#isHello(body: NoteBody): boolean {
		return body.sdp === undefined && body.candidate === undefined;
	}

	async #takeDescription(pc: RTCPeerConnection, kind: NoteKind, sdp: string, number: number): Promise<void> {
		if (kind === "answer" && (pc.signalingState !== "have-local-offer" || number !== this.#offered)) return;
		if (kind === "offer" && this.#sayAgain(pc, number)) return;
		const collision = kind === "offer" && (this.#making || pc.signalingState !== "stable");
		if (this.means.offers && collision) {
			// Theirs yields to ours; but if ours was lost on the way they have nothing to yield to.
			if (this.#doubtful) this.#sendPending();
			return;
		}
		clearTimeout(this.#patience);
		await pc.setRemoteDescription({ type: kind as RTCSdpType, sdp: withStart(sdp) });
		for (const candidate of this.#early.splice(0)) await this.#takeCandidate(pc, candidate);
		if (kind === "offer") await this.#reply(pc, number);
		else void this.#rankAll();
		this.#doubtful = this.#restarting = false;
	}

	/** An offer that was answered already and comes once more: its answer was lost, and is still true. */
	#sayAgain(pc: RTCPeerConnection, number: number): boolean {
		const { localDescription: said, signalingState } = pc;
		if (number !== this.#answered || signalingState !== "stable" || said?.type !== "answer") return false;
		this.#send("answer", { sdp: said.sdp, of: number });
		return true;
	}

	async #reply(pc: RTCPeerConnection, number: number): Promise<void> {
		for (const transceiver of pc.getTransceivers()) transceiver.direction = "sendrecv";
		await Promise.all(KINDS.map((kind) => this.#feed(kind)));
		await pc.setLocalDescription();
		if (pc !== this.pc || !pc.localDescription) return;
		this.#answered = number;
		this.#send("answer", { sdp: pc.localDescription.sdp, of: number });
		void this.#rankAll();
	}

	async #takeCandidate(pc: RTCPeerConnection, candidate: RTCIceCandidateInit): Promise<void> {
		if (!pc.remoteDescription) {
			this.#early.push(candidate);
			return;
		}
		// One that belongs to an ignored offer, or to ways that a restart gave up, is no trouble.
		await pc.addIceCandidate(candidate).catch(() => {});
	}

	#hello(): void {
		if (this.pc) this.#send("candidate", {});
	}

	#sendPending(): void {
		const pc = this.pc;
		if (pc?.signalingState !== "have-local-offer" || !pc.localDescription) return;
		this.#send("offer", { sdp: pc.localDescription.sdp, of: this.#offered });
		clearTimeout(this.#patience);
		this.#patience = setTimeout(() => this.#sendPending(), OFFER_PATIENCE);
	}

	#send(kind: NoteKind, body: NoteBody): void {
		this.means.send(kind, { ...body, pc: this.#ours, for: this.#theirs });
	}

	#transceiver(kind: TrackKind): RTCRtpTransceiver | undefined {
		return this.pc?.getTransceivers().find((one) => one.receiver.track.kind === kind);
	}

	async #feed(kind: TrackKind): Promise<void> {
		const sender = this.sender(kind);
		if (sender && sender.track !== this.#tracks[kind])
			await sender.replaceTrack(this.#tracks[kind]).catch(() => {});
	}

	/** The line stands: our picture begins on it, or is made ready to. */
	#stand(): void {
		if (this.#tracks.video) this.#beginning.begun();
		void this.#warm();
	}

	/** While the line stands by: once, and never where a picture goes out already. */
	async #warm(): Promise<void> {
		const { pc } = this;
		await this.#rankAll();
		const sender = this.sender("video");
		if (pc !== this.pc || this.#warmth || !sender || this.#tracks.video) return;
		this.#warmth = new Warmth(sender, MODEST);
		await this.#warmth.begin();
		// Let in meanwhile: the picture is waiting for its sender.
		if (this.#tracks.video) await this.attach({});
	}

	/** Once for a connection: a browser refuses the second of two changes made at the same time. */
	#rankAll(): Promise<unknown> {
		this.#ranked ??= Promise.all(KINDS.map((kind) => this.#rank(kind)));
		return this.#ranked;
	}

	/** Sound before picture, and a picture that moves before one that is sharp. */
	async #rank(kind: TrackKind): Promise<void> {
		const sender = this.sender(kind);
		// Said while waiting, and kept with the sender: said at admission, it would make the encoder
		// begin again just when the first picture is due.
		const parameters = sender?.getParameters();
		const encoding = parameters?.encodings?.[0];
		if (!sender || !parameters || !encoding) return;
		encoding.priority = encoding.networkPriority = kind === "audio" ? "high" : "low";
		if (kind === "video") {
			Object.assign(parameters, { degradationPreference: "maintain-framerate" });
			this.#beginning.prepare(encoding);
		}
		await sender.setParameters(parameters).catch(() => {});
	}
}

function numberOf(body: NoteBody): number {
	return typeof body.of === "number" ? body.of : 0;
}
