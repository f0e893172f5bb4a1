// The pictures: theirs large, ours small.  Theirs stays hidden until both are admitted, whatever
// comes down the line.
import { Emitter } from "../kit/emitter.ts";

export interface TileEvents {
	/** The first decoded picture of the other side. */
	first: undefined;
	/** The browser won't play sound before a gesture. */
	hush: boolean;
}

export class Tiles extends Emitter<TileEvents> {
	#seen = false;

	constructor(
		private readonly theirs: HTMLVideoElement,
		private readonly own: HTMLVideoElement,
	) {
		super();
		own.muted = theirs.muted = true;
		for (const video of [theirs, own]) video.playsInline = true;
	}

	/** In a gesture (the press that lets one in): from now on this element may make sound. */
	bless(): void {
		if (this.theirs.srcObject) return;
		this.theirs.srcObject = new MediaStream();
		void this.theirs.play().catch(() => {});
	}

	handleOwn(stream: MediaStream | null): void {
		if (this.own.srcObject !== stream) this.own.srcObject = stream;
		if (stream) void this.own.play().catch(() => {});
	}

	/** Fed as soon as there is anything, so that decoding never waits for the curtain. */
	handleStream(stream: MediaStream): void {
		if (this.theirs.srcObject !== stream) {
			this.theirs.srcObject = stream;
			this.#seen = false;
			this.#awaitFirst();
		}
		this.#play();
	}

	/** Up goes the curtain, or down. */
	handleAdmitted(admitted: boolean): void {
		this.theirs.hidden = !admitted;
		this.theirs.muted = !admitted;
		if (!admitted) {
			this.#seen = false;
			return;
		}
		this.#awaitFirst();
		this.#play();
	}

	/** The tap that a browser wants to see before it plays sound. */
	handleTap(): void {
		this.theirs.muted = false;
		this.#play();
	}

	#play(): void {
		this.theirs.play().then(
			() => this.theirs.muted || this.emit("hush", false),
			(error: unknown) => (error as Error).name === "NotAllowedError" && this.#playSilently(),
		);
	}

	/** The picture needn't wait for the tap that sound needs. */
	#playSilently(): void {
		this.theirs.muted = true;
		void this.theirs.play().catch(() => {});
		this.emit("hush", true);
	}

	#awaitFirst(): void {
		if (this.#seen || this.theirs.hidden) return;
		const seen = () => {
			if (this.#seen || this.theirs.hidden) return;
			this.#seen = true;
			this.emit("first", undefined);
		};
		if ("requestVideoFrameCallback" in this.theirs) this.theirs.requestVideoFrameCallback(seen);
		else (this.theirs as HTMLVideoElement).addEventListener("loadeddata", seen, { once: true });
	}
}
