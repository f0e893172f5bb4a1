// Camera and microphone: asked for, chosen, lost and found again.  One capture at a time; whoever
// sends the tracks hears of every change and swaps them without a new negotiation.
import { Emitter } from "../kit/emitter.ts";
import type { TrackKind } from "./call.ts";
import { hopeless, type Trouble, troubleOf } from "./trouble.ts";

export interface DeviceEvents {
	/** The picture to preview: a stream without sound, for which a muted element would open the speaker. */
	picture: MediaStream;
	track: { kind: TrackKind; track: MediaStreamTrack | null };
	trouble: { kind: TrackKind; trouble: Trouble };
	/** Mended: what was in trouble works again. */
	well: TrackKind;
	list: MediaDeviceInfo[];
	/** The phone took camera or sound away (a call, another app): one tap brings them back. */
	paused: boolean;
}

type Wanted = Record<TrackKind, boolean>;

const REMEMBERED = "holdspace-devices";
const SOURCES: Record<TrackKind, MediaDeviceKind> = { audio: "audioinput", video: "videoinput" };
const MUTE_PATIENCE = 2_500;

export class Devices extends Emitter<DeviceEvents> {
	/** What to send. */
	readonly stream = new MediaStream();
	/** What to preview. */
	readonly picture = new MediaStream();
	readonly trouble: Partial<Record<TrackKind, Trouble>> = {};
	/** What the person wants on; a camera switched off is let go, so that its light goes out. */
	readonly wanted: Wanted = { audio: true, video: true };
	#chosen: Partial<Record<TrackKind, string>> = remembered();
	#busy: Promise<void> = Promise.resolve();

	constructor(private readonly media: MediaDevices | undefined = navigator.mediaDevices) {
		super();
		this.media?.addEventListener?.("devicechange", () => void this.handleChange());
	}

	track(kind: TrackKind): MediaStreamTrack | null {
		return this.stream.getTracks().find((track) => track.kind === kind) ?? null;
	}

	/** Opens what is wanted and isn't open: both in one question, else each alone, so that one may fail. */
	start(): Promise<void> {
		const next = this.#busy.then(() => this.#start());
		this.#busy = next.catch(() => {});
		return next;
	}

	/** When the browser has answered whatever it was asked for so far, either way. */
	get settled(): Promise<void> {
		return this.#busy;
	}

	/** Another device of this kind, as a wish: a missing one never leaves the person without any. */
	async choose(kind: TrackKind, deviceId: string): Promise<void> {
		this.#chosen[kind] = deviceId;
		remember(this.#chosen);
		await this.#reopen(kind);
	}

	/** Lets go and takes afresh: after a phone call a track may look live and be silent. */
	async reacquire(): Promise<void> {
		for (const kind of ["audio", "video"] as const) if (this.wanted[kind]) this.#drop(kind);
		await this.start();
		this.emit("paused", false);
	}

	/** Muted stays open and sends silence: the line is known to live, and unmuting is instant. */
	setMuted(muted: boolean): void {
		this.wanted.audio = !muted;
		const track = this.track("audio");
		if (track) track.enabled = !muted;
		else if (!muted) void this.start();
	}

	async setCamera(on: boolean): Promise<void> {
		this.wanted.video = on;
		if (on) return this.start();
		this.#drop("video");
		this.emit("track", { kind: "video", track: null });
	}

	async list(): Promise<MediaDeviceInfo[]> {
		return (await this.media?.enumerateDevices?.()) ?? [];
	}

	/** Something was plugged in or out. */
	async handleChange(): Promise<void> {
		const list = await this.list();
		this.emit("list", list);
		for (const kind of ["audio", "video"] as const) {
			const found = list.some((device) => device.kind === SOURCES[kind]);
			if (found && this.wanted[kind] && !this.track(kind) && this.trouble[kind] !== "blocked")
				await this.start();
		}
	}

	/** The page is in front again: what looks live may not be. */
	async handleReturn(): Promise<void> {
		const stale = this.stream.getTracks().some((track) => track.readyState === "ended" || track.muted);
		if (stale) await this.reacquire();
	}

	stop(): void {
		for (const kind of ["audio", "video"] as const) this.#drop(kind);
	}

	async #start(): Promise<void> {
		const never = hopeless(undefined, this.media);
		const kinds = (["audio", "video"] as const).filter(
			(kind) => !this.track(kind) && (kind === "audio" || this.wanted.video),
		);
		if (kinds.length === 0) return;
		if (never) for (const kind of kinds) this.#complain(kind, never);
		else if (kinds.length === 2 && (await this.#open(kinds, false))) this.emit("list", await this.list());
		else {
			for (const kind of kinds) await this.#open([kind], true);
			this.emit("list", await this.list());
		}
	}

	async #open(kinds: TrackKind[], last: boolean): Promise<boolean> {
		try {
			const fresh = await this.media?.getUserMedia(this.#constraints(kinds));
			for (const track of fresh?.getTracks() ?? []) this.#adopt(track);
			this.emit("picture", this.picture);
			return true;
		} catch (error) {
			if (last) for (const kind of kinds) this.#complain(kind, troubleOf(error));
			return false;
		}
	}

	/** A modest picture first: the first frame is what counts, more comes when the line has room. */
	#constraints(kinds: TrackKind[]): MediaStreamConstraints {
		const device = (kind: TrackKind) =>
			this.#chosen[kind] ? { deviceId: { ideal: this.#chosen[kind] } } : {};
		const sound = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
		const picture = { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 30 } };
		return {
			audio: kinds.includes("audio") && { ...sound, ...device("audio") },
			video: kinds.includes("video") && { ...picture, facingMode: { ideal: "user" }, ...device("video") },
		};
	}

	#adopt(track: MediaStreamTrack): void {
		const kind = track.kind as TrackKind;
		this.#drop(kind);
		this.stream.addTrack(track);
		if (kind === "video") this.picture.addTrack(track);
		if (kind === "audio") track.enabled = this.wanted.audio;
		track.contentHint = kind === "video" ? "motion" : "speech";
		track.onended = () => void this.#lost(kind, track);
		track.onmute = () => this.#hushed(track);
		track.onunmute = () => this.emit("paused", false);
		if (this.trouble[kind]) {
			delete this.trouble[kind];
			this.emit("well", kind);
		}
		this.emit("track", { kind, track });
	}

	async #lost(kind: TrackKind, track: MediaStreamTrack): Promise<void> {
		if (this.track(kind) !== track) return;
		await this.#reopen(kind);
	}

	async #reopen(kind: TrackKind): Promise<void> {
		this.#drop(kind);
		await this.start();
		if (!this.track(kind)) this.emit("track", { kind, track: null });
	}

	/** A moment's hush is nothing; one that lasts is a phone call or another app. */
	#hushed(track: MediaStreamTrack): void {
		setTimeout(() => {
			if (track.muted && track.readyState === "live" && this.stream.getTracks().includes(track))
				this.emit("paused", true);
		}, MUTE_PATIENCE);
	}

	#drop(kind: TrackKind): void {
		const track = this.track(kind);
		if (!track) return;
		track.onended = track.onmute = track.onunmute = null;
		track.stop();
		this.stream.removeTrack(track);
		this.picture.removeTrack(track);
	}

	#complain(kind: TrackKind, trouble: Trouble): void {
		this.trouble[kind] = trouble;
		this.emit("trouble", { kind, trouble });
	}
}

function remembered(): Partial<Record<TrackKind, string>> {
	try {
		return JSON.parse(sessionStorage.getItem(REMEMBERED) ?? "{}") as Partial<Record<TrackKind, string>>;
	} catch {
		return {};
	}
}

function remember(chosen: Partial<Record<TrackKind, string>>): void {
	try {
		sessionStorage.setItem(REMEMBERED, JSON.stringify(chosen));
	} catch {
		// A browser that keeps nothing forgets the choice: no harm.
	}
}
