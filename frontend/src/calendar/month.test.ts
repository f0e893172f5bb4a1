import { describe, expect, it } from "vitest";
import { onDay } from "./month.ts";
import type { Place } from "./moves.ts";
import { minutesBetween, wallOf } from "./times.ts";

const ten: Place = {
	id: "a1",
	start: new Date(2026, 9, 30, 10),
	end: new Date(2026, 9, 30, 10, 50),
	resourceIds: [],
};

describe("a line of the month that was dragged", () => {
	it("keeps its hour and its length on another day, also across a clock change", () => {
		const there = onDay(ten, "2026-11-02");

		expect(wallOf(there.start)).toBe("2026-11-02T10:00:00");
		expect(minutesBetween(there.start, there.end)).toBe(50);
	});

	it("doesn't fall into the next month from a 31st", () => {
		const last = { ...ten, start: new Date(2026, 9, 31, 9), end: new Date(2026, 9, 31, 10) };

		expect(wallOf(onDay(last, "2026-11-30").start)).toBe("2026-11-30T09:00:00");
		expect(wallOf(onDay(last, "2027-02-01").start)).toBe("2027-02-01T09:00:00");
	});

	it("leaves the day it came from as it was", () => {
		expect(onDay(ten, "2026-10-30")).toEqual(ten);
		expect(wallOf(ten.start)).toBe("2026-10-30T10:00:00");
	});
});
