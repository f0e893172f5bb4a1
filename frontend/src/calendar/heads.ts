// What stands above a column: the day, or the clinician and how full their day is.
import type { Calendar } from "@event-calendar/core";
import { need } from "../kit/dom.ts";
import { wallNow, wallOf } from "./times.ts";

/** *16 Mon*, and which one is today. */
export function dayHead(zone: string): (date: Date) => Calendar.Content {
	const word = need("[data-calendar]").dataset.today ?? "";
	const today = wallNow(zone).slice(0, 10);
	return (date) => {
		const name = date.toLocaleDateString(document.documentElement.lang || "en-US", { weekday: "short" });
		const said = ` ${name}${wallOf(date).startsWith(today) ? ` · ${word}` : ""}`;
		return head("hs-day", String(date.getDate()), said);
	};
}

/** *Dr Osei*, and beneath it *6 booked · 1 waits*. */
export function columnHead(clinician: Calendar.Resource): Calendar.Content {
	return head("hs-day hs-day-who", String(clinician.title), String(clinician.extendedProps.load ?? ""));
}

function head(css: string, strong: string, said: string): Calendar.Content {
	const place = document.createElement("span");
	place.className = css;
	place.title = strong;
	const first = document.createElement("b");
	first.textContent = strong;
	const rest = document.createElement("span");
	rest.textContent = said;
	place.append(first, rest);
	return { domNodes: [place] };
}
