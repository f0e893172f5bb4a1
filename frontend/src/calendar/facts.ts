// What the server tells the grid: where it is, and every tile, which stands in the page once.
import type { Calendar, createCalendar } from "@event-calendar/core";
import { all, readJson } from "../kit/dom.ts";

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
	return all("li[data-id]", plain(page)).map((line) => ({
		id: line.dataset.id ?? "",
		start: line.dataset.start ?? "",
		end: line.dataset.end ?? "",
		editable: "moves" in line.dataset,
		resourceIds: (line.dataset.columns ?? "").split(" "),
		extendedProps: { html: line.innerHTML, version: line.dataset.version },
	}));
}

function plain(page: ParentNode): ParentNode {
	const place = page.querySelector("#plain");
	// In a page that was fetched and parsed it is elements already.
	if (place?.firstElementChild) return place;
	const list = document.createElement("template");
	// To a browser with script, what stands in <noscript> is text.
	list.innerHTML = place?.textContent ?? "";
	return list.content;
}

/** What the server says of the grid in a page of the calendar, or null. */
export function factsOf(page: Document): Facts | null {
	return readJson<Facts>("grid", page);
}

/** Events of the feed as they would be read from the page: only so can the two be told apart or alike. */
export function asRead(events: Calendar.EventInput[]): Calendar.EventInput[] {
	const tile = document.createElement("template");
	return events.map((event) => {
		tile.innerHTML = String(event.extendedProps?.html ?? "");
		return { ...event, extendedProps: { ...event.extendedProps, html: tile.innerHTML } };
	});
}
