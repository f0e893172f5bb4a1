import { expect, test } from "vitest";
import { pathOf } from "./strokes.ts";

test("a stroke runs through the middles of its points and ends where the finger left", () => {
	const path = pathOf([
		[
			{ x: 0, y: 0 },
			{ x: 10, y: 0 },
			{ x: 20, y: 10 },
		],
	]);

	expect(path).toBe("M0,0Q10,0 15,5L20,10");
});

test("a dot is a very short line, and strokes follow each other", () => {
	expect(pathOf([[{ x: 1.26, y: 2 }], [{ x: 5, y: 5 }]])).toBe("M1.3,2L1.8,2M5,5L5.5,5");
});

test("nothing drawn is nothing", () => {
	expect(pathOf([])).toBe("");
});
