// Is the other side still there?  ICE says so seconds late and a dead socket says nothing at all, so
// received packets are counted.  This only decides; the call does what it says.
import { Emitter } from "../../kit/emitter.ts";

export interface PulseEvents {
	silent: boolean;
	/** Ask the server for a sign of life, then call `handleAnswer`. */
	ask: undefined;
	/** The socket is dead: a new one, then `handleResumed`. */
	renew: undefined;
	restart: undefined;
}

export const COUNT_EVERY = 200;
export const SILENCE = 700;
export const ANSWER_WITHIN = 450;
export const RESTART_EVERY = 2_000;

export class Pulse extends Emitter<PulseEvents> {
	#packets = -1;
	#heardAt: number | null = null;
	#silent = false;
	#asking = false;
	#askedAt = Number.NEGATIVE_INFINITY;
	#restartedAt = Number.NEGATIVE_INFINITY;

	/** Packets received so far.  `expected` is false where nothing need come: in standby, or both muted. */
	handleCount(packets: number, at: number, expected: boolean): void {
		if (packets !== this.#packets || !expected || this.#heardAt === null) {
			this.#packets = packets;
			this.#heardAt = at;
			this.#become(false);
		} else if (at - this.#heardAt >= SILENCE) {
			this.#become(true);
			this.#ask(at);
		}
	}

	/** ICE itself noticed (disconnected, failed): true in standby too, where no packet is counted. */
	handleTrouble(at: number): void {
		this.#ask(at);
	}

	handleAnswer(answered: boolean, at: number): void {
		this.#asking = false;
		if (answered) this.#restart(at);
		else this.emit("renew", undefined);
	}

	/** The socket is back; `well` if the line never stopped. */
	handleResumed(at: number, well: boolean): void {
		if (this.#silent || !well) this.#restart(at);
	}

	/** A new connection took the old one's place: count afresh. */
	handleReset(at: number): void {
		this.#packets = -1;
		this.#heardAt = at;
		this.#restartedAt = at;
	}

	#ask(at: number): void {
		if (this.#asking || at - this.#askedAt < RESTART_EVERY) return;
		this.#asking = true;
		this.#askedAt = at;
		this.emit("ask", undefined);
	}

	#restart(at: number): void {
		if (at - this.#restartedAt < RESTART_EVERY) return;
		this.#restartedAt = at;
		this.emit("restart", undefined);
	}

	#become(silent: boolean): void {
		if (silent === this.#silent) return;
		this.#silent = silent;
		this.emit("silent", silent);
	}
}
