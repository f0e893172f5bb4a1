// Small hands for server-rendered elements.

export function find<E extends HTMLElement = HTMLElement>(
	selector: string,
	within: ParentNode = document,
): E | null {
	return within.querySelector<E>(selector);
}

export function all<E extends HTMLElement = HTMLElement>(
	selector: string,
	within: ParentNode = document,
): E[] {
	return [...within.querySelectorAll<E>(selector)];
}

/** The element, or an error that names it: a page and its script that don't fit are a bug. */
export function need<E extends HTMLElement = HTMLElement>(
	selector: string,
	within: ParentNode = document,
): E {
	const element = find<E>(selector, within);
	if (!element) throw new Error(`This page has no ${selector}.`);
	return element;
}

export function show(element: HTMLElement | null | undefined, shown = true): void {
	if (element) element.hidden = !shown;
}

/** Shows the one among `group` whose `data-<key>` holds `value` (one of its words), hides the others. */
export function showOnly(group: HTMLElement[], key: string, value: string): HTMLElement | null {
	let chosen: HTMLElement | null = null;
	for (const element of group) {
		const match = (element.dataset[key] ?? "").split(/\s+/).includes(value);
		element.hidden = !match;
		if (match) chosen ??= element;
	}
	return chosen;
}

/** What the server wrote in `<script type="application/json" id=...>`, or null. */
export function readJson<T>(id: string, page: Document = document): T | null {
	const text = page.getElementById(id)?.textContent?.trim();
	return text ? (JSON.parse(text) as T | null) : null;
}

export function pause(milliseconds: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
