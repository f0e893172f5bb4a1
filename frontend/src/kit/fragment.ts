// The client's half of what htmx does for the desk, in a few lines for a phone: an element with
// `hx-get` is fetched again when an event of its `hx-trigger` (`name from:body`, `every 30s`) comes.
import { all } from "./dom.ts";

const shown = new WeakMap<HTMLElement, string>();

export function keepFragments(within: ParentNode = document): void {
	for (const element of all("[hx-get]", within)) keep(element);
}

function keep(element: HTMLElement): void {
	const again = () => void refetch(element);
	for (const trigger of (element.getAttribute("hx-trigger") ?? "").split(",")) {
		const [first = "", second = ""] = trigger.trim().split(/\s+/);
		if (second === "from:body") document.body.addEventListener(first, again);
		else if (first === "load") again();
		else if (first === "every") setInterval(again, Number.parseFloat(second) * 1000);
	}
}

/** Asks again for one element; it stays itself, so that a live region goes on being one. */
export async function refetch(element: HTMLElement): Promise<void> {
	const url = element.getAttribute("hx-get");
	if (!url || element.closest("[hidden]")) return;
	try {
		const response = await fetch(url, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
		if (response.ok && !response.redirected) put(element, await response.text());
	} catch {
		// The next event asks again.
	}
}

function put(element: HTMLElement, html: string): void {
	if (html === shown.get(element)) return;
	shown.set(element, html);
	const fresh = document.createElement("template");
	fresh.innerHTML = html;
	const root = fresh.content.firstElementChild;
	const same = root !== null && root.id !== "" && root.id === element.id;
	element.replaceChildren(...(same ? root : fresh.content).childNodes);
}
