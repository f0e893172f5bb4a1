// Everybody's pictures and sound: the one whom the page is about large, others beside, ours small.
import { find, need, show } from "../kit/dom.ts";
import { Emitter } from "../kit/emitter.ts";
import type { NoteBody, Role } from "../live/frames.ts";
import type { LineState } from "./call.ts";
import { Tile } from "./tile.ts";

export interface TilesEvents {
	/** The first decoded picture of somebody. */
	first: undefined;
	/** The browser won't play sound before a gesture. */
	hush: boolean;
}

/** One other person, as far as this page knows of them. */
interface Other {
	role: Role;
	stream: MediaStream | null;
	met: boolean;
	here: boolean;
	line: LineState;
	media: NoteBody;
	beside: { tile: Tile; box: HTMLElement } | null;
}

export class Tiles extends Emitter<TilesEvents> {
	#large: Tile;
	#main = "";
	/** The page is about a client for a clinician, and about a clinician for everybody else. */
	#about: Role = "clinician";
	#others = new Map<string, Other>();
	#hushed = new Set<Tile>();

	constructor(
		private readonly root: HTMLElement,
		private readonly own: HTMLVideoElement,
	) {
		super();
		own.muted = own.playsInline = true;
		this.#large = this.#wired(new Tile(need<HTMLVideoElement>("[data-theirs]", root)));
	}

	/** In a gesture (the press that lets one in): from now on there may be sound. */
	bless(): void {
		this.#large.bless();
	}

	handleRole(mine: Role): void {
		this.#about = mine === "clinician" ? "client" : "clinician";
	}

	handleOwn(picture: MediaStream): void {
		if (this.own.srcObject !== picture) this.own.srcObject = picture;
		void this.own.play().catch(() => {});
	}

	/** How it stands with whom the page is about. */
	get main(): Readonly<Other> {
		return this.#others.get(this.#main) ?? UNKNOWN;
	}

	isMain(participant: string): boolean {
		return this.#main === participant;
	}

	handlePresent(participant: string, role: Role): void {
		const other = this.#others.get(participant);
		if (other) other.here = true;
		else this.#others.set(participant, { ...UNKNOWN, role });
		if (!this.#main && role === this.#about) this.#main = participant;
		this.#settle(participant);
	}

	handleAbsent(participant: string): void {
		this.#know(participant).here = false;
		this.#settle(participant);
	}

	/** Fed as soon as there is anything, so that decoding never waits for the curtain. */
	handleStream(participant: string, stream: MediaStream): void {
		this.#know(participant).stream = stream;
		this.#tileOf(participant)?.handleStream(stream);
	}

	/** Up goes the curtain, or down. */
	handleMet(participant: string, met: boolean): void {
		const other = this.#know(participant);
		other.met = met;
		if (met && other.role === this.#about && !this.main.met) this.#enlarge(participant);
		if (met && !this.isMain(participant)) other.beside ??= this.#add(other);
		this.#sign(participant, other);
		this.#tileOf(participant)?.handleAdmitted(met);
		this.#settle(participant);
		if (!met && this.isMain(participant)) this.#promote();
	}

	handleLine(participant: string, state: LineState): void {
		this.#know(participant).line = state;
		this.#settle(participant);
	}

	/** The last picture of a camera that is off is a lie. */
	handleMedia(participant: string, body: NoteBody): void {
		const other = this.#know(participant);
		other.media = body;
		this.#sign(participant, other);
	}

	/** What they are called, as far as the server has said. */
	handleNames(people: Record<string, string>): void {
		for (const [participant, other] of this.#others) {
			const name = people[participant];
			if (!name) continue;
			if (other.beside) need("[data-name]", other.beside.box).textContent = name;
			if (!this.isMain(participant)) continue;
			for (const place of this.root.querySelectorAll("[data-main-name]")) place.textContent = name;
		}
	}

	handleWords(participant: string, words: string[] | null): void {
		const box = this.#know(participant).beside?.box;
		if (box) need("[data-their-words]", box).textContent = words?.join(" ") ?? "";
	}

	/** The tap that a browser wants to see before it plays sound. */
	handleTap(): void {
		this.#large.handleTap();
		for (const { beside } of this.#others.values()) beside?.tile.handleTap();
	}

	get #picture(): HTMLElement {
		return need("[data-picture]", this.root);
	}

	#know(participant: string): Other {
		const known = this.#others.get(participant) ?? { ...UNKNOWN };
		this.#others.set(participant, known);
		return known;
	}

	#tileOf(participant: string): Tile | undefined {
		return this.isMain(participant) ? this.#large : this.#others.get(participant)?.beside?.tile;
	}

	/** What they say of their microphone and camera, on the picture they have. */
	#sign(participant: string, { media, beside }: Other): void {
		if (this.isMain(participant)) {
			this.#picture.classList.toggle("is-dark", media.video === false);
			show(find('[data-they="muted"]', this.root), media.audio === false);
			show(find('[data-they="camera-off"]', this.root), media.video === false);
		} else if (beside) {
			beside.box.classList.toggle("is-dark", media.video === false);
			show(find("[data-muted]", beside.box), media.audio === false);
		}
	}

	/** Whoever is let in first of those whom the page is about has the large picture. */
	#enlarge(participant: string): void {
		if (this.isMain(participant)) return;
		const other = this.#know(participant);
		this.#main = participant;
		other.beside?.box.remove();
		other.beside = null;
		if (other.stream) this.#large.handleStream(other.stream);
		this.#sign(participant, other);
	}

	/** The large picture is empty: somebody else of those whom the page is about has it now. */
	#promote(): void {
		const next = [...this.#others].find(([, { met, role }]) => met && role === this.#about);
		if (!next) return;
		next[1].beside?.tile.handleAdmitted(false);
		this.#enlarge(next[0]);
		this.#large.handleAdmitted(true);
	}

	#add(other: Other): { tile: Tile; box: HTMLElement } {
		const form = need<HTMLTemplateElement>("[data-beside]", this.root);
		const box = form.content.firstElementChild?.cloneNode(true) as HTMLElement;
		need("[data-faces]", this.root).append(box);
		const tile = this.#wired(new Tile(need<HTMLVideoElement>("video", box)));
		if (other.stream) tile.handleStream(other.stream);
		return { tile, box };
	}

	/** Beside is who has been let in: still while their line is silent, gone when they are, too. */
	#settle(participant: string): void {
		const { beside, met, here, line } = this.#know(participant);
		if (!beside) return;
		beside.box.classList.toggle("is-still", line === "silent");
		show(beside.box, met && (here || line !== "silent"));
	}

	/** The tap is offered until nobody needs it any more. */
	#hear(tile: Tile, hush: boolean): void {
		if (hush) this.#hushed.add(tile);
		else this.#hushed.delete(tile);
		this.emit("hush", this.#hushed.size > 0);
	}

	#wired(tile: Tile): Tile {
		tile.on("first", () => this.emit("first", undefined));
		tile.on("hush", (hush) => this.#hear(tile, hush));
		return tile;
	}
}

const UNKNOWN: Other = {
	role: "guest",
	stream: null,
	met: false,
	here: true,
	line: "making",
	media: {},
	beside: null,
};
