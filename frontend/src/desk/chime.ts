// Two soft notes, again and again while somebody waits; in one window only, and never before the
// browser has seen a person (it would refuse the sound anyway).
const EVERY = 9_000;
const NOTES = [659.25, 523.25];
const LASTS = 1_200;

export class Chime {
	#timer: ReturnType<typeof setInterval> | undefined;
	#rest: ReturnType<typeof setTimeout> | undefined;
	#context: AudioContext | null = null;
	#mine = false;
	#waking = false;

	constructor(private readonly silent = false) {
		if (silent) return;
		// What was pressed goes first; browsers count the gesture for a second.
		const wake = () => setTimeout(() => void this.#wake(), 300);
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
		this.#timer = waiting ? setInterval(() => void this.#ring(), EVERY) : undefined;
		if (waiting) void this.#ring();
	}

	/** In a gesture, which some browsers ask for once; later the page may go on by itself. */
	async #wake(): Promise<void> {
		if (!("AudioContext" in globalThis)) return;
		this.#context ??= new AudioContext();
		if (this.#timer !== undefined) return this.#ring();
		await this.#context.resume();
		this.#sleepSoon(this.#context);
	}

	async #ring(): Promise<void> {
		const context = this.#context;
		// One that a browser keeps waiting isn't joined by the next: they would sound together.
		if (!this.#mine || !context || this.#waking) return;
		this.#waking = true;
		await context.resume().finally(() => {
			this.#waking = false;
		});
		NOTES.forEach((pitch, index) => {
			this.#note(context, pitch, context.currentTime + index * 0.22);
		});
		this.#sleepSoon(context);
	}

	/** Between the rings it sleeps: a sound that is open keeps a machine busy with silence, all day. */
	#sleepSoon(context: AudioContext): void {
		clearTimeout(this.#rest);
		this.#rest = setTimeout(() => void context.suspend(), LASTS);
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
