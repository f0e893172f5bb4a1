// Session Details stays true while it is open, as a page or in the drawer: what a colleague changed is
// asked for again, and whoever was at a control there still is.
import { find } from "../kit/dom.ts";
import { POLL } from "../kit/poll.ts";
import { furnish } from "./furnish.ts";

const AGAIN = [
	"appointment.changed",
	"seat.changed",
	"participant.waiting",
	"consent.changed",
	"message.changed",
	"live:resumed",
] as const;
/** What of the page tells of the appointment: its head, its facts, and what can be done with it. */
const PIECES = ["header > .hs-grow", "[data-details]", "footer"];
let heard = 0;
/** A form's token differs every time, and the focus has been on the heading: that alone is no news. */
const NO_NEWS = /(?<=name="csrfmiddlewaretoken" value=")[^"]*| tabindex="-1"/g;

export function keepDetailsTrue(): void {
	for (const name of AGAIN)
		document.body.addEventListener(name, (event) => {
			heard += 1;
			void lookAgain((event as CustomEvent).detail ?? {});
		});
}

export function hintsHeard(): number {
	return heard;
}

export async function lookAgain(ids: Record<string, string> = {}): Promise<void> {
	const shown = find("[data-details]");
	if (!shown || concernsAnother(shown, ids) || isBeingUsed(shown)) return;
	const headers = { "HX-Request": "true", [POLL]: "1" };
	const response = await fetch(shown.dataset.details ?? "", { headers }).catch(() => null);
	if (!response?.ok || response.redirected) return;
	const fresh = new DOMParser().parseFromString(await response.text(), "text/html").body;
	if (shown.isConnected && find("[data-details]", fresh) && !isBeingUsed(shown)) refresh(shown, fresh);
}

function concernsAnother(shown: HTMLElement, ids: Record<string, string>): boolean {
	const { appointmentId, seatId } = shown.dataset;
	return Boolean((ids.appointment && ids.appointment !== appointmentId) || (ids.seat && ids.seat !== seatId));
}

/** Somebody writes there, or reads why it was refused: nothing is taken from under their hands. */
function isBeingUsed(shown: HTMLElement): boolean {
	const active = document.activeElement;
	if (find("#refusal", shown)) return true;
	return shown.contains(active) && active !== null && /^(INPUT|TEXTAREA)$/.test(active.tagName);
}

function refresh(shown: HTMLElement, fresh: HTMLElement): void {
	const frame = shown.closest<HTMLElement>("#drawer, #details");
	if (!frame) return;
	const active = document.activeElement;
	const where = active ? wayTo(active) : "";
	for (const piece of PIECES) swap(find(piece, frame), find(piece, fresh));
	furnish(frame);
	if (where && !active?.isConnected) putFocus(find(where, frame));
}

/** How what has the focus is found again once it is drawn anew. */
function wayTo(active: Element): string {
	if (active.id) return `#${active.id}`;
	if (active instanceof HTMLAnchorElement)
		return `a[href="${CSS.escape(active.getAttribute("href") ?? "")}"]`;
	return active.matches("h1") ? "h1" : "";
}

/** The drawer puts it on its heading, which takes none by itself. */
function putFocus(element: HTMLElement | null): void {
	if (element?.matches("h1")) element.tabIndex = -1;
	element?.focus();
}

function swap(old: HTMLElement | null, now: HTMLElement | null): void {
	if (!old || !now || old.innerHTML.replace(NO_NEWS, "") === now.innerHTML.replace(NO_NEWS, "")) return;
	old.replaceChildren(...now.childNodes);
}
