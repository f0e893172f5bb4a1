// Find a client from any page: / opens it, what is typed is looked up at once, Enter opens the first
// who fits, arrows walk.  Without script the sidebar's *Clients* does the same in two steps.
import { all, find, show } from "../kit/dom.ts";

const PAUSE = 180;

export function startFinder(): void {
	const dialog = find<HTMLDialogElement>("#finder");
	const form = find<HTMLFormElement>("[data-finder]");
	const input = find<HTMLInputElement>("#finder-words");
	const button = find("[data-finder-open]");
	if (!dialog || !form || !input) return;
	show(button);
	const found = () => all<HTMLAnchorElement>("[data-found]", form);
	const open = () => {
		dialog.showModal();
		input.select();
	};
	button?.addEventListener("click", open);
	document.addEventListener("keydown", (event) => {
		if (!opens(event)) return;
		event.preventDefault();
		open();
	});
	find("[data-finder-close]", form)?.addEventListener("click", () => dialog.close());
	// Before whoever opens links beside the page: one dialog at a time.
	dialog.addEventListener("click", (event) => leaves(event) && dialog.close(), { capture: true });
	lookUp(form, input);
	dialog.addEventListener("keydown", (event) => walk(event, input, found()));
}

function opens(event: KeyboardEvent): boolean {
	const active = document.activeElement;
	const busy = active?.closest("input, select, textarea, [contenteditable]") ?? find("dialog[open]");
	return event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !busy;
}

function leaves(event: Event): boolean {
	const target = event.target as HTMLElement;
	return target.id === "finder" || target.closest("a[data-found]") !== null;
}

function lookUp(form: HTMLFormElement, input: HTMLInputElement): void {
	let timer = 0;
	input.addEventListener("input", () => {
		clearTimeout(timer);
		timer = window.setTimeout(() => void look(form, input), PAUSE);
	});
	form.addEventListener("submit", (event) => {
		event.preventDefault();
		clearTimeout(timer);
		void enter(form, input);
	});
}

/** Pressed before the answer is on the screen, Enter opens only one who fits alone. */
async function enter(form: HTMLFormElement, input: HTMLInputElement): Promise<void> {
	const seen = form.dataset.words === input.value;
	if (!seen) await look(form, input);
	const people = all<HTMLAnchorElement>("li a[data-found]:not([data-drawer])", form);
	if (people[0] && (seen || people.length === 1)) people[0].click();
}

async function look(form: HTMLFormElement, input: HTMLInputElement): Promise<void> {
	const words = input.value;
	const token = find<HTMLInputElement>("[name=csrfmiddlewaretoken]", form)?.value ?? "";
	const body = new URLSearchParams({ q: words, csrfmiddlewaretoken: token });
	const headers = { "HX-Request": "true" };
	const said = { method: "POST", body, headers };
	const response = await fetch(form.dataset.finder ?? "", said).catch(() => null);
	const answer = find("[data-finder-found]", form);
	// An answer to what is no longer typed is nobody's; a whole page is a sign-in.
	if (!response?.ok || response.redirected || !answer || input.value !== words) return;
	answer.innerHTML = await response.text();
	form.dataset.words = words;
}

function walk(event: KeyboardEvent, input: HTMLElement, lines: HTMLElement[]): void {
	if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
	event.preventDefault();
	const stops = [input, ...lines];
	const at = stops.indexOf(document.activeElement as HTMLElement) + (event.key === "ArrowDown" ? 1 : -1);
	stops[Math.min(Math.max(at, 0), stops.length - 1)]?.focus();
}
