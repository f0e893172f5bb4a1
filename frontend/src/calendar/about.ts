// The card beside a tile, on hover and on focus: what the tile has no room for.  Escape puts it away,
// and the pointer may go over to it.
import { find, show } from "../kit/dom.ts";

const TILE = "[data-tile][data-about]";
const PATIENCE = 280;
const GRACE = 160;
const GAP = 8;
let shown: HTMLElement | null = null;
let timer = 0;

export function listenForHover(): void {
	const card = find("#about");
	if (!card) return;
	document.addEventListener("pointerover", (event) => over(card, event));
	document.addEventListener("focusin", (event) => {
		const tile = tileAt(event.target);
		if (tile?.matches(":focus-visible")) open(card, tile);
		else close(card);
	});
	document.addEventListener("keydown", (event) => {
		if (event.key === "Escape" && shown) close(card);
	});
	for (const name of ["pointerdown", "click"])
		document.addEventListener(name, () => close(card), { capture: true });
	addEventListener("resize", () => shown && place(card, shown.getBoundingClientRect()));
	document.addEventListener("scroll", () => shown && !stillFocused() && close(card), { capture: true });
}

function over(card: HTMLElement, event: PointerEvent): void {
	if (event.pointerType === "touch" || event.buttons) return;
	const tile = tileAt(event.target);
	clearTimeout(timer);
	if (tile === shown || card.contains(event.target as Node)) return;
	if (tile) timer = window.setTimeout(() => open(card, tile), PATIENCE);
	else if (shown && !stillFocused()) timer = window.setTimeout(() => close(card), GRACE);
}

function tileAt(target: EventTarget | null): HTMLElement | null {
	return target instanceof Element ? target.closest<HTMLElement>(TILE) : null;
}

function stillFocused(): boolean {
	return shown !== null && shown === document.activeElement && shown.matches(":focus-visible");
}

function open(card: HTMLElement, tile: HTMLElement): void {
	if (!tile.isConnected || find("dialog[open]")) return;
	close(card);
	const name = document.createElement("b");
	name.textContent = find("b", tile)?.textContent ?? tile.firstChild?.textContent ?? "";
	const lines = (tile.dataset.about ?? "").split("\n").map((line) => {
		const one = document.createElement("p");
		one.textContent = line;
		return one;
	});
	card.replaceChildren(name, ...lines);
	shown = tile;
	tile.setAttribute("aria-describedby", card.id);
	show(card);
	place(card, tile.getBoundingClientRect());
}

function close(card: HTMLElement): void {
	clearTimeout(timer);
	shown?.removeAttribute("aria-describedby");
	shown = null;
	show(card, false);
}

/** Beside the tile where there is room, else beneath or above it; never beyond the window. */
function place(card: HTMLElement, tile: DOMRect): void {
	const { offsetWidth: width, offsetHeight: height } = card;
	const beside = [tile.right + GAP, tile.left - width - GAP].find((x) => x >= 0 && x + width <= innerWidth);
	const beneath = tile.bottom + GAP + height <= innerHeight ? tile.bottom + GAP : tile.top - height - GAP;
	const left = beside ?? Math.min(Math.max(GAP, tile.left), innerWidth - width - GAP);
	const top = beside === undefined ? beneath : Math.min(tile.top, innerHeight - height - GAP);
	card.style.left = `${left}px`;
	card.style.top = `${Math.max(GAP, top)}px`;
}
