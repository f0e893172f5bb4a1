// The drawer: the same pages as fragments, fetched beside the calendar.  Without it every link and
// form in here is an ordinary one.
import { find } from "../kit/dom.ts";
import { hintsHeard, lookAgain } from "./details.ts";
import { lookAround } from "./editing.ts";
import { furnish } from "./furnish.ts";

const FRAGMENT = { "HX-Request": "true" };
const ANSWERS = new Set([200, 204, 409, 422]);
let opener: HTMLElement | null = null;

export function listenForDrawer(): void {
	document.addEventListener("click", (event) => follow(event));
	document.addEventListener("submit", (event) => send(event));
	dialog()?.addEventListener("close", () => whereItBegan()?.focus());
}

/** Opens an address in the drawer; where a page has no drawer, goes there. */
export async function open(url: string, from: HTMLElement | null = null): Promise<void> {
	const drawer = dialog();
	if (!drawer) return location.assign(url);
	opener = from;
	const before = hintsHeard();
	const response = await ask(url);
	if (!response?.ok) return location.assign(url);
	await show(response, drawer);
	// A hint that came meanwhile may tell of something newer than what was fetched.
	if (hintsHeard() !== before) void lookAgain();
}

/** What was pressed to open the drawer; drawn anew meanwhile, it is another element for the same thing. */
function whereItBegan(): HTMLElement | null {
	if (!opener || opener.isConnected) return opener;
	const tile = opener.dataset.tile;
	const same = tile ? `[data-calendar] [data-tile="${tile}"], [data-tile="${tile}"]` : `#${opener.id}`;
	return tile || opener.id ? find(same) : null;
}

function dialog(): HTMLDialogElement | null {
	return find<HTMLDialogElement>("#drawer");
}

function follow(event: MouseEvent): void {
	const pressed = event.target instanceof Element ? event.target : null;
	if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey)
		return;
	const drawer = dialog();
	const link = pressed?.closest<HTMLAnchorElement>("a[data-tile], a[data-drawer], #drawer a[data-part]");
	if (pressed?.closest("#drawer [data-close]") && drawer) {
		event.preventDefault();
		drawer.close();
	} else if (link && drawer) {
		event.preventDefault();
		void open(link.href, link.closest("#drawer") ? opener : link);
	}
}

/** A form in the drawer is sent beside the page; one that only some pages have (`data-part`) likewise. */
function send(event: SubmitEvent): void {
	const form = event.target as HTMLFormElement;
	if (!form.matches("#drawer form[data-part]")) return;
	event.preventDefault();
	void post(form, event.submitter);
}

async function post(form: HTMLFormElement, pressed: HTMLElement | null): Promise<void> {
	const drawer = dialog();
	if (!drawer || form.dataset.busy) return;
	form.dataset.busy = "1";
	const response = await ask(form.action, { method: "POST", body: fields(form, pressed) });
	delete form.dataset.busy;
	// Anything but an answer leaves the form as it was typed.
	if (!response || !ANSWERS.has(response.status)) return fail(form, drawer.dataset.failed ?? "");
	const day = response.ok ? (find<HTMLInputElement>("[name=date]", form)?.value ?? "") : "";
	document.body.dispatchEvent(new CustomEvent("calendar:changed", { detail: { day } }));
	// Nothing more to show: it is done.
	if (response.status === 204) return drawer.close();
	await show(response, drawer);
}

function fields(form: HTMLFormElement, pressed: HTMLElement | null): URLSearchParams {
	const said = new URLSearchParams();
	for (const [name, value] of new FormData(form)) if (typeof value === "string") said.append(name, value);
	if (pressed instanceof HTMLButtonElement && pressed.name) said.append(pressed.name, pressed.value);
	return said;
}

async function ask(url: string, init: RequestInit = {}): Promise<Response | null> {
	try {
		return await fetch(url, { credentials: "same-origin", ...init, headers: FRAGMENT });
	} catch {
		return null;
	}
}

/** Puts an answer into the drawer.  An answer that is a whole page (a sign-in) is gone to instead. */
async function show(response: Response, drawer: HTMLDialogElement): Promise<void> {
	const html = await response.text();
	if (/^\s*<!doctype/i.test(html)) return location.assign(response.url);
	drawer.classList.toggle("is-wide", /\/(new|edit)$/.test(new URL(response.url).pathname));
	drawer.innerHTML = html;
	furnish(drawer);
	// Only what is on the screen can be focused, and opening alone would focus *Close*.
	if (!drawer.open) drawer.showModal();
	const first = find("#refusal", drawer) ?? find("[autofocus]", drawer) ?? find("h1", drawer);
	if (first?.matches("h1")) first.tabIndex = -1;
	first?.focus();
	lookAround();
}

function fail(form: HTMLFormElement, words: string): void {
	const line = find("[data-failed-line]", form) ?? document.createElement("p");
	line.className = "hs-notice is-stop";
	line.setAttribute("role", "alert");
	line.dataset.failedLine = "";
	line.textContent = words;
	form.prepend(line);
}
