// The client's half of what htmx does for the desk, in a few lines: an element with `data-fragment`
// (an address) and `data-on` (names of events on body) is fetched again when one of them is heard.
import { all } from "./dom.ts";

const SLOWLY = 20_000;
const shown = new WeakMap<HTMLElement, string>();

export function keepFragments(within: ParentNode = document): void {
	for (const element of all("[data-fragment]", within)) keep(element);
}

function keep(element: HTMLElement): void {
	const again = () => void refetch(element);
	for (const name of `live:resumed ${element.dataset.on ?? ""}`.split(/\s+/)) {
		if (name) document.body.addEventListener(name, again);
	}
	// No socket?  Slowly, then.
	setInterval(() => document.documentElement.dataset.live !== "open" && again(), SLOWLY);
}

export async function refetch(element: HTMLElement): Promise<void> {
	const url = element.dataset.fragment;
	if (!url || element.closest("[hidden]")) return;
	try {
		const response = await fetch(url, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
		if (!response.ok || response.redirected) return;
		const html = await response.text();
		// Untouched if nothing changed: a live region must not be read again.
		if (html === shown.get(element)) return;
		shown.set(element, html);
		element.innerHTML = html;
	} catch {
		// The next event asks again.
	}
}
