// What stands at the bottom right after a move: for ten seconds the way back, or why it was refused.
// It lies outside the grid: whatever redraws that leaves this alone.
import { speak } from "../kit/announce.ts";
import { find, show } from "../kit/dom.ts";

const TEN_SECONDS = 10_000;
let timer = 0;

export interface Offer {
	when: string;
	/** The form that makes the rest of a series follow; "" where none repeats. */
	following: string;
	undo: () => void;
}

export function offerUndo({ when, following, undo }: Offer): void {
	const toast = find("[data-undo]");
	const text = find("[data-undo-text]");
	const button = find<HTMLButtonElement>("[data-undo-button]");
	if (!toast || !text || !button) return;
	text.textContent = `${(following ? text.dataset.one : text.dataset.moved) ?? ""} ${when}`;
	speak(`${text.textContent}. ${text.dataset.keySaid ?? ""}`);
	button.onclick = () => {
		hide();
		undo();
	};
	showFollowing(following);
	show(find("[data-refused]"), false);
	show(toast);
	stayWhileUsed(toast);
	count();
}

function showFollowing(address: string): void {
	const link = find<HTMLAnchorElement>("[data-undo-following]");
	show(link, address !== "");
	if (!link) return;
	link.href = address;
	link.onclick = () => hide();
}

/** Nobody loses it from under the pointer, or while the keyboard is in it. */
function stayWhileUsed(toast: HTMLElement): void {
	if (toast.dataset.stays) return;
	toast.dataset.stays = "1";
	for (const name of ["pointerenter", "focusin"]) toast.addEventListener(name, () => clearTimeout(timer));
	for (const name of ["pointerleave", "focusout"])
		toast.addEventListener(name, () => !toast.hidden && count());
}

function count(): void {
	clearTimeout(timer);
	timer = window.setTimeout(hide, TEN_SECONDS);
}

export function hide(): void {
	clearTimeout(timer);
	show(find("[data-undo]"), false);
}

/** Why it was refused; where one may insist, a button that does. */
export function sayRefused(sentence: string, insist: (() => void) | null = null): void {
	const toast = find("[data-refused]");
	const text = find("[data-refused-text]");
	if (!toast || !text) return;
	hide();
	show(toast);
	text.textContent = sentence || (find<HTMLElement>("#drawer")?.dataset.failed ?? "");
	const close = find<HTMLButtonElement>("[data-refused-close]");
	if (close) close.onclick = () => show(toast, false);
	const anyway = find<HTMLButtonElement>("[data-refused-anyway]");
	show(anyway, insist !== null);
	if (anyway)
		anyway.onclick = () => {
			show(toast, false);
			insist?.();
		};
}
