// Two soft notes, again and again while somebody waits; in one window only, and never before the
// browser has seen a person (it would refuse the sound anyway).
const EVERY = 9_000;
const NOTES = [659.25, 523.25];

export class Chime {
	#timer: ReturnType<typeof setInterval> | undefined;
	#context: AudioContext | null = null;
	#mine = false;

	constructor(private readonly silent = false) {
		if (silent) return;
		// What was pressed goes first; browsers count the gesture for a second.
		const wake = () => setTimeout(() => this.#wake(), 300);
		addEventListener("pointerdown", wake, { once: true });
		addEventListener("keydown", wake, { once: true });
		// Of all windows of this browser one holds the lock, and with it the bell.
		void navigator.locks?.request("holdspace-chime", () => {
			this.#mine = true;
			return new Promise(() => {});
		});
		this.#mine = !navigator.locks;
	}

	handleWaiting(waiting: boolean): void {
		if (this.silent || waiting === (this.#timer !== undefined)) return;
		clearInterval(this.#timer);
		this.#timer = waiting ? setInterval(() => this.#ring(), EVERY) : undefined;
		if (waiting) this.#ring();
	}

	#wake(): void {
		if (!("AudioContext" in globalThis)) return;
		this.#context ??= new AudioContext();
		void this.#context.resume();
		if (this.#timer !== undefined) this.#ring();
	}

	#ring(): void {
		const context = this.#context;
		if (!this.#mine || context?.state !== "running") return;
		NOTES.forEach((pitch, index) => {
			this.#note(context, pitch, context.currentTime + index * 0.22);
		});
	}

	#note(context: AudioContext, pitch: number, at: number): void {
		const tone = new OscillatorNode(context, { frequency: pitch, type: "sine" });
		const volume = new GainNode(context, { gain: 0 });
		volume.gain.setValueAtTime(0, at);
		volume.gain.linearRampToValueAtTime(0.12, at + 0.03);
		volume.gain.exponentialRampToValueAtTime(0.001, at + 0.6);
		tone.connect(volume).connect(context.destination);
		tone.start(at);
		tone.stop(at + 0.65);
	}
}
