// One line of a p2p call: the connection, its pulse, what it can carry, and its safety words.
import { Emitter } from "../../kit/emitter.ts";
import type { NoteBody, NoteKind, Right } from "../../live/frames.ts";
import type { Facts, LineState, TrackKind } from "../call.ts";
import { SafetyWords } from "../safety.ts";
import { Ladder, type Size } from "./ladder.ts";
import { Peer } from "./peer.ts";
import { COUNT_EVERY, Pulse } from "./pulse.ts";
import { type Reading, type Report, read } from "./report.ts";

export interface LineEvents {
	stream: MediaStream;
	state: LineState;
	facts: Facts;
	words: string[] | null;
	thin: boolean;
	/** How large a picture this line carries well. */
	size: Size;
	ask: undefined;
	renew: undefined;
}

export interface LineMeans {
	offers: boolean;
	config: () => RTCConfiguration;
	send: (kind: NoteKind, body: NoteBody) => boolean;
}

const FACTS_EVERY = 2_000;
/** While a line stands by nothing is expected on it: counting it as in a call would only wear a phone out. */
const STANDBY_EVERY = 1_000;
/** The first picture comes first: safety words cost both pages and the server half a dozen messages. */
const WORDS_AFTER = 1_000;
/** Packets that no keep-alive amounts to. */
const FLOW = 20;

export class Line extends Emitter<LineEvents> {
	#peer: Peer;
	#pulse = new Pulse();
	#ladder = new Ladder();
	#words: SafetyWords;
	#state: LineState = "making";
	/** Since when our tracks go out on this line; null while they don't. */
	#joinedAt: number | null = null;
	/** Something has come since we joined: from now on a silence means something. */
	#flowing = false;
	#stood = false;
	/** Someone with neither camera nor microphone sends nothing, and is well. */
	#theyMaySend = true;
	#last: Reading | null = null;
	#factsAt = 0;
	#countedAt = Number.NEGATIVE_INFINITY;
	/** The connection whose figures are on their way; of one that was closed they may never come. */
	#reading: RTCPeerConnection | null = null;
	#timer: ReturnType<typeof setInterval>;

	constructor(
		readonly participant: string,
		private readonly means: LineMeans,
		/** What the other side may: nothing of ours goes to somebody who still waits. */
		public right: Right,
	) {
		super();
		this.#peer = new Peer(means);
		this.#words = new SafetyWords(means.offers);
		this.#wire();
		this.#timer = setInterval(() => void this.#count(), COUNT_EVERY);
	}

	get joined(): boolean {
		return this.#joinedAt !== null;
	}

	handlePresent(): void {
		this.#peer.handlePresent();
	}

	handleResumed(): void {
		this.#peer.handleResumed();
		// Before it first stood there is nothing to mend: its offer is under way again.
		if (this.#stood) this.#pulse.handleResumed(performance.now(), this.#peer.up);
		this.#words.handleResumed();
	}

	handleNote(kind: NoteKind, body: NoteBody): Promise<void> {
		return this.#peer.handleNote(kind, body);
	}

	handleWords(body: NoteBody): Promise<void> {
		return this.#words.handleNote(body);
	}

	handleMedia(body: NoteBody): void {
		this.#theyMaySend = body.sends !== false;
	}

	handleAnswer(answered: boolean): void {
		this.#pulse.handleAnswer(answered, performance.now());
	}

	async attach(tracks: Partial<Record<TrackKind, MediaStreamTrack | null>>): Promise<void> {
		this.#joinedAt ??= performance.now();
		await this.#peer.attach(tracks);
	}

	async silence(): Promise<void> {
		this.#joinedAt = null;
		this.#flowing = false;
		await this.#peer.attach({ audio: null, video: null });
	}

	/** Where nothing stands after `patience` milliseconds, the side that offers begins afresh. */
	plain(patience: number): void {
		const old = performance.now() - this.#peer.startedAt >= patience;
		const none = !this.#peer.pc;
		if (!this.#peer.up && this.means.offers && (none || old)) this.#peer.reset();
	}

	mend(): void {
		this.#peer.restart();
	}

	sleep(): void {
		this.#peer.rest();
	}

	close(): void {
		clearInterval(this.#timer);
		this.#peer.close();
	}

	#wire(): void {
		this.#peer.on("stream", (stream) => this.emit("stream", stream));
		this.#peer.on("state", (state) => this.#follow(state));
		this.#peer.on("reset", () => this.#restartCounting());
		this.#pulse.on("silent", (silent) =>
			this.#become(silent ? "silent" : this.#peer.up ? "up" : this.#state),
		);
		this.#pulse.on("ask", () => this.emit("ask", undefined));
		this.#pulse.on("renew", () => this.emit("renew", undefined));
		this.#pulse.on("restart", () => this.#peer.restart());
		this.#ladder.on("video", (sending) => void this.#sendVideo(sending));
		this.#ladder.on("size", (size) => this.emit("size", size));
		this.#words.on("note", (body) => this.means.send("words", body));
		this.#words.on("words", (words) => this.emit("words", words));
	}

	#follow(state: RTCPeerConnectionState): void {
		if (state === "connected") {
			this.#stood = true;
			void this.#words.prepare();
			this.#become("up");
		} else if (state === "disconnected" || state === "failed") {
			if (state === "failed" || !this.joined) this.#become(this.#state === "making" ? "making" : "silent");
			this.#pulse.handleTrouble(performance.now());
		}
	}

	#restartCounting(): void {
		this.#last = null;
		this.#flowing = this.#stood = false;
		this.#pulse.handleReset(performance.now());
		this.#words.handleReset();
		this.#become("making");
	}

	/** Every fifth of a second of a call: the transport's packets, and now and then everything else. */
	async #count(): Promise<void> {
		const { pc } = this.#peer;
		const now = performance.now();
		if (!this.joined && now - this.#countedAt < STANDBY_EVERY) return;
		this.#countedAt = now;
		// Not before it first stands: Chromium keeps what it says about certificates, also when it is too early.
		if (!pc || this.#reading === pc || !this.#stood) return;
		this.#reading = pc;
		const report = await pc.getStats().catch(() => null);
		if (this.#reading === pc) this.#reading = null;
		if (!report || pc !== this.#peer.pc) return;
		this.#weigh(read(report as unknown as Report, this.#last), performance.now());
	}

	#weigh(reading: Reading, at: number): void {
		this.#flowing ||= this.joined && this.#last !== null && reading.packets > this.#last.packets + FLOW;
		const expected = this.#flowing && this.#theyMaySend && this.#state !== "making";
		this.#pulse.handleCount(reading.packets, at, expected);
		const trouble = this.#peer.pc?.connectionState;
		if (trouble === "disconnected" || trouble === "failed") this.#pulse.handleTrouble(at);
		if (reading.fingerprints && this.#joinedAt !== null && at - this.#joinedAt >= WORDS_AFTER)
			void this.#words.handleKeys(reading.fingerprints, this.#peer.pair);
		if (at - this.#factsAt < FACTS_EVERY) return;
		this.#factsAt = at;
		this.#last = reading;
		this.emit("facts", reading);
		if (this.joined && this.#peer.up) this.#ladder.handleRoom(roomOf(reading), at);
	}

	async #sendVideo(sending: boolean): Promise<void> {
		const sender = this.#peer.sender("video");
		const parameters = sender?.getParameters();
		const encoding = parameters?.encodings?.[0];
		if (!sender || !parameters || !encoding) return;
		encoding.active = sending;
		await sender.setParameters(parameters).catch(() => {});
		this.emit("thin", !sending);
	}

	#become(state: LineState): void {
		if (state === this.#state) return;
		this.#state = state;
		this.emit("state", state);
	}
}

function roomOf(reading: Reading): { available: number | null; lost: number; busy: boolean } {
	return { available: reading.available, lost: reading.lostOut, busy: reading.busy };
}
