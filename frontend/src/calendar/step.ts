// From one day or week to the next without a new page.  The address and the page it leads to stay the
// truth: the very page that a reload would show is fetched, and what differs is taken over from it.  It
// is fetched as soon as the pointer or the focus is on the way there, so that the press finds it here.
import { speak } from "../kit/announce.ts";
import { all, find } from "../kit/dom.ts";
import { become } from "./become.ts";
import { type Facts, factsOf, tilesOnPage } from "./facts.ts";

const WAYS = "a[data-step]";
// Outside the grid everything that says which day it is.
const SAYING = [".hs-cal-title", ".hs-cal-bar", ".hs-whose", "[name=next]", "[data-key=n]", "[data-days]"];
// What was fetched and not used by then is asked for again.
const FRESH = 30_000;
const AFTER = 150;

interface Screen {
	page: Document;
	facts: Facts;
}
interface Fetched {
	at: number;
	screen: Promise<Screen | null>;
}

/** Steps by `show`; whatever isn't the same view of the same calendar is gone to as a page. */
export function stepInPlace(facts: Facts, show: (fresh: Facts) => void): { forget: () => void } {
	const ahead = new Map<string, Fetched>();
	const ask = (url: string): Promise<Screen | null> => {
		const known = ahead.get(url);
		if (known && Date.now() - known.at < FRESH) return known.screen;
		const screen = load(url);
		ahead.set(url, { at: Date.now(), screen });
		return screen;
	};
	let wanted = "";
	const go = async (url: string, remember: boolean): Promise<void> => {
		wanted = url;
		const screen = await ask(url);
		// A later press has overtaken this one.
		if (wanted !== url) return;
		if (!screen || screen.facts.view !== facts.view || screen.facts.zone !== facts.zone)
			return location.assign(url);
		ahead.clear();
		if (remember) history.pushState(null, "", url);
		takeOver(screen.page);
		show(screen.facts);
		speak(find(".hs-cal-title")?.textContent ?? "");
		const way = find<HTMLAnchorElement>(`${WAYS}:hover`) ?? stepAt(document.activeElement);
		// Whoever pages through days goes on: once this one has been painted.
		if (way) oncePainted(() => void ask(way.href));
	};
	listen(ask, go);
	return { forget: () => ahead.clear() };
}

function listen(ask: (url: string) => unknown, go: (url: string, remember: boolean) => Promise<void>): void {
	for (const name of ["pointerover", "focusin"])
		document.addEventListener(name, (event) => {
			const way = stepAt(event.target);
			if (way) void ask(way.href);
		});
	document.addEventListener("click", (event) => {
		const way = stepAt(event.target);
		const elsewhere = event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
		if (!way || elsewhere || event.defaultPrevented) return;
		event.preventDefault();
		void go(way.href, true);
	});
	addEventListener("popstate", () => void go(location.href, false));
}

/** A moment after the frame that shows it: on a slow machine painting takes longer than any fixed pause. */
function oncePainted(then: () => void): void {
	requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(then, AFTER)));
}

function stepAt(target: EventTarget | null): HTMLAnchorElement | null {
	return target instanceof Element ? target.closest<HTMLAnchorElement>(WAYS) : null;
}

/** The page behind an address, read; null where it isn't one of ours with a grid. */
async function load(url: string): Promise<Screen | null> {
	const response = await fetch(url, { credentials: "same-origin" }).catch(() => null);
	if (!response?.ok || response.redirected) return null;
	const page = new DOMParser().parseFromString(await response.text(), "text/html");
	const facts = factsOf(page);
	return facts && { page, facts: { ...facts, events: tilesOnPage(page) } };
}

function takeOver(page: Document): void {
	for (const selector of SAYING) {
		const [here, there] = [find(selector), page.querySelector(selector)];
		if (here && there) become(here, there, selector !== "[data-days]");
	}
	find("[data-calendar]")?.setAttribute("aria-label", labelIn(page));
	for (const notice of all(".hs-cal-weekend")) notice.remove();
	const notice = page.querySelector(".hs-cal-weekend");
	if (notice) find("[data-days]")?.before(document.adoptNode(notice));
}

function labelIn(page: Document): string {
	return page.querySelector("[data-calendar]")?.getAttribute("aria-label") ?? "";
}
