import { expect, test } from "vitest";
import type { NoteBody } from "../live/frames.ts";
import { SafetyWords, wordsOf } from "./safety.ts";
import { WORDS } from "./words.ts";

/** Two pages and a post between them that `tamper` may read and change. */
function pair(tamper: (body: NoteBody) => NoteBody | null = (body) => body) {
	const [osei, rosa] = [new SafetyWords(true), new SafetyWords(false)];
	const seen: { osei: string[] | null; rosa: string[] | null } = { osei: null, rosa: null };
	const carry = (to: SafetyWords) => (body: NoteBody) => {
		const arrived = tamper(body);
		if (arrived) queueMicrotask(() => void to.handleNote(arrived));
	};
	osei.on("note", carry(rosa));
	rosa.on("note", carry(osei));
	osei.on("words", (words) => {
		seen.osei = words;
	});
	rosa.on("words", (words) => {
		seen.rosa = words;
	});
	return { osei, rosa, seen };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 300));

test("there are 2048 words, none twice, all short enough to read out", () => {
	expect(new Set(WORDS).size).toBe(2048);
	expect(WORDS.every((word) => /^[a-z]{3,9}$/.test(word))).toBe(true);
});

test("the first 44 bits are the words, eleven to each", () => {
	const hash = new Uint8Array([0, 0, 0, 0, 0, 0x1f, 0xff]);
	expect(wordsOf(hash, WORDS)).toEqual([WORDS[0], WORDS[0], WORDS[0], WORDS[1]]);
});

test("both screens show the same four words", async () => {
	const { osei, rosa, seen } = pair();

	await osei.handleKeys({ ours: "AA", theirs: "BB" }, "run");
	await rosa.handleKeys({ ours: "BB", theirs: "AA" }, "run");
	await settle();

	expect(seen.osei).toHaveLength(4);
	expect(seen.osei).toEqual(seen.rosa);
});

test("with somebody in between the words differ", async () => {
	const { osei, rosa, seen } = pair();

	await osei.handleKeys({ ours: "AA", theirs: "MALLORY-1" }, "run");
	await rosa.handleKeys({ ours: "BB", theirs: "MALLORY-2" }, "run");
	await settle();

	expect(seen.osei).not.toEqual(seen.rosa);
});

test("a nonce that was not committed to shows no words", async () => {
	const { osei, rosa, seen } = pair((body) => ("nonce" in body ? { ...body, nonce: "00" } : body));

	await osei.handleKeys({ ours: "AA", theirs: "BB" }, "run");
	await rosa.handleKeys({ ours: "BB", theirs: "AA" }, "run");
	await settle();

	expect(seen).toEqual({ osei: null, rosa: null });
});

test("notes lost with a socket are said again", async () => {
	let lost = true;
	const { osei, rosa, seen } = pair((body) => (lost ? null : body));
	await osei.handleKeys({ ours: "AA", theirs: "BB" }, "run");
	await rosa.handleKeys({ ours: "BB", theirs: "AA" }, "run");
	await settle();

	lost = false;
	rosa.handleResumed();
	await settle();

	expect(seen.osei).toHaveLength(4);
	expect(seen.osei).toEqual(seen.rosa);
});
