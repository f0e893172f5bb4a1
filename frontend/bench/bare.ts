// The least that shows the same day: the widget alone, with the same columns and the same events, from
// memory, each with the markup that the product draws and the marks that it names, in no particular look.
// bin/bench calendar builds it into a folder of its own and hands it the days.
import { type Calendar, createCalendar, ResourceTimeGrid } from "@event-calendar/core";
import "@event-calendar/core/index.css";

interface Day {
	date: string;
	columns: { id: string; title: string }[];
	events: Calendar.EventInput[];
}

declare global {
	interface Window {
		begin: (days: Day[], marks: string) => void;
	}
}

window.begin = (days: Day[], marks: string) => {
	document.body.insertAdjacentHTML("beforeend", marks);
	let shown = 0;
	const calendar = createCalendar(document.getElementById("calendar") as HTMLElement, [ResourceTimeGrid], {
		view: "resourceTimeGridDay",
		date: days[0]?.date,
		resources: days[0]?.columns ?? [],
		events: days[0]?.events ?? [],
		headerToolbar: { start: "", center: "", end: "" },
		allDaySlot: false,
		height: `${innerHeight - 70}px`,
		slotHeight: 38,
		slotEventOverlap: false,
		scrollTime: "08:00:00",
		columnWidth: "minmax(7.5rem, 1fr)",
		eventContent: ({ event }) => ({ html: String(event.extendedProps.html) }),
	});
	document.getElementById("next")?.addEventListener("click", () => {
		const day = days[++shown % days.length];
		if (!day) return;
		calendar.setOption("date", day.date);
		calendar.setOption("events", day.events);
	});
};
