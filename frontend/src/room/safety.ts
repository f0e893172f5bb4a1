// Safety words: four words that both screens show alike only if both browsers hold the same two keys.
//
// Each side commits to a nonce before it sees the other's, so that somebody in between can't search
// for words that match; then both nonces and both certificates' fingerprints, as the browsers report
// them, are hashed, and 44 bits of that are the words.
import { Emitter } from "../kit/emitter.ts";
import type { NoteBody } from "../live/frames.ts";

export interface SafetyEvents {
	note: NoteBody;
	words: string[] | null;
}

export interface Keys {
	ours: string;
	theirs: string;
}

const WORD_COUNT = 4;
const BITS = 11;

export class SafetyWords extends Emitter<SafetyEvents> {
	#run = "";
	#keys: Keys | null = null;
	#nonce = "";
	#commitment = "";
	#theirCommitment = "";
	#theirNonce = "";

	/** Of each two exactly one is `first`: both must hash in the same order. */
	constructor(private readonly first: boolean) {
		super();
	}

	/** While there is time: at admission nothing is left to fetch. */
	async prepare(): Promise<void> {
		await import("./words.ts").catch(() => {});
	}

	/** The certificates of a standing connection; `run` names the pair of connections, alike on both sides. */
	async handleKeys(keys: Keys, run: string): Promise<void> {
		if (this.#keys) return;
		this.#keys = keys;
		this.#run = run;
		this.#nonce = hex(crypto.getRandomValues(new Uint8Array(16)));
		this.#commitment = await commit(this.first, this.#nonce);
		this.handleResumed();
	}

	async handleNote(body: NoteBody): Promise<void> {
		if (!this.#commitment || body.run !== this.#run) return;
		if (typeof body.commitment === "string") this.#take(body.commitment, body.again === true);
		// Only what was committed to counts, and only the first: a nonce chosen after ours is worth nothing.
		else if (typeof body.nonce === "string" && this.#theirCommitment) this.#theirNonce ||= body.nonce;
		await this.#conclude();
	}

	/** Says again what may have been lost with a socket, and asks for theirs. */
	handleResumed(): void {
		if (!this.#commitment) return;
		this.#note({ commitment: this.#commitment, again: true });
		if (this.#theirCommitment) this.#note({ nonce: this.#nonce });
	}

	handleReset(): void {
		this.#keys = null;
		this.#run = this.#nonce = this.#commitment = this.#theirCommitment = this.#theirNonce = "";
		this.emit("words", null);
	}

	#take(commitment: string, again: boolean): void {
		const news = !this.#theirCommitment;
		this.#theirCommitment ||= commitment;
		if (commitment !== this.#theirCommitment || !(news || again)) return;
		// They are bound now, so ours may be shown.
		this.#note({ commitment: this.#commitment });
		this.#note({ nonce: this.#nonce });
	}

	#note(body: NoteBody): void {
		this.emit("note", { ...body, run: this.#run });
	}

	async #conclude(): Promise<void> {
		if (!this.#keys || !this.#theirCommitment || !this.#theirNonce) return;
		const honest = (await commit(!this.first, this.#theirNonce)) === this.#theirCommitment;
		this.emit("words", honest ? await this.#make(this.#keys) : null);
	}

	async #make(keys: Keys): Promise<string[]> {
		const ours = [keys.ours, this.#nonce];
		const theirs = [keys.theirs, this.#theirNonce];
		const both = this.first ? [...ours, ...theirs] : [...theirs, ...ours];
		// Fetched in the call, not before it: a client's first page stays light.
		const { WORDS } = await import("./words.ts");
		return wordsOf(await digest(["holdspace-safety-words", ...both]), WORDS);
	}
}

function commit(first: boolean, nonce: string): Promise<string> {
	return digest(["holdspace-commitment", first ? "first" : "second", nonce]).then(hex);
}

async function digest(parts: string[]): Promise<Uint8Array> {
	const bytes = new TextEncoder().encode(parts.join("|").toLowerCase());
	return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

/** The first 44 bits, eleven to a word. */
export function wordsOf(hash: Uint8Array, list: readonly string[]): string[] {
	const bits = [...hash.slice(0, 6)].map((byte) => byte.toString(2).padStart(8, "0")).join("");
	const numbers = Array.from({ length: WORD_COUNT }, (_, at) =>
		Number.parseInt(bits.slice(at * BITS, (at + 1) * BITS), 2),
	);
	return numbers.map((number) => list[number] ?? "");
}

function hex(bytes: Uint8Array): string {
	return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
