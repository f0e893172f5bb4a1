// The row under the picture: mute, camera, leave.  Buttons, one-letter shortcuts, and a word for
// those who listen.
import { Emitter } from "../kit/emitter.ts";

export interface ControlEvents {
	mute: boolean;
	camera: boolean;
	leave: undefined;
}

type Toggle = "mute" | "camera";

const KEYS: Record<string, Toggle> = { m: "mute", v: "camera" };

export class Controls extends Emitter<ControlEvents> {
	constructor(private readonly row: HTMLElement) {
		super();
		row.addEventListener("click", (event) => this.handleClick(event.target as Element));
		document.addEventListener("keydown", (event) => this.handleKey(event));
		row.addEventListener("keydown", (event) => this.#walk(event));
	}

	handleClick(target: Element): void {
		const control = target.closest<HTMLElement>("[data-control]")?.dataset.control;
		if (control === "mute" || control === "camera") this.toggle(control);
		else if (control === "leave") this.emit("leave", undefined);
	}

	/** M and V, unless somebody is typing or holds another key too. */
	handleKey(event: KeyboardEvent): void {
		const control = KEYS[event.key.toLowerCase()];
		if (!control || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
		if ((event.target as Element | null)?.closest?.("input, textarea, select, [contenteditable]")) return;
		if (this.row.closest("[hidden]")) return;
		this.toggle(control);
	}

	toggle(control: Toggle): void {
		const pressed = !this.isPressed(control);
		this.set(control, pressed);
		this.emit(control, pressed);
	}

	/** Pressed means off: muted, camera off. */
	set(control: Toggle, pressed: boolean): void {
		const button = this.#button(control);
		button?.setAttribute("aria-pressed", String(pressed));
		for (const part of button?.querySelectorAll<HTMLElement>("[data-when]") ?? []) {
			part.toggleAttribute("hidden", part.dataset.when !== (pressed ? "on" : "off"));
		}
	}

	isPressed(control: Toggle): boolean {
		return this.#button(control)?.getAttribute("aria-pressed") === "true";
	}

	#button(control: Toggle): HTMLElement | null {
		return this.row.querySelector(`[data-control="${control}"]`);
	}

	/** A toolbar is walked with the arrow keys. */
	#walk(event: KeyboardEvent): void {
		const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
		if (!step) return;
		const buttons = [
			...this.row.querySelectorAll<HTMLElement>("button:not([hidden]), a[href]:not([hidden])"),
		];
		const at = buttons.indexOf(document.activeElement as HTMLElement);
		buttons[(at + step + buttons.length) % buttons.length]?.focus();
	}
}
