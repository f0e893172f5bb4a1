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
		const tracks = stream.getVideoTracks();
		// Its picture alone: for the sound a browser opens the speaker even where the element is muted.
		if (!holds(this.theirs.srcObject as MediaStream | null, tracks)) {
			this.theirs.srcObject = new MediaStream(tracks);
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

	/**
	 * Their sound while both are admitted, and nothing otherwise.  It goes into the stream that plays
	 * already: an element that is given another begins anew, just when the first picture is due.
	 */
	#hear(): void {
		const tracks = this.#admitted ? (this.#stream?.getAudioTracks() ?? []) : [];
		const playing = this.#sound.srcObject as MediaStream | null;
		if (holds(playing, tracks)) return;
		const stream = playing ?? new MediaStream();
		for (const track of stream.getTracks()) if (!tracks.includes(track)) stream.removeTrack(track);
		for (const track of tracks) stream.addTrack(track);
		if (!playing) this.#sound.srcObject = stream;
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

/** Whether an element that plays `stream` plays these tracks and no others. */
function holds(stream: MediaStream | null, tracks: MediaStreamTrack[]): boolean {
	const playing = stream?.getTracks() ?? [];
	return playing.length === tracks.length && tracks.every((track) => playing.includes(track));
}
