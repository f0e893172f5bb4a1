// The call's part of a page, for both sides: ties the call, devices, tiles, controls and connection
// to the elements the server rendered.  It decides nothing about who may be here.
import { say } from "../kit/announce.ts";
import { all, find, need, show, showOnly } from "../kit/dom.ts";
import { Emitter } from "../kit/emitter.ts";
import type { NoteBody, NoteKind, Right, Role } from "../live/frames.ts";
import { live } from "../live/index.ts";
import type { Call, LineState, Ticket, TrackKind } from "./call.ts";
import { Connection, type ConnectionEvents } from "./connection.ts";
import { Controls } from "./controls.ts";
import type { Devices } from "./devices.ts";
import { openCall } from "./engines/index.ts";
import type { Refresh } from "./engines/p2p.ts";
import { Tiles } from "./tiles.ts";

export type CallState = "waiting" | "standby" | "joined" | "live" | "reconnecting" | "ended";

export interface StageEvents {
	right: Right;
	/** The page meets whom it is about, with a picture or without; or no longer. */
	meeting: boolean;
	/** How many we meet: both they and we are admitted. */
	company: number;
	present: { participant: string; present: boolean };
	leave: undefined;
	taken: undefined;
	out: undefined;
}

const TICK = 400;

export class Stage extends Emitter<StageEvents> {
	readonly connection = new Connection();
	call: Call | null = null;
	#tiles: Tiles;
	#controls: Controls;
	/** There is one call, or about to be one: a second would take the seat from the first. */
	#opening = false;
	/** Whom we have met: both they and we are admitted. */
	#met = new Set<string>();
	#thinLines = new Set<string>();
	#up = false;
	#seen = false;
	#tick: ReturnType<typeof setInterval> | undefined;
	#refresh: Refresh = async () => null;

	constructor(
		private readonly root: HTMLElement,
		private readonly devices: Devices,
	) {
		super();
		const own = need<HTMLVideoElement>("[data-own]", root);
		this.#tiles = new Tiles(root, own);
		this.#controls = new Controls(need("[data-controls]", root));
		this.#wirePage();
		this.#wireDevices();
		this.#wireConnection();
	}

	/** Opens the call's way without a picture: the standby connection. */
	async open(ticket: Ticket, refresh: Refresh): Promise<void> {
		if (this.#opening) return;
		this.#opening = true;
		setState("waiting");
		this.#tiles.handleRole(ticket.role);
		this.#refresh = refresh;
		this.call = await openCall(ticket, refresh);
		this.#wireCall(this.call);
		this.#tick = setInterval(() => this.connection.handleTime(performance.now()), TICK);
		await this.call.prepare();
	}

	/** In a gesture: lets the other side's sound play later without another. */
	bless(): void {
		this.#tiles.bless();
	}

	/** We are let in, or (the clinician) always were: tracks go out to whoever is admitted. */
	async join(): Promise<void> {
		await this.call?.join(this.devices.stream);
	}

	/** Back to the waiting room. */
	async rest(): Promise<void> {
		await this.call?.rest();
	}

	async end(): Promise<void> {
		clearInterval(this.#tick);
		setState("ended");
		this.#showMainWords(null);
		await this.call?.leave();
		this.call = null;
		this.#opening = false;
		this.devices.stop();
	}

	#wireCall(call: Call): void {
		call.on("right", (right) => this.emit("right", right));
		call.on("present", ({ participant, role }) => this.#meet(participant, role));
		call.on("absent", ({ participant }) => this.#miss(participant));
		call.on("stream", ({ participant, stream }) => this.#tiles.handleStream(participant, stream));
		call.on("meeting", ({ participant, meeting }) => this.#meetOrPart(participant, meeting));
		call.on("line", ({ participant, state }) => this.#follow(participant, state));
		call.on("facts", ({ participant, facts }) => {
			if (this.#tiles.isMain(participant)) this.connection.handleFacts(facts);
		});
		call.on("thin", ({ participant, thin }) => this.#thin(participant, thin));
		call.on("words", ({ participant, words }) => this.#showWords(participant, words));
		call.on("note", ({ from, kind, body }) => this.#hear(from, kind, body));
		call.on("taken", () => this.emit("taken", undefined));
		call.on("out", () => this.emit("out", undefined));
		live().on("state", (state) => this.connection.handleSocket(state === "open", performance.now()));
	}

	#wirePage(): void {
		this.#tiles.on("first", () => this.#first());
		this.#tiles.on("hush", (hush) => show(find("[data-hush]", this.root), hush));
		find("[data-hush]", this.root)?.addEventListener("click", () => this.#tiles.handleTap());
		find("[data-carry-on]", this.root)?.addEventListener("click", () => void this.#carryOn());
		find("[data-mend]", this.root)?.addEventListener("click", () => this.call?.mend());
		this.#controls.on("mute", (muted) => this.#mute(muted));
		this.#controls.on("camera", (off) => void this.#camera(off));
		this.#controls.on("leave", () => this.emit("leave", undefined));
		document.addEventListener("visibilitychange", () => {
			if (document.visibilityState === "visible" && this.call) void this.devices.handleReturn();
		});
	}

	#wireDevices(): void {
		this.devices.on("picture", (picture) => this.#tiles.handleOwn(picture));
		this.devices.on("track", ({ kind, track }) => void this.#swap(kind, track));
		this.devices.on("paused", (paused) =>
			show(find("[data-paused]", this.root), paused && this.#met.size > 0),
		);
		this.devices.on("trouble", () => this.#showOwn());
		if (this.devices.stream.getTracks().length > 0) this.#tiles.handleOwn(this.devices.picture);
	}

	#wireConnection(): void {
		this.connection.on("reconnecting", (state) => this.#showReconnecting(state));
		this.connection.on("health", ({ health, fault }) => {
			showOnly(all("[data-health]", this.root), "health", health);
			showOnly(all("[data-fault]", this.root), "fault", fault);
		});
	}

	/** The page tells of the line to whom it is about; of any other their own picture does. */
	#follow(participant: string, state: LineState): void {
		this.#tiles.handleLine(participant, state);
		if (!this.#tiles.isMain(participant)) return;
		this.#up = state === "up";
		if (this.#met.has(participant)) this.connection.handleLine(state, performance.now());
		this.#showState();
	}

	/** Of the line as it stands: what was said of it before, or of somebody else's, is no longer so. */
	#followMain(): void {
		const { met, here, line } = this.#tiles.main;
		const now = performance.now();
		this.#up = line === "up";
		this.connection.handleChange();
		if (met) this.connection.handleLine(line, now);
		this.connection.handlePresence(here, now);
	}

	#meet(participant: string, role: Role): void {
		this.#tiles.handlePresent(participant, role);
		this.#tellPresence(participant, true);
		// Whoever comes (back) should know whether we are muted.
		if (this.#met.size > 0) this.#tellMedia();
	}

	#miss(participant: string): void {
		this.#tiles.handleAbsent(participant);
		this.#tellPresence(participant, false);
	}

	#tellPresence(participant: string, present: boolean): void {
		if (this.#tiles.isMain(participant)) this.connection.handlePresence(present, performance.now());
		this.emit("present", { participant, present });
	}

	/** Both sides are admitted, so the curtain is up; or it falls again. */
	#meetOrPart(participant: string, meeting: boolean): void {
		if (meeting) this.#met.add(participant);
		else this.#met.delete(participant);
		this.#seen &&= this.#met.size > 0;
		if (!meeting) this.#showWords(participant, null);
		const aboutThem = this.#tiles.isMain(participant);
		this.#tiles.handleMet(participant, meeting);
		if (aboutThem || this.#tiles.isMain(participant)) this.#followMain();
		this.#showState();
		if (meeting) this.#tellMedia();
		this.emit("meeting", this.#tiles.main.met);
		this.emit("company", this.#met.size);
		if (meeting && (this.#many || !this.#tiles.isMain(participant))) void this.#learnNames();
	}

	/** Whether more are expected than the one whose name the page has. */
	get #many(): boolean {
		return "many" in this.root.dataset;
	}

	/** Who is who, where it isn't certain. */
	async #learnNames(): Promise<void> {
		const fresh = await this.#refresh().catch(() => null);
		if (fresh) this.#tiles.handleNames(fresh.people);
	}

	#first(): void {
		this.#seen = true;
		performance.mark("hs:first-frame");
		this.#showState();
		say("live");
	}

	#hear(from: string, kind: NoteKind, body: NoteBody): void {
		if (kind === "media") {
			this.#tiles.handleMedia(from, body);
		} else if (kind === "fault") {
			document.dispatchEvent(new CustomEvent("room:fault", { detail: body }));
		}
	}

	#mute(muted: boolean): void {
		this.devices.setMuted(muted);
		say(muted ? "muted" : "unmuted");
		this.#tellMedia();
	}

	async #camera(off: boolean): Promise<void> {
		say(off ? "camera-off" : "camera-on");
		await this.devices.setCamera(!off);
		this.#showOwn();
		this.#tellMedia();
	}

	async #swap(kind: TrackKind, track: MediaStreamTrack | null): Promise<void> {
		this.#showOwn();
		await this.call?.replace(kind, track);
		if (this.#met.size > 0) this.#tellMedia();
	}

	#tellMedia(): void {
		const audio = this.devices.wanted.audio && this.devices.track("audio") !== null;
		const video = this.devices.wanted.video && this.devices.track("video") !== null;
		const sends = this.devices.stream.getTracks().length > 0;
		this.call?.tell("media", { audio, video, sends });
	}

	/** Also what the button says: without a camera, or gone in with sound only, it is off. */
	#showOwn(): void {
		const off = this.devices.track("video") === null;
		find("[data-own-box]", this.root)?.classList.toggle("is-off", off);
		this.#controls.set("camera", off);
	}

	async #carryOn(): Promise<void> {
		await this.devices.reacquire();
		this.#tiles.handleTap();
	}

	#thin(participant: string, rests: boolean): void {
		if (rests) this.#thinLines.add(participant);
		else this.#thinLines.delete(participant);
		const thin = this.#thinLines.size > 0;
		show(find("[data-thin]", this.root), thin);
		this.connection.handleThin(thin);
		this.call?.tell("fault", { code: thin ? "thin" : "none" });
	}

	#showWords(participant: string, words: string[] | null): void {
		if (this.#tiles.isMain(participant)) this.#showMainWords(words);
		else this.#tiles.handleWords(participant, words);
	}

	#showMainWords(words: string[] | null): void {
		const places = all("[data-word]", this.root);
		for (const [at, place] of places.entries()) place.textContent = words?.[at % words.length] ?? "";
		for (const part of all("[data-words]", this.root)) show(part, words !== null);
	}

	#showReconnecting(state: ConnectionEvents["reconnecting"]): void {
		const over = find("[data-reconnecting]", this.root);
		find("[data-picture]", this.root)?.classList.toggle("is-still", state !== null);
		show(over, state !== null);
		if (over && state) {
			showOnly(all("[data-side]", over), "side", state.side);
			for (const part of all("[data-long]", over)) show(part, state.long);
		}
		say(state ? "reconnecting" : "back");
		this.#showState(state !== null);
	}

	#showState(reconnecting = false): void {
		if (reconnecting) setState("reconnecting");
		else if (this.#met.size > 0) setState(this.#seen ? "live" : "joined");
		else setState(this.#up ? "standby" : "waiting");
	}
}

/** For tests and benches: what the page's call is doing, on `<html data-call>`. */
export function setState(state: CallState): void {
	document.documentElement.dataset.call = state;
}
