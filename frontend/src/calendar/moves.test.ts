import { describe, expect, it } from "vitest";
import { tilesOnPage } from "./facts.ts";
import { wayTo } from "./follow.ts";
import { fields, type Place, stays } from "./moves.ts";

const at = (hour: number, ...resourceIds: string[]): Place => ({
	id: "a1",
	start: new Date(2026, 10, 18, hour),
	end: new Date(2026, 10, 18, hour, 50),
	resourceIds,
});
const facts = { view: "clinicians", zone: "America/New_York" } as const;

describe("a tile that was dragged", () => {
	it("says whose it becomes only where that changes", () => {
		expect(fields(facts, at(11, "osei"), at(10, "osei"), "1")).toEqual({
			id: "a1",
			start: "2026-11-18T11:00:00",
			minutes: "50",
			zone: "America/New_York",
			version: "1",
		});
		expect(fields(facts, at(11, "novak"), at(10, "osei"), "1").clinician).toBe("novak");
	});

	it("goes back to the one it came from", () => {
		expect(fields(facts, at(10, "osei"), at(11, "novak"), "2").clinician).toBe("osei");
	});

	it("says nobody where there are no columns", () => {
		expect(
			fields({ ...facts, view: "week" }, at(11, "novak"), at(10, "osei"), "1").clinician,
		).toBeUndefined();
	});

	it("stays in its columns where several lead it, whatever their order", () => {
		expect(stays(at(11, "novak", "osei"), at(10, "osei", "novak"))).toBe(true);
		expect(stays(at(11, "osei", "park"), at(10, "osei", "novak"))).toBe(false);
		expect(stays(at(11, "park"), at(10, "osei"))).toBe(true);
	});
});

describe("the way to what was booked", () => {
	const shown = {
		first: "2026-11-16",
		last: "2026-11-20",
		here: "?view=work-week&date=2026-11-18&status=confirmed",
	};
	const here = "https://desk.example.org/calendar";

	it("is none where the day is on the screen, or isn't known", () => {
		expect(wayTo("2026-11-20", shown, here)).toBe("");
		expect(wayTo("", shown, here)).toBe("");
		expect(wayTo("soon", shown, here)).toBe("");
	});

	it("leads to a Saturday with everything else as it was", () => {
		expect(wayTo("2026-11-21", shown, here)).toBe(
			"https://desk.example.org/calendar?view=work-week&date=2026-11-21&status=confirmed",
		);
	});
});

describe("the tiles in the page", () => {
	it("are read from the list that stands there for people without script", () => {
		const page = document.createElement("div");
		const list = document.createElement("noscript");
		list.id = "plain";
		list.textContent = `<ul><li data-id="a1" data-start="2026-11-18T10:00:00" data-end="2026-11-18T10:50:00"
			data-columns="osei novak" data-version="3" data-moves><a>Rosa &amp; Jon</a></li></ul>`;
		page.append(list);

		expect(tilesOnPage(page)).toEqual([
			{
				id: "a1",
				start: "2026-11-18T10:00:00",
				end: "2026-11-18T10:50:00",
				editable: true,
				resourceIds: ["osei", "novak"],
				extendedProps: { html: "<a>Rosa &amp; Jon</a>", version: "3" },
			},
		]);
	});
});
