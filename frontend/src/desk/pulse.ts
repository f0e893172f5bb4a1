// What is new, on every page: the bell's count, the tab's title and icon, a sound, a notification of the system.
// The facts come with the fragment #pulse, which asks again at each hint.
import { all, find, show } from "../kit/dom.ts";
import { Chime } from "./chime.ts";
import { dismiss, dismissed } from "./dismissed.ts";
import { tellSystem } from "./notify.ts";
import { Tab } from "./tab.ts";

export interface Facts {
	bells: number;
	waiting: number;
	/** "Someone is waiting for 9:00 AM": no name, screens are seen by others. */
	says: string;
	/** Which knock this is: the seat, and since when. */
	knock: string;
	url: string;
}

export function startPulse(): void {
	const pulse = find("#pulse");
	if (!pulse) return;
	const chime = new Chime(document.body.dataset.quiet !== undefined);
	const tab = new Tab(document);
	const look = () => {
		const facts = factsOf(pulse);
		if (!facts) return;
		count(facts);
		tab.handleWaiting(facts.waiting ? facts.says : "");
		chime.handleWaiting(facts.waiting > 0 && !dismissed(facts.knock));
		if (facts.waiting) tellSystem(facts.says, facts.url, facts.knock);
		hideDismissed(pulse);
	};
	new MutationObserver(look).observe(pulse, { childList: true });
	pulse.addEventListener("click", (event) => {
		if (deal(event.target as Element)) look();
	});
}

export function factsOf(pulse: HTMLElement): Facts | null {
	const said = find("[data-facts]", pulse)?.dataset;
	if (!said) return null;
	const waiting = Number(said.waiting ?? 0);
	const knock = waiting ? `waiting-${said.first}-${said.since}` : "";
	return { bells: Number(said.bells ?? 0), waiting, says: said.says ?? "", knock, url: said.url ?? "/" };
}

function count(facts: Facts): void {
	for (const place of all("[data-bell], [data-waiting-count]")) {
		const number = place.dataset.bell === undefined ? facts.waiting : facts.bells;
		const shown = find("[data-number]", place);
		if (shown) shown.textContent = String(number);
		show(place.dataset.bell === undefined ? place : shown, number > 0);
		if (place.dataset.bell !== undefined) {
			place.setAttribute(
				"aria-label",
				(place.getAttribute("aria-label") ?? "").replace(/\d+/, String(number)),
			);
		}
	}
}

/** *Later*, *Close* and *Quiet*: for this window only; the bell's list keeps everything. */
function deal(pressed: Element): boolean {
	const button = pressed.closest("[data-later], [data-quiet]");
	const toast = pressed.closest<HTMLElement>("[data-toast]");
	if (!button || !toast) return false;
	dismiss(toast.dataset.toast ?? "");
	return true;
}

function hideDismissed(pulse: HTMLElement): void {
	for (const toast of all("[data-toast]", pulse)) show(toast, !dismissed(toast.dataset.toast ?? ""));
}
