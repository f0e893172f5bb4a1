// What a screen reader should hear.  The words are in the page: an element is spoken by copying its
// text into the live region that was there when the page loaded.
import { find } from "./dom.ts";

const REGION = "[data-announcer]";

/** Speaks the text of the hidden element `[data-say="name"]`, if the page has one. */
export function say(name: string): void {
	speak(find(`[data-say="${name}"]`)?.textContent ?? "");
}

export function speak(text: string): void {
	const region = find(REGION);
	if (!region || !text.trim()) return;
	region.textContent = "";
	// Emptied first, and filled in a later turn: the same sentence twice is read twice.
	setTimeout(() => {
		region.textContent = text.trim();
	}, 50);
}
