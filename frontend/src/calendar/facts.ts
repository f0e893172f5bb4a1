// What the server tells the grid: where it is, and every tile, which stands in the page once.
import type { Calendar, createCalendar } from "@event-calendar/core";
import { all } from "../kit/dom.ts";

export type Ec = ReturnType<typeof createCalendar>;

export interface Facts {
	view: "day" | "work-week" | "week" | "clinicians";
	first: string;
	zone: string;
	zoneShort: string;
	offset: string;
	dayStarts: number;
	columns: Calendar.ResourceInput[];
	events: Calendar.EventInput[];
	// Behind the tiles: outside hours, time off, closed.
	bands: Calendar.EventInput[];
	feed: string;
	move: string;
	new: string;
	clinician: string;
}

/** The tiles of the list that people without script see, as the widget wants them. */
export function tilesOnPage(page: ParentNode = document): Calendar.EventInput[] {
	const list = document.createElement("template");
	// To a browser with script, what stands in <noscript> is text.
	list.innerHTML = page.querySelector("#plain")?.textContent ?? "";
	return all("li[data-id]", list.content).map((line) => ({
		id: line.dataset.id ?? "",
		start: line.dataset.start ?? "",
		end: line.dataset.end ?? "",
		editable: "moves" in line.dataset,
		resourceIds: (line.dataset.columns ?? "").split(" "),
		extendedProps: { html: line.innerHTML, version: line.dataset.version },
	}));
}

/** Events of the feed as they would be read from the page: only so can the two be told apart or alike. */
export function asRead(events: Calendar.EventInput[]): Calendar.EventInput[] {
	const tile = document.createElement("template");
	return events.map((event) => {
		tile.innerHTML = String(event.extendedProps?.html ?? "");
		return { ...event, extendedProps: { ...event.extendedProps, html: tile.innerHTML } };
	});
}
