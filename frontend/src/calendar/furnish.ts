// Gives hands to whatever part of a page was just rendered: forms that save at once, the status
// list, the appointment form, the menus.  Safe to call twice on the same part.
import { all, find, show } from "../kit/dom.ts";
import { furnishForm } from "./form.ts";

export function furnish(part: HTMLElement): void {
	for (const field of all<HTMLSelectElement | HTMLInputElement>("[data-submits]", part)) once(field, submits);
	for (const field of all<HTMLInputElement>("[data-picks]", part)) once(field, picks);
	for (const form of all<HTMLFormElement>("form[data-status]", part)) once(form, status);
	for (const form of all<HTMLFormElement>("form[data-appointment]", part)) once(form, furnishForm);
	for (const link of all<HTMLAnchorElement>("a[data-asks-first]", part)) once(link, asksFirst);
	for (const menu of all<HTMLDetailsElement>("details.hs-menu", part)) once(menu, closesItself);
}

function once<E extends HTMLElement>(element: E, hands: (element: E) => void): void {
	if (element.dataset.furnished) return;
	element.dataset.furnished = "1";
	hands(element);
}

function submits(field: HTMLSelectElement | HTMLInputElement): void {
	field.addEventListener("change", () => field.value && field.form?.requestSubmit());
}

/** A day chosen with the pointer is gone to at once; one that is being typed when it is done. */
function picks(field: HTMLInputElement): void {
	let [typing, before] = [false, field.value];
	const go = () => {
		if (!field.value || field.value === before) return;
		before = field.value;
		field.form?.requestSubmit();
	};
	field.addEventListener("pointerdown", () => {
		typing = false;
	});
	field.addEventListener("keydown", () => {
		typing = true;
	});
	field.addEventListener("change", () => !typing && go());
	field.addEventListener("blur", go);
}

/** The status list saves at once; where a reason is asked, it asks and lets one save. */
function status(form: HTMLFormElement): void {
	const list = find<HTMLSelectElement>("select", form);
	const save = find("[data-save]", form);
	const reason = find("[data-reason]", form);
	list?.addEventListener("change", () => {
		const asks = list.selectedOptions[0]?.hasAttribute("data-asks") ?? false;
		show(reason, asks);
		for (const offered of all<HTMLFieldSetElement>("[data-for]", form)) {
			offered.hidden = offered.disabled = offered.dataset.for !== list.value;
		}
		save?.classList.toggle("hs-without-script", !asks);
		if (asks) find("input", form)?.ownerDocument.getElementById("why-status")?.focus();
		else form.requestSubmit();
	});
}

/** Far from the hour the first press shows why, the second goes. */
function asksFirst(link: HTMLAnchorElement): void {
	const why = document.getElementById(link.dataset.asksFirst ?? "");
	link.addEventListener("click", (event) => {
		if (!why || why.classList.contains("hs-notice")) return;
		event.preventDefault();
		why.className = "hs-notice is-wait";
		why.setAttribute("role", "status");
	});
}

function closesItself(menu: HTMLDetailsElement): void {
	document.addEventListener("click", (event) => {
		if (menu.open && event.target instanceof Node && !menu.contains(event.target)) menu.open = false;
	});
	menu.addEventListener("keydown", (event) => {
		if (event.key !== "Escape") return;
		menu.open = false;
		find("summary", menu)?.focus();
	});
}
