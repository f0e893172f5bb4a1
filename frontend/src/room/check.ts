// *Can you see and hear yourself?*: preview, level, pickers, and for each way it can fail the steps
// that mend it in this very browser.  Without a camera, sound is a way in.
import { all, find, need, show, showOnly } from "../kit/dom.ts";
import { Emitter } from "../kit/emitter.ts";
import type { TrackKind } from "./call.ts";
import type { Devices } from "./devices.ts";
import { Level, playTone } from "./level.ts";
import { browserOf, type Trouble } from "./trouble.ts";

export interface CheckEvents {
	/** The person pressed *go in* (or *sound only*). */
	ready: { soundOnly: boolean };
}

const TRY_EVERY = 2_000;
const FINDINGS: Partial<Record<Trouble, string>> = {
	blocked: "blocked",
	"blocked-by-system": "blocked",
	dismissed: "blocked",
	busy: "in_use",
	missing: "no_microphone",
};

export class Check extends Emitter<CheckEvents> {
	#level = new Level();
	#silent = false;
	#retry: ReturnType<typeof setInterval> | undefined;

	constructor(
		private readonly root: HTMLElement,
		private readonly devices: Devices,
	) {
		super();
		devices.on("picture", (picture) => this.#preview(picture));
		devices.on("track", ({ kind, track }) => kind === "audio" && this.#level.listen(track));
		devices.on("trouble", () => this.#explain());
		devices.on("well", () => this.#clear());
		devices.on("list", (list) => this.#fill(list));
		this.#level.on("level", (level) => this.#draw(level));
		this.#level.on("heard", (heard) => this.#say(heard));
		this.#wire();
	}

	async start(): Promise<void> {
		await this.devices.start();
	}

	/** The meter isn't needed in the call; the stream is. */
	stop(): void {
		clearInterval(this.#retry);
		this.#level.stop();
	}

	/** What the server keeps about it: one of its own words, never a picture.  A quick finger is waited for. */
	async finding(): Promise<string> {
		await this.devices.settled;
		const { audio } = this.devices.trouble;
		if (audio) return FINDINGS[audio] ?? "unsupported";
		if (!this.devices.track("audio")) return "no_microphone";
		if (this.#silent) return "silent";
		return this.devices.track("video") ? "ok" : "sound_only";
	}

	#wire(): void {
		for (const button of all<HTMLButtonElement>("[data-go-in]", this.root)) {
			// Off in the page as it comes: a press before this moment would be lost without a word.
			button.disabled = false;
			button.addEventListener("click", () => this.emit("ready", { soundOnly: false }));
		}
		for (const button of all("[data-sound-only]", this.root)) {
			button.addEventListener("click", () => void this.#soundOnly());
		}
		for (const button of all("[data-try-again]", this.root)) {
			button.addEventListener("click", () => void this.devices.start());
		}
		find("[data-tone]", this.root)?.addEventListener("click", () => playTone());
		for (const picker of all<HTMLSelectElement>("select[data-pick]", this.root)) {
			picker.addEventListener(
				"change",
				() => void this.devices.choose(picker.dataset.pick as TrackKind, picker.value),
			);
		}
	}

	async #soundOnly(): Promise<void> {
		await this.devices.setCamera(false);
		this.emit("ready", { soundOnly: true });
	}

	#preview(picture: MediaStream): void {
		const video = find<HTMLVideoElement>("video[data-preview]", this.root);
		if (!video) return;
		video.muted = true;
		video.playsInline = true;
		if (video.srcObject !== picture) video.srcObject = picture;
		void video.play().catch(() => {});
	}

	#draw(level: number): void {
		const meter = find("[data-meter]", this.root);
		meter?.setAttribute("aria-valuenow", String(level));
		for (const [at, bar] of [...(meter?.children ?? [])].entries()) bar.classList.toggle("is-on", at < level);
	}

	#say(heard: boolean): void {
		this.#silent = !heard;
		showOnly(all("[data-heard]", this.root), "heard", heard ? "yes" : "no");
	}

	/** Of two troubles the microphone's is told: without a camera one can still go in, and be heard. */
	#explain(): void {
		const { audio, video } = this.devices.trouble;
		const [kind, trouble] = audio ? (["audio", audio] as const) : (["video", video] as const);
		if (!trouble) return;
		const part = need("[data-trouble-part]", this.root);
		showOnly(all("[data-trouble]", part), "trouble", trouble);
		for (const words of all("[data-kind]", part)) {
			show(words, (words.dataset.kind ?? "").split(" ").includes(kind));
		}
		const browser = browserOf();
		for (const group of all("[data-steps]", part)) {
			const steps = all("[data-browser]", group);
			if (!showOnly(steps, "browser", browser)) showOnly(steps, "browser", "other");
		}
		this.#showTrouble(true);
		clearInterval(this.#retry);
		this.#retry = setInterval(() => void this.#tryQuietly(), TRY_EVERY);
	}

	/** The page notices by itself when permission was given; it never asks a second question. */
	async #tryQuietly(): Promise<void> {
		const names = { audio: "microphone", video: "camera" } as const;
		for (const kind of Object.keys(this.devices.trouble) as TrackKind[]) {
			const name = names[kind] as PermissionName;
			const status = await navigator.permissions?.query({ name }).catch(() => null);
			if (status?.state === "granted") await this.devices.start();
		}
	}

	#clear(): void {
		clearInterval(this.#retry);
		this.#showTrouble(false);
		this.#explain();
	}

	#showTrouble(trouble: boolean): void {
		show(find("[data-trouble-part]", this.root), trouble);
		show(find("[data-well-part]", this.root), !trouble);
	}

	#fill(list: MediaDeviceInfo[]): void {
		const kinds = { audio: "audioinput", video: "videoinput" } as const;
		for (const picker of all<HTMLSelectElement>("select[data-pick]", this.root)) {
			const kind = picker.dataset.pick as TrackKind;
			const found = list.filter((device) => device.kind === kinds[kind] && device.deviceId);
			const current = this.devices.track(kind)?.getSettings().deviceId;
			picker.replaceChildren(
				...found.map((device, at) => option(device, at, device.deviceId === current, picker)),
			);
		}
	}
}

function option(
	device: MediaDeviceInfo,
	at: number,
	chosen: boolean,
	picker: HTMLSelectElement,
): HTMLOptionElement {
	const name = device.label || `${picker.dataset.nameless ?? ""} ${at + 1}`;
	return new Option(name, device.deviceId, chosen, chosen);
}
