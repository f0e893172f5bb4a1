// The grid of days and hours: an adapter around @event-calendar/core.  The server renders each tile;
// the widget lays them out, drags and resizes; every change is posted and asked back.
import { type Calendar, createCalendar, Interaction, ResourceTimeGrid, TimeGrid } from "@event-calendar/core";
import "@event-calendar/core/index.css";
import "./grid.css";
import { all, find, need } from "../kit/dom.ts";
import { open } from "./drawer.ts";
import { asRead, type Ec, type Facts, factsOf, tilesOnPage } from "./facts.ts";
import { columnHead, dayHead } from "./heads.ts";
import { type Moved, moved, stays } from "./moves.ts";
import { stepInPlace } from "./step.ts";
import { firstHour, minutesBetween, wallNow, wallOf } from "./times.ts";

const AGAIN = [
	"appointment.changed",
	"seat.changed",
	"consent.changed",
	"participant.waiting",
	"participant.admitted",
	"participant.left",
];
const DRAGGED = ".ec-dragging, .ec-resizing-y";
const SLOT_HEIGHT = 38;
const VIEWS = {
	day: "timeGridDay",
	"work-week": "timeGridWeek",
	week: "timeGridWeek",
	clinicians: "resourceTimeGridDay",
};
const DAYS = { day: 1, "work-week": 5, week: 7, clinicians: 1 };
// Roles that promise a table: the grid is a picture of links, and reads as one.
const WRONG_ROLES = '[role="table"], [role="row"], [role="rowgroup"], [role="cell"], [role="columnheader"]';

export function showGrid(place: HTMLElement): void {
	const facts = factsOf(document);
	if (!facts) return;
	facts.events = tilesOnPage();
	const kind = facts.view === "clinicians" ? ResourceTimeGrid : TimeGrid;
	const calendar = createCalendar(
		place,
		[kind, Interaction],
		options(facts, () => calendar),
	);
	tidyRoles(place, facts.zoneShort);
	const { forget } = stepInPlace(facts, (fresh) => redraw(facts, fresh, calendar));
	keepTrue(facts, calendar, forget);
}

/** Another day or week on the same grid. */
function redraw(facts: Facts, fresh: Facts, calendar: Ec): void {
	// Columns are drawn anew only where they differ: it takes as long as the tiles.
	if (JSON.stringify(fresh.columns) !== JSON.stringify(facts.columns))
		calendar.setOption("resources", fresh.columns);
	Object.assign(facts, fresh);
	calendar.setOption("timeZone", facts.offset);
	calendar.setOption("date", facts.first);
	calendar.setOption("events", [...facts.bands, ...facts.events]);
}

function options(facts: Facts, calendar: () => Ec): Calendar.Options {
	return {
		view: VIEWS[facts.view],
		date: facts.first,
		firstDay: 1,
		hiddenDays: facts.view === "work-week" ? [0, 6] : [],
		// "-05:00": the line of the present time belongs to the shown zone, not to the browser's.
		timeZone: facts.offset,
		headerToolbar: { start: "", center: "", end: "" },
		allDaySlot: false,
		slotDuration: "00:30:00",
		slotLabelInterval: "01:00:00",
		snapDuration: "00:15:00",
		slotLabelFormat: { hour: "numeric" },
		slotHeight: SLOT_HEIGHT,
		slotEventOverlap: false,
		scrollTime: `${String(firstHour(facts.dayStarts, hoursInSight(), presentHour(facts))).padStart(2, "0")}:00:00`,
		nowIndicator: true,
		dayHeaderFormat: dayHead(facts.zone),
		...columns(facts),
		events: [...facts.bands, ...facts.events],
		eventContent: ({ event }) => ({ html: String(event.extendedProps.html) }),
		// A tile says its own times; to have them put into words 160 times over is a tenth of the drawing.
		eventTimeFormat: () => "",
		eventDurationEditable: true,
		dragScroll: true,
		longPressDelay: 400,
		selectable: Boolean(facts.new),
		...hands(facts, calendar),
	} as Calendar.Options;
}

/** Side by side: a column each, never narrower than a tile can be read; the rest is scrolled to. */
function columns(facts: Facts): Calendar.Options {
	if (facts.view !== "clinicians") return {};
	return {
		resources: facts.columns,
		resourceLabelContent: ({ resource }) => columnHead(resource),
		columnWidth: "minmax(7.5rem, 1fr)",
		dragConstraint: ({ event, oldEvent }) => stays(event, oldEvent),
	};
}

/** How many whole hours the place shows beneath its head. */
function hoursInSight(): number {
	return Math.max(1, Math.floor((need("[data-calendar]").clientHeight - 46) / (2 * SLOT_HEIGHT)));
}

/** The hour that it is in the shown zone, if today is among the shown days. */
function presentHour(facts: Facts): number | null {
	const now = wallNow(facts.zone);
	const past = (Date.parse(now.slice(0, 10)) - Date.parse(facts.first)) / 86_400_000;
	return past >= 0 && past < DAYS[facts.view] ? Number(now.slice(11, 13)) : null;
}

function hands(facts: Facts, calendar: () => Ec): Calendar.Options {
	const book = (start: string, column: Calendar.Resource | undefined, minutes?: number) => {
		if (!facts.new) return;
		const said = new URLSearchParams({ start: start.slice(0, 16) });
		const clinician = String(column?.id ?? facts.clinician);
		if (clinician) said.set("clinician", clinician);
		if (minutes) said.set("minutes", String(minutes));
		void open(`${facts.new}?${said}`);
	};
	return {
		// A click means the half hour it is in, however fine one may drag.
		dateClick: (info) =>
			book(
				wallOf(info.date).replace(/:(\d\d):00$/, (_, m) => (Number(m) < 30 ? ":00:00" : ":30:00")),
				info.resource,
			),
		select: (info) => {
			calendar().unselect();
			book(wallOf(info.start), info.resource, minutesBetween(info.start, info.end));
		},
		eventDragStart: () => dragging(true),
		eventDragStop: () => dragging(false),
		eventResizeStart: () => dragging(true),
		eventResizeStop: () => dragging(false),
		eventDrop: (info) => void moved(facts, between(info), () => refetch(facts, calendar(), true)),
		eventResize: (info) => void moved(facts, between(info), () => refetch(facts, calendar(), true)),
	};
}

function between(info: { event: Calendar.Event; oldEvent: Calendar.Event; revert: () => void }): Moved {
	const { event: to, oldEvent: from, revert } = info;
	return { to, from, version: String(to.extendedProps.version), revert };
}

/** The click that ends a drag opens nothing. */
function dragging(on: boolean): void {
	const swallow = (event: MouseEvent) => {
		event.preventDefault();
		event.stopPropagation();
	};
	if (on) return;
	addEventListener("click", swallow, { capture: true, once: true });
	setTimeout(() => removeEventListener("click", swallow, { capture: true }), 60);
}

/** Other people's changes, and one's own in the drawer, appear without reload. */
function keepTrue(facts: Facts, calendar: Ec, forget: () => void): void {
	let timer = 0;
	const soon = () => {
		forget();
		clearTimeout(timer);
		// Not from under a hand that drags: as soon as it lets go.
		const wait = document.querySelector(DRAGGED) ? 250 : 60;
		timer = window.setTimeout(
			() => (document.querySelector(DRAGGED) ? soon() : void refetch(facts, calendar)),
			wait,
		);
	};
	for (const name of [...AGAIN, "participant.declined", "session.ended", "live:resumed", "calendar:changed"])
		document.body.addEventListener(name, soon);
	// No socket?  Slowly, then; and a waiting client's minutes grow by themselves.
	setInterval(soon, 60_000);
}

/** `moved`: the widget itself put a tile elsewhere, so what we last told it is no measure of what it shows. */
async function refetch(facts: Facts, calendar: Ec, moved = false): Promise<void> {
	const { feed } = facts;
	const response = await fetch(feed, { credentials: "same-origin" }).catch(() => null);
	if (!response?.ok || response.redirected) return;
	const {
		events: fresh,
		columns,
		bands,
	} = (await response.json()) as Pick<Facts, "events" | "columns" | "bands">;
	// Meanwhile another day is shown.
	if (feed !== facts.feed) return;
	const events = asRead(fresh);
	if (JSON.stringify(columns) !== JSON.stringify(facts.columns)) {
		facts.columns = columns;
		calendar.setOption("resources", columns);
	}
	if (!moved && JSON.stringify([events, bands]) === JSON.stringify([facts.events, facts.bands])) return;
	Object.assign(facts, { events, bands });
	const focused = document.activeElement?.closest<HTMLElement>("[data-tile]")?.dataset.tile;
	calendar.setOption("events", [...bands, ...events]);
	if (focused) setTimeout(() => find(`[data-calendar] [data-tile="${focused}"]`)?.focus(), 0);
}

function tidyRoles(place: HTMLElement, zone: string): void {
	const tidy = () => {
		for (const element of all(WRONG_ROLES, place)) element.removeAttribute("role");
		for (const element of all("[aria-colindex]", place)) element.removeAttribute("aria-colindex");
		const corner = find(".ec-header .ec-sidebar", place);
		if (corner && corner.textContent !== zone) corner.textContent = zone;
		const scroller = find(".ec-main", place);
		if (scroller && scroller.tabIndex < 0) scroller.tabIndex = 0;
	};
	tidy();
	new MutationObserver(tidy).observe(place, { childList: true, subtree: true, attributeFilter: ["role"] });
}
