// The keyboard: arrows between appointments, n new, f next free, t today, u undo.  Enter is the link's own.
import { all, find } from "../kit/dom.ts";
import { open } from "./drawer.ts";

const ARROWS: Record<string, [number, number]> = {
	ArrowUp: [0, -1],
	ArrowDown: [0, 1],
	ArrowLeft: [-1, 0],
	ArrowRight: [1, 0],
};

export function listenForKeys(): void {
	document.addEventListener("keydown", (event) => {
		if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping()) return;
		const arrow = ARROWS[event.key];
		if (arrow) walk(event, arrow);
		else press(event);
	});
}

function isTyping(): boolean {
	const active = document.activeElement;
	return Boolean(active?.closest("input, select, textarea, dialog, [contenteditable]"));
}

function press(event: KeyboardEvent): void {
	const pressed = /^[nftu]$/.test(event.key) ? meant(event.key) : null;
	if (!pressed || pressed.closest("[hidden]")) return;
	event.preventDefault();
	if (pressed instanceof HTMLAnchorElement && pressed.matches("[data-drawer]"))
		void open(pressed.href, pressed);
	else pressed.click();
}

/** What a key presses; in a month, n books on the day that one is in. */
function meant(key: string): HTMLElement | null {
	const day = key === "n" ? document.activeElement?.closest("[data-day]") : null;
	return (day && find("[data-add]", day)) ?? find(`[data-key="${key}"]`);
}

function walk(event: KeyboardEvent, [right, down]: [number, number]): void {
	const from = document.activeElement?.closest<HTMLElement>("[data-tile]");
	if (!from) return;
	const next = nearest(from.getBoundingClientRect(), others(from), right, down);
	if (!next) return;
	event.preventDefault();
	next.focus();
	next.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function others(from: HTMLElement): HTMLElement[] {
	return all("[data-tile]").filter((tile) => tile !== from);
}

/** The tile that lies in the direction, nearest first along it, then across. */
export function nearest(
	from: DOMRect,
	tiles: HTMLElement[],
	right: number,
	down: number,
): HTMLElement | null {
	let best: HTMLElement | null = null;
	let least = Number.POSITIVE_INFINITY;
	for (const tile of tiles) {
		const box = tile.getBoundingClientRect();
		const [x, y] = [middle(box.left, box.right) - middle(from.left, from.right), box.top - from.top];
		const along = right ? x * right : y * down;
		// Up and down stay in the column.
		if (along <= 4 || (down && Math.abs(x) > from.width / 2)) continue;
		const distance = along + (right ? Math.abs(y) * 0.4 : Math.abs(x) * 2);
		if (distance < least) [best, least] = [tile, distance];
	}
	return best;
}

function middle(a: number, b: number): number {
	return (a + b) / 2;
}
