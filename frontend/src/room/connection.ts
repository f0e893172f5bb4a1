// The state of a call in words: joined, reconnecting (not gone), on whose side the trouble is.  The
// words themselves stand in the page; this only chooses among them.
import { Emitter } from "../kit/emitter.ts";
import type { Facts, LineState } from "./call.ts";

export type Health = "good" | "fair" | "gone";
export type Side = "mine" | "theirs" | "between";
export type Fault = "none" | "weak-mine" | "weak-theirs" | "slow" | "thin";

export interface ConnectionEvents {
	/** `null` when all is well. */
	reconnecting: { side: Side; long: boolean } | null;
	health: { health: Health; fault: Fault; relayed: boolean };
}

/** Silence that long is shown; both sides see it within two seconds. */
export const SHOWN_AFTER = 800;
export const LONG_AFTER = 60_000;

export class Connection extends Emitter<ConnectionEvents> {
	#line: LineState = "making";
	#wasUp = false;
	#silentSince: number | null = null;
	#socketOpen = true;
	#theyArePresent = true;
	#thin = false;
	#facts: Facts | null = null;
	#shown = "";

	/** Another line from now on, or this one anew: nothing is known of it yet. */
	handleChange(): void {
		this.#line = "making";
		this.#wasUp = false;
		this.#silentSince = null;
		this.#facts = null;
		this.#show(null);
	}

	handleLine(line: LineState, at: number): void {
		this.#line = line;
		this.#wasUp ||= line === "up";
		if (line === "up") this.#silentSince = null;
		else if (this.#wasUp) this.#silentSince ??= at;
		this.handleTime(at);
		this.#tellHealth();
	}

	handleSocket(open: boolean, at: number): void {
		this.#socketOpen = open;
		this.handleTime(at);
	}

	handlePresence(present: boolean, at: number): void {
		this.#theyArePresent = present;
		this.handleTime(at);
	}

	handleFacts(facts: Facts): void {
		this.#facts = facts;
		this.#tellHealth();
	}

	handleThin(thin: boolean): void {
		this.#thin = thin;
		this.#tellHealth();
	}

	/** Called now and then: silence turns into words, words into a plan. */
	handleTime(at: number): void {
		const silence = this.#silentSince === null ? 0 : at - this.#silentSince;
		if (this.#silentSince === null || silence < SHOWN_AFTER) {
			if (this.#silentSince === null) this.#show(null);
			return;
		}
		this.#show({ side: this.#side(), long: silence >= LONG_AFTER });
	}

	/** Ours if the server doesn't hear us either; theirs if it misses them; else somewhere between. */
	#side(): Side {
		if (!this.#socketOpen || navigator.onLine === false) return "mine";
		return this.#theyArePresent ? "between" : "theirs";
	}

	#show(state: ConnectionEvents["reconnecting"]): void {
		const key = JSON.stringify(state);
		if (key === this.#shown || (state === null && this.#shown === "")) return;
		this.#shown = state === null ? "" : key;
		this.emit("reconnecting", state);
	}

	#tellHealth(): void {
		const health = this.#line === "up" ? healthOf(this.#facts) : "gone";
		const fault = this.#thin ? "thin" : faultOf(this.#facts);
		this.emit("health", { health, fault, relayed: this.#facts?.relayed ?? false });
	}
}

export function healthOf(facts: Facts | null): Health {
	return faultOf(facts) === "none" ? "good" : "fair";
}

export function faultOf(facts: Facts | null): Fault {
	if (!facts) return "none";
	if (facts.lostOut > 0.04) return "weak-mine";
	if (facts.lostIn > 0.04 || facts.concealed > 0.08) return "weak-theirs";
	return (facts.roundTrip ?? 0) > 400 ? "slow" : "none";
}
