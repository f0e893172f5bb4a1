import { beforeEach, expect, test } from "vitest";
import { Ladder } from "./ladder.ts";

let ladder: Ladder;
let said: (string | boolean)[];

beforeEach(() => {
	ladder = new Ladder();
	said = [];
	ladder.on("size", (size) => said.push(size));
	ladder.on("video", (video) => said.push(video));
});

function feed(available: number, from: number, until: number, lost = 0): void {
	for (let at = from; at <= until; at += 2_000) ladder.handleRoom({ available, lost, busy: false }, at);
}

test("under 100 kbit/s the picture rests and the sound goes on", () => {
	feed(80, 0, 2_000);
	expect(said).toEqual([]);

	feed(80, 4_000, 4_000);
	expect(said).toEqual([false]);
});

test("after a while the picture is tried again, then less often", () => {
	feed(80, 0, 4_000);
	feed(80, 6_000, 20_000);
	expect(said).toEqual([false, true]);

	feed(80, 22_000, 26_000);
	feed(80, 28_000, 54_000);
	expect(said).toEqual([false, true, false]);
});

test("with room to spare the picture grows, and shrinks when it gets tight", () => {
	feed(3_000, 0, 10_000);
	expect(said).toEqual(["full"]);

	feed(500, 12_000, 18_000);
	expect(said).toEqual(["full", "modest"]);
});

test("a browser that gives no estimate is left alone", () => {
	ladder.handleRoom({ available: null, lost: 1, busy: true }, 0);
	ladder.handleRoom({ available: null, lost: 1, busy: true }, 60_000);

	expect(said).toEqual([]);
});
