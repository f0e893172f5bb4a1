// What stands at the bottom right after a move: for ten seconds the way back, or why it was refused.
import { find, show } from "../kit/dom.ts";

const TEN_SECONDS = 10_000;
let timer = 0;

export function offerUndo(when: string, undo: () => void): void {
	const toast = find("[data-undo]");
	const text = find("[data-undo-text]");
	const button = find<HTMLButtonElement>("[data-undo-button]");
	if (!toast || !text || !button) return;
	text.textContent = `${text.dataset.moved ?? ""} ${when}`;
	button.onclick = () => {
		hide();
		undo();
	};
	show(find("[data-refused]"), false);
	show(toast);
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
