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
const TOKENS = /(name="csrfmiddlewaretoken" value=")[^"]*/g;

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
	const focused = active?.id ? `#${active.id}` : active instanceof HTMLAnchorElement ? hrefOf(active) : "";
	for (const piece of PIECES) swap(find(piece, frame), find(piece, fresh));
	furnish(frame);
	if (active && !active.isConnected && focused) find(focused, frame)?.focus();
}

function hrefOf(link: HTMLAnchorElement): string {
	return `a[href="${CSS.escape(link.getAttribute("href") ?? "")}"]`;
}

/** A form's token differs every time; that alone is no news. */
function swap(old: HTMLElement | null, now: HTMLElement | null): void {
	if (!old || !now || old.innerHTML.replace(TOKENS, "$1") === now.innerHTML.replace(TOKENS, "$1")) return;
	old.replaceChildren(...now.childNodes);
}
