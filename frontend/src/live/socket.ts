// The page's one socket.  It comes back by itself for as long as the page lives: losing it loses
// nothing but moments, so nobody who uses it may treat a closed socket as the end of anything.
import { Emitter } from "../kit/emitter.ts";
import type { Down, NoteBody, NoteKind, Up } from "./frames.ts";

export interface LiveEvents {
	frame: Down;
	/** The server has greeted this page again after an absence: ask it how things are now. */
	resumed: undefined;
	state: LiveState;
}

/** `out`: the server said why it won't have this page (signed out, wrong origin); it won't be asked again. */
export type LiveState = "connecting" | "open" | "lost" | "out";

const WATCH_AGAIN = 1_000;
const OPEN = 1;
const FINAL_CODES = new Set([4401, 4403]);
const CALM_DOWN_CODES = new Set([4408, 4413, 4400]);
const FIRST_DELAY = 200;
const LONGEST_DELAY = 10_000;
/** In a room a server's restart must not be felt, so there the page never waits longer than this. */
const LONGEST_DELAY_IN_ROOM = 600;
const CALM_DOWN_DELAY = 5_000;
const GREETING_PATIENCE = 1_500;
const LONGEST_GREETING_PATIENCE = 8_000;
const HEARTBEAT = 15_000;
const HEARTBEAT_PATIENCE = 5_000;

export class LiveSocket extends Emitter<LiveEvents> {
	state: LiveState = "connecting";
	#socket: WebSocket | null = null;
	#topics = new Set<string>();
	#rooms = new Set<string>();
	#greetedBefore = false;
	#failures = 0;
	#ungreeted = 0;
	#retry: ReturnType<typeof setTimeout> | undefined;
	#greeting: ReturnType<typeof setTimeout> | undefined;
	#pings = new Map<number, () => void>();
	#pingNumber = 0;

	constructor(
		private readonly address: string,
		private readonly make: (address: string) => WebSocket = (at) => new WebSocket(at),
		private readonly jitter: () => number = Math.random,
	) {
		super();
		this.#open();
		addEventListener("online", () => this.handleNudge());
		document.addEventListener("visibilitychange", () => {
			if (document.visibilityState === "visible") this.handleNudge();
		});
		setInterval(() => void this.#beat(), HEARTBEAT);
	}

	/** Adds topics to those watched, now and after every reconnect. */
	watch(topics: Iterable<string>): void {
		const fresh = [...topics].filter((topic) => topic && !this.#topics.has(topic));
		for (const topic of fresh) this.#topics.add(topic);
		if (fresh.length > 0) this.#send({ type: "watch", topics: fresh });
	}

	join(session: string): void {
		this.#rooms.add(session);
		this.#send({ type: "join", session });
	}

	leave(session: string): void {
		if (this.#rooms.delete(session)) this.#send({ type: "leave", session });
	}

	/** Hands a note over if the socket is open; says whether it was.  Notes are never kept for later. */
	note(session: string, to: string, kind: NoteKind, body: NoteBody): boolean {
		return this.#send({ type: "note", session, to, kind, body });
	}

	/** Whether the server answered within `patience` milliseconds. */
	ping(patience: number): Promise<boolean> {
		const n = ++this.#pingNumber;
		if (!this.#send({ type: "ping", n })) return Promise.resolve(false);
		return new Promise((resolve) => {
			// Also where the socket was given up meanwhile: whoever asked waits for a word.
			const late = setTimeout(() => {
				this.#pings.delete(n);
				resolve(false);
			}, patience);
			this.#pings.set(n, () => {
				clearTimeout(late);
				resolve(true);
			});
		});
	}

	/** Gives the present socket up and opens a new one: over a vanished address it would stay open for ever. */
	renew(): void {
		if (this.state === "out") return;
		this.#drop();
		this.#open();
	}

	/** The network or the person is back: don't sit out the delay. */
	handleNudge(): void {
		if (this.state === "lost") this.renew();
		else if (this.state === "open") void this.#beat();
	}

	#open(): void {
		clearTimeout(this.#retry);
		this.#become("connecting");
		const socket = this.make(this.address);
		this.#socket = socket;
		socket.onmessage = (event) => this.#hear(socket, String(event.data));
		socket.onclose = (event) => this.#lose(socket, event.code);
		socket.onerror = () => {};
		const patience = Math.min(GREETING_PATIENCE * 2 ** this.#ungreeted++, LONGEST_GREETING_PATIENCE);
		this.#greeting = setTimeout(() => socket === this.#socket && this.renew(), patience);
	}

	#hear(socket: WebSocket, text: string): void {
		if (socket !== this.#socket) return;
		const frame = JSON.parse(text) as Down;
		if (frame.type === "pong") this.#answer(frame.n);
		else if (frame.type === "welcome") this.#settle();
		else if (frame.type === "error" && frame.code === "try_again" && !frame.session) this.#watchLater(socket);
		else this.emit("frame", frame);
	}

	/** The server couldn't find out what we may watch: asked again, or this page would hear nothing. */
	#watchLater(socket: WebSocket): void {
		setTimeout(() => socket === this.#socket && this.#sendTopics(), WATCH_AGAIN);
	}

	#sendTopics(): void {
		if (this.#topics.size > 0) this.#send({ type: "watch", topics: [...this.#topics] });
	}

	#settle(): void {
		clearTimeout(this.#greeting);
		this.#failures = 0;
		this.#ungreeted = 0;
		this.#become("open");
		this.#sendTopics();
		for (const session of this.#rooms) this.#send({ type: "join", session });
		// A second greeting on the same socket means the same as a new one: hints may have been lost.
		if (this.#greetedBefore) this.emit("resumed", undefined);
		this.#greetedBefore = true;
	}

	#lose(socket: WebSocket, code: number): void {
		if (socket !== this.#socket) return;
		this.#drop();
		const final = FINAL_CODES.has(code);
		this.#become(final ? "out" : "lost");
		if (!final) this.#retry = setTimeout(() => this.#open(), this.#delay(code));
	}

	#delay(code: number): number {
		if (CALM_DOWN_CODES.has(code)) return CALM_DOWN_DELAY;
		const longest = this.#rooms.size > 0 ? LONGEST_DELAY_IN_ROOM : LONGEST_DELAY;
		const doubled = FIRST_DELAY * 2 ** Math.min(this.#failures++, 8);
		return Math.min(doubled, longest) * (0.75 + this.jitter() / 2);
	}

	#drop(): void {
		clearTimeout(this.#greeting);
		clearTimeout(this.#retry);
		const socket = this.#socket;
		this.#socket = null;
		this.#pings.clear();
		if (!socket) return;
		socket.onmessage = null;
		socket.onclose = null;
		socket.close();
	}

	async #beat(): Promise<void> {
		const socket = this.#socket;
		if (this.state !== "open" || (await this.ping(HEARTBEAT_PATIENCE))) return;
		if (socket === this.#socket) this.renew();
	}

	#answer(n: number): void {
		this.#pings.get(n)?.();
		this.#pings.delete(n);
	}

	#send(frame: Up): boolean {
		if (this.state !== "open" || this.#socket?.readyState !== OPEN) return false;
		this.#socket.send(JSON.stringify(frame));
		return true;
	}

	#become(state: LiveState): void {
		if (state === this.state) return;
		this.state = state;
		this.emit("state", state);
	}
}
