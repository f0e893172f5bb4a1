// How much picture the line can carry: sound first, picture modest, more when there is room for it.
import { Emitter } from "../../kit/emitter.ts";

export type Size = "modest" | "full";

export interface LadderEvents {
	size: Size;
	/** Whether our picture is sent at all. */
	video: boolean;
}

export interface Room {
	/** Kilobits a second that the line offers, as the browser estimates; null if it doesn't say. */
	available: number | null;
	lost: number;
	/** The processor, not the line, is the limit. */
	busy: boolean;
}

const STOP_BELOW = 100;
const STOP_AFTER = 4_000;
const RAISE_ABOVE = 1_500;
const RAISE_AFTER = 10_000;
const LOWER_BELOW = 700;
const LOWER_AFTER = 6_000;
const TRY_AGAIN = 15_000;
const LONGEST_REST = 120_000;

export class Ladder extends Emitter<LadderEvents> {
	#size: Size = "modest";
	#sending = true;
	#rest = TRY_AGAIN;
	#since = new Map<string, number>();

	handleRoom(room: Room, at: number): void {
		if (room.available === null) return;
		if (!this.#sending) this.#tryAgain(at);
		else if (this.#lasts("starved", room.available < STOP_BELOW, at, STOP_AFTER)) this.#stop(at);
		else if (this.#size === "modest") this.#perhapsRaise(room, room.available, at);
		else this.#perhapsLower(room, room.available, at);
	}

	#stop(at: number): void {
		this.#since.clear();
		this.#since.set("resting", at);
		this.#sending = false;
		this.emit("video", false);
	}

	/** Without a picture the estimate can't grow, so the only way to know is to try, less and less often. */
	#tryAgain(at: number): void {
		if (!this.#lasts("resting", true, at, this.#rest)) return;
		this.#since.clear();
		this.#rest = Math.min(this.#rest * 2, LONGEST_REST);
		this.#sending = true;
		this.emit("video", true);
	}

	#perhapsRaise(room: Room, available: number, at: number): void {
		const roomy = available > RAISE_ABOVE && room.lost < 0.02 && !room.busy;
		if (this.#lasts("roomy", roomy, at, RAISE_AFTER)) this.#become("full");
	}

	#perhapsLower(room: Room, available: number, at: number): void {
		const tight = available < LOWER_BELOW || room.lost > 0.08 || room.busy;
		if (this.#lasts("tight", tight, at, LOWER_AFTER)) this.#become("modest");
	}

	#become(size: Size): void {
		this.#since.clear();
		this.#size = size;
		this.emit("size", size);
	}

	#lasts(what: string, so: boolean, at: number, long: number): boolean {
		if (!so) this.#since.delete(what);
		else if (!this.#since.has(what)) this.#since.set(what, at);
		const since = this.#since.get(what);
		return since !== undefined && at - since >= long;
	}
}
