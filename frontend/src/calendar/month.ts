// The month, which the server lays out: a line is dragged to another day and keeps its hour, a press on
// a day books there.  Its days are links as well, so that all of it works by keyboard.
import { find } from "../kit/dom.ts";
import { open } from "./drawer.ts";
import { moved, type Place } from "./moves.ts";

const LINE = "[data-month] a[data-start]";
const DAY = "[data-month] td[data-day]";
const TARGET = "is-target";

interface Dragged {
	from: Place;
	version: string;
}

let dragged: Dragged | null = null;

export function listenInMonth(): void {
	document.addEventListener("click", book);
	document.addEventListener("dragstart", (event) => take(event));
	document.addEventListener("dragover", (event) => over(event));
	document.addEventListener("dragend", () => letGo());
	document.addEventListener("drop", (event) => drop(event));
}

/** Today's week is in sight, and the page itself stays where it is. */
export function showToday(): void {
	const cell = find("[data-month] td.is-today");
	const box = cell?.closest<HTMLElement>(".hs-cal");
	if (!cell || !box) return;
	const beneath = cell.getBoundingClientRect().bottom - box.getBoundingClientRect().bottom;
	if (beneath > 0) box.scrollTop += beneath;
}

/** The same hour on another day. */
export function onDay(from: Place, day: string): Place {
	const [year, month, date] = day.split("-").map(Number);
	const start = new Date(from.start);
	start.setFullYear(year ?? 0, (month ?? 1) - 1, date ?? 1);
	return { ...from, start, end: new Date(start.getTime() + from.end.getTime() - from.start.getTime()) };
}

function book(event: MouseEvent): void {
	const pressed = event.target instanceof Element ? event.target : null;
	if (event.defaultPrevented || event.button !== 0 || pressed?.closest("a")) return;
	const link = pressed
		? find<HTMLAnchorElement>("[data-add]", pressed.closest(DAY) ?? new DocumentFragment())
		: null;
	if (link) void open(link.href, link);
}

function take(event: DragEvent): void {
	const line = event.target instanceof Element ? event.target.closest<HTMLElement>(LINE) : null;
	if (!line) return;
	const { tile, start, minutes, version } = line.dataset;
	const begins = new Date((start ?? "").slice(0, 19));
	const ends = new Date(begins.getTime() + Number(minutes) * 60_000);
	dragged = { from: { id: tile ?? "", start: begins, end: ends, resourceIds: [] }, version: version ?? "" };
	event.dataTransfer?.setData("text/plain", "");
	if (event.dataTransfer) event.dataTransfer.effectAllowed = "move";
}

function over(event: DragEvent): void {
	const day = dragged && dayAt(event);
	clear();
	if (!day) return;
	event.preventDefault();
	day.classList.add(TARGET);
}

function drop(event: DragEvent): void {
	const [taken, day] = [dragged, dayAt(event)];
	letGo();
	if (!taken || !day) return;
	event.preventDefault();
	const to = onDay(taken.from, day.dataset.day ?? "");
	if (to.start.getTime() === taken.from.start.getTime()) return;
	const { zone = "", move = "" } = find("[data-month]")?.dataset ?? {};
	void moved({ view: "month", zone, move }, { ...taken, to, revert: () => undefined }, lookAgain);
}

function dayAt(event: DragEvent): HTMLElement | null {
	return event.target instanceof Element ? event.target.closest<HTMLElement>(DAY) : null;
}

function letGo(): void {
	dragged = null;
	clear();
}

function clear(): void {
	find(`.${TARGET}`)?.classList.remove(TARGET);
}

/** The server lays the month out afresh. */
async function lookAgain(): Promise<void> {
	document.body.dispatchEvent(new CustomEvent("calendar:changed", { detail: { day: "" } }));
}
