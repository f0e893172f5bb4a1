import { describe, expect, it } from "vitest";
import { firstHour, instantOf, minutesBetween, offsetAt, spanIn, wallNow, wallOf } from "./times.ts";

const NEW_YORK = "America/New_York";

describe("wall times in zones", () => {
	it("knows winter from summer", () => {
		expect(offsetAt(Date.UTC(2026, 10, 18, 15), NEW_YORK)).toBe(-300);
		expect(offsetAt(Date.UTC(2026, 6, 18, 15), NEW_YORK)).toBe(-240);
	});

	it("finds the instant of a wall time on either side of a clock change", () => {
		expect(instantOf("2026-11-18T10:00", NEW_YORK)).toBe(Date.UTC(2026, 10, 18, 15));
		expect(instantOf("2027-03-14T01:30", NEW_YORK)).toBe(Date.UTC(2027, 2, 14, 6, 30));
		expect(instantOf("2027-03-14T03:30", NEW_YORK)).toBe(Date.UTC(2027, 2, 14, 7, 30));
	});

	it("says both clocks as people read them", () => {
		const start = instantOf("2026-11-19T16:00", NEW_YORK);
		expect(spanIn(start, 50, NEW_YORK)).toBe("Thu 4:00 – 4:50 PM");
		expect(spanIn(start, 50, "America/Chicago")).toBe("Thu 3:00 – 3:50 PM");
		expect(spanIn(instantOf("2026-11-19T11:30", NEW_YORK), 60, NEW_YORK)).toBe("Thu 11:30 AM – 12:30 PM");
	});

	it("writes a dragged tile's time as the wall shows it", () => {
		expect(wallOf(new Date(2026, 10, 18, 9, 5))).toBe("2026-11-18T09:05:00");
		expect(minutesBetween(new Date(2026, 10, 18, 9, 5), new Date(2026, 10, 18, 9, 55))).toBe(50);
	});

	it("says what time it is in another zone", () => {
		expect(wallNow(NEW_YORK, Date.UTC(2026, 10, 18, 16, 5))).toBe("2026-11-18T11:05");
	});

	it("begins the day with the practice, unless the present hour would be out of sight", () => {
		expect(firstHour(8, 8, null)).toBe(8);
		expect(firstHour(8, 8, 14)).toBe(8);
		expect(firstHour(8, 8, 15)).toBe(9);
		expect(firstHour(8, 8, 23)).toBe(16);
		expect(firstHour(8, 8, 5)).toBe(5);
	});
});
