// One other person's picture and sound.  Neither is seen nor heard until both are admitted, whatever
// comes down the line.
import { Emitter } from "../kit/emitter.ts";

export interface TileEvents {
	/** The first decoded picture of the other side. */
	first: undefined;
	/** The browser won't play sound before a gesture. */
	hush: boolean;
}

export class Tile extends Emitter<TileEvents> {
	#seen = false;
	#admitted = false;
	#stream: MediaStream | null = null;
	/** Apart from the picture: a video element plays no sound before its first frame, and there may be none. */
	#sound = new Audio();

	constructor(private readonly theirs: HTMLVideoElement) {
		super();
		theirs.muted = true;
		theirs.playsInline = true;
	}

	/** In a gesture (the press that lets one in): from now on there may be sound. */
	bless(): void {
		if (this.#sound.srcObject) return;
		this.#sound.srcObject = new MediaStream();
		void this.#sound.play().catch(() => {});
	}

	/** Fed as soon as there is anything, so that decoding never waits for the curtain. */
	handleStream(stream: MediaStream): void {
		this.#stream = stream;
		if (this.theirs.srcObject !== stream) {
			this.theirs.srcObject = stream;
			this.#seen = false;
			this.#awaitFirst();
		}
		void this.theirs.play().catch(() => {});
		this.#hear();
	}

	/** Up goes the curtain, or down. */
	handleAdmitted(admitted: boolean): void {
		this.#admitted = admitted;
		this.theirs.hidden = !admitted;
		if (admitted) this.#awaitFirst();
		else this.#seen = false;
		this.#hear();
	}

	/** The tap that a browser wants to see before it plays sound. */
	handleTap(): void {
		void this.theirs.play().catch(() => {});
		this.#play();
	}

	/** Their sound while both are admitted, and nothing otherwise. */
	#hear(): void {
		const tracks = this.#admitted ? (this.#stream?.getAudioTracks() ?? []) : [];
		const playing = this.#sound.srcObject as MediaStream | null;
		const same =
			playing?.getTracks().length === tracks.length &&
			tracks.every((track) => playing.getTrackById(track.id));
		if (same || (!playing && tracks.length === 0)) return;
		this.#sound.srcObject = new MediaStream(tracks);
		if (tracks.length > 0) this.#play();
		else this.emit("hush", false);
	}

	#play(): void {
		this.#sound.play().then(
			() => this.emit("hush", false),
			(error: unknown) => (error as Error).name === "NotAllowedError" && this.emit("hush", true),
		);
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
