// The server ended this sign-in: cover what others should not see, and keep what was typed.
import { find } from "../kit/dom.ts";

const SIGNED_OUT = "4401";

export function startSignedOut(): void {
	const veil = find("[data-signed-out]");
	if (!veil) return;
	document.body.addEventListener("live:state", (event) => {
		if ((event as CustomEvent).detail === "out") cover(veil);
	});
	document.addEventListener("htmx:after:request", (event) => {
		const response = (event as CustomEvent).detail?.ctx?.response?.raw as Response | undefined;
		if (response?.headers.get("X-Holdspace-Signed-Out")) cover(veil);
	});
	find("[data-sign-in-again]")?.addEventListener("click", (event) => {
		const typed = typedForm();
		if (!typed) return;
		// Sent as it stands: the server keeps it, asks who is there, and brings it back to the same person.
		event.preventDefault();
		HTMLFormElement.prototype.submit.call(typed);
	});
}

function cover(veil: HTMLElement): void {
	veil.hidden = false;
	document.getElementById("desk")?.setAttribute("inert", "");
	document.title = veil.querySelector("h2")?.textContent ?? document.title;
	veil.querySelector<HTMLElement>("a")?.focus();
	document.documentElement.dataset.reason = SIGNED_OUT;
}

/** The form that somebody typed in and hasn't sent. */
function typedForm(): HTMLFormElement | undefined {
	return [...document.forms].find((form) => form.method === "post" && [...form.elements].some(isTyped));
}

function isTyped(field: Element): boolean {
	if (field instanceof HTMLTextAreaElement) return field.value !== field.defaultValue;
	if (!(field instanceof HTMLInputElement) || field.type === "hidden") return false;
	if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
	return field.value !== field.defaultValue;
}
