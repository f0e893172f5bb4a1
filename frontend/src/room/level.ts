// How loud a microphone is, twelve steps, and whether it was ever heard at all.
import { Emitter } from "../kit/emitter.ts";

export interface LevelEvents {
	level: number;
	/** True once something was heard; false after a while of nothing at all. */
	heard: boolean;
}

export const STEPS = 12;
const EVERY = 100;
const HEARD_AT = 3;
const SILENT_AFTER = 6_000;

export class Level extends Emitter<LevelEvents> {
	#context: AudioContext | null = null;
	/** A browser may let nothing run before the page was touched. */
	readonly #wake = () => void this.#context?.resume().catch(() => {});
	#timer: ReturnType<typeof setInterval> | undefined;
	#loudAt = 0;
	#heard: boolean | null = null;

	listen(track: MediaStreamTrack | null): void {
		this.stop();
		if (!track || typeof AudioContext === "undefined") return;
		const context = new AudioContext();
		this.#context = context;
		addEventListener("pointerdown", this.#wake);
		addEventListener("keydown", this.#wake);
		const analyser = context.createAnalyser();
		analyser.fftSize = 512;
		context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
		const samples = new Float32Array(analyser.fftSize);
		this.#loudAt = performance.now();
		this.#timer = setInterval(() => {
			// Asleep it hears nothing, which says nothing about the microphone.
			if (context.state !== "running") this.#loudAt = performance.now();
			analyser.getFloatTimeDomainData(samples);
			this.handleSamples(samples, performance.now());
		}, EVERY);
	}

	handleSamples(samples: Float32Array, at: number): void {
		const level = stepsOf(samples);
		this.emit("level", level);
		if (level >= HEARD_AT) this.#loudAt = at;
		if (level >= HEARD_AT) this.#become(true);
		else if (at - this.#loudAt > SILENT_AFTER) this.#become(false);
	}

	stop(): void {
		clearInterval(this.#timer);
		removeEventListener("pointerdown", this.#wake);
		removeEventListener("keydown", this.#wake);
		void this.#context?.close().catch(() => {});
		this.#context = null;
		this.#heard = null;
	}

	#become(heard: boolean): void {
		if (heard === this.#heard) return;
		this.#heard = heard;
		this.emit("heard", heard);
	}
}

/** 0 is silence, 12 as loud as it goes; about 5 dB a step. */
export function stepsOf(samples: Float32Array): number {
	const power = samples.reduce((total, sample) => total + sample * sample, 0) / Math.max(1, samples.length);
	const decibels = 10 * Math.log10(power + 1e-9);
	return Math.max(0, Math.min(STEPS, Math.round((decibels + 62) / 5)));
}

/** A short soft tone, to try the speaker. */
export function playTone(): void {
	const context = new AudioContext();
	const tone = context.createOscillator();
	const volume = context.createGain();
	tone.frequency.value = 523;
	volume.gain.setValueAtTime(0, context.currentTime);
	volume.gain.linearRampToValueAtTime(0.2, context.currentTime + 0.05);
	volume.gain.linearRampToValueAtTime(0, context.currentTime + 0.9);
	tone.connect(volume).connect(context.destination);
	tone.start();
	tone.stop(context.currentTime + 1);
	tone.onended = () => void context.close();
}
