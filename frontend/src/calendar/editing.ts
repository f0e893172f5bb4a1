// Two people at one appointment: a form that is open says so again and again, and whoever has the
// appointment before them sees who else is at it.  A page that vanishes is forgotten by the server.
import { all, find } from "../kit/dom.ts";
import { POLL } from "../kit/poll.ts";
import { post } from "../kit/post.ts";

const BEAT = 2_500;
/** A page that isn't looked at: browsers let it speak once a minute, and it asks for as long. */
const SELDOM = 20_000;
let at = "";
let told = 0;
let asking = 0;

export function listenForEditing(): void {
	lookAround();
	askLater();
	setInterval(() => {
		if (at && Date.now() - told >= (document.hidden ? SELDOM : BEAT)) say();
	}, BEAT / 5);
	find("#drawer")?.addEventListener("close", lookAround);
	document.addEventListener("visibilitychange", () => at && say());
	addEventListener("pagehide", leave);
	addEventListener("pageshow", lookAround);
	document.body.addEventListener("live:state", (event) => {
		// Signed out: nobody is here any more.
		if ((event as CustomEvent).detail === "out") at = "";
	});
	for (const name of ["editing.changed", "appointment.changed", "live:resumed"])
		document.body.addEventListener(name, (event) => askAbout((event as CustomEvent).detail?.appointment));
}

/** Whichever form is open now is the one this person is at; called whenever that may have changed. */
export function lookAround(): void {
	const form = all<HTMLFormElement>("form[data-edits]").find((one) => !one.closest("dialog:not([open])"));
	const now = form?.dataset.edits ?? "";
	if (now !== at) {
		leave();
		at = now;
		if (at) say();
	}
	askLater();
}

function say(): void {
	told = Date.now();
	void tell(at, document.hidden ? { unseen: "1" } : {});
}

function leave(): void {
	if (at) void tell(at, { over: "1" });
	at = "";
}

/** `keepalive`: the last word is said by a page that is already gone. */
async function tell(url: string, fields: Record<string, string>): Promise<void> {
	const answer = await post(url, fields, { keepalive: true, headers: { [POLL]: "1" } });
	// Not ours to edit, or gone: it isn't said again.
	if (!answer.ok && answer.status >= 400 && at === url) at = "";
}

/** Nobody says that somebody vanished: what is shown is asked about again when it has run out. */
function askLater(): void {
	clearTimeout(asking);
	const seconds = all("[data-ask-again]").map((one) => Number(one.dataset.askAgain));
	if (seconds.length > 0) asking = window.setTimeout(() => askAbout(), Math.min(...seconds) * 1000);
}

function askAbout(appointment?: string): void {
	for (const place of all("[data-others]"))
		if (!appointment || place.dataset.appointmentId === appointment) void ask(place);
}

async function ask(place: HTMLElement): Promise<void> {
	const headers = { "HX-Request": "true", [POLL]: "1" };
	const response = await fetch(place.dataset.others ?? "", { headers }).catch(() => null);
	if (response?.ok && response.status === 200 && !response.redirected) put(place, await response.text());
	askLater();
}

/** Only what is new is written: a screen reader reads whatever is. */
function put(place: HTMLElement, html: string): void {
	const fresh = document.createElement("template");
	fresh.innerHTML = html.trim();
	if (fresh.content.textContent === place.textContent) {
		const [shown, later] = [find("[data-ask-again]", place), find("[data-ask-again]", fresh.content)];
		if (shown && later) shown.dataset.askAgain = later.dataset.askAgain;
	} else place.replaceChildren(fresh.content);
}
