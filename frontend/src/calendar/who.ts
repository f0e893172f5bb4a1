// Who the appointment is for: found as one types; one client stands in the field, and where the type
// has room for several each becomes a chip that can be taken out again.
import { all, find } from "../kit/dom.ts";
import { fillFromHabit } from "./habits.ts";
import { beginNewcomer } from "./newcomer.ts";

const PAUSE = 180;

/** Gives hands to the client's field; `changed` is told whenever somebody is chosen or taken out. */
export function furnishWho(form: HTMLFormElement, changed: () => void): void {
	const input = find<HTMLInputElement>("[data-find]", form);
	const found = find("[data-found]", form);
	if (!input || !found) return;
	let timer = 0;
	input.addEventListener("input", () => {
		alone(form)?.remove();
		clearTimeout(timer);
		timer = window.setTimeout(() => void look(form, input, found), PAUSE);
	});
	input.addEventListener("keydown", (event) => {
		if (event.key === "Enter") void takeFirst(event, form, input, found).then(changed);
		if (event.key !== "ArrowDown") return;
		event.preventDefault();
		find<HTMLInputElement>("input[type=radio]", found)?.focus();
	});
	const take = (event: Event) => choose(event, form, input, found) && changed();
	found.addEventListener("click", take);
	found.addEventListener("keydown", (event) => {
		if (event.key !== "Enter") return;
		event.preventDefault();
		take(event);
	});
	find("[data-chips]", form)?.addEventListener("click", (event) => {
		const chip = (event.target as Element).closest("button[name=drop]")?.closest("li");
		if (!chip) return;
		event.preventDefault();
		chip.remove();
		input.focus();
		changed();
	});
}

/** The type says how many may come: one stands in the field, several beside it. */
export function makeRoom(form: HTMLFormElement, places: number): void {
	const input = find<HTMLInputElement>("[data-find]", form);
	const who = find("[data-who]", form);
	if (!input || !who) return;
	const several = places > 1;
	const upTo = find("[data-places]", who);
	if (upTo) upTo.textContent = several ? (who.dataset.upTo ?? "").replace("{n}", String(places)) : "";
	// A client who has a seat already stays beside the field.
	const kept = find("[name=was]", who) !== null;
	who.classList.toggle("is-fixed", kept && !several && chips(form).length < 2);
	if (several) outOfTheField(form, input);
	else if (!kept && chips(form).length === 1) intoTheField(form, input);
}

/** Where there may be several they stand as chips; anything else is one, in the field. */
function holdsSeveral(form: HTMLFormElement): boolean {
	return Boolean(find("[data-places]", form)?.textContent) || chips(form).length > 0;
}

function chips(form: HTMLFormElement): HTMLElement[] {
	return all("[data-chips] li", form);
}

/** The one in the field, if somebody was chosen there. */
function alone(form: HTMLFormElement): HTMLInputElement | null {
	return find<HTMLInputElement>("[data-add] > [data-chosen]", form);
}

function outOfTheField(form: HTMLFormElement, input: HTMLInputElement): void {
	const one = alone(form);
	if (!one) return;
	addChip(form, one.value, one.dataset);
	one.remove();
	input.value = "";
}

function intoTheField(form: HTMLFormElement, input: HTMLInputElement): void {
	const [chip] = chips(form);
	const one = chip && find<HTMLInputElement>("[data-chosen]", chip);
	if (!chip || !one) return;
	putAlone(input, one.value, one.dataset);
	chip.remove();
}

function putAlone(input: HTMLInputElement, value: string, facts: DOMStringMap): void {
	const chosen = document.createElement("input");
	chosen.type = "hidden";
	chosen.name = "client";
	chosen.value = value;
	Object.assign(chosen.dataset, facts, { chosen: "" });
	input.value = facts.shown ?? "";
	input.after(chosen);
}

function addChip(form: HTMLFormElement, value: string, facts: DOMStringMap): void {
	if (chips(form).some((chip) => find<HTMLInputElement>("[data-chosen]", chip)?.value === value)) return;
	const template = find<HTMLTemplateElement>("template[data-chip]", form);
	const chip = template?.content.firstElementChild?.cloneNode(true) as HTMLElement | undefined;
	const chosen = chip && find<HTMLInputElement>("[data-chosen]", chip);
	if (!chip || !chosen) return;
	chosen.value = value;
	Object.assign(chosen.dataset, facts, { chosen: "" });
	for (const [where, said] of [
		["[data-said]", facts.shown],
		["[data-said-name]", facts.name],
	] as const) {
		const element = find(where, chip);
		if (element) element.textContent = said ?? "";
	}
	find("[data-chips]", form)?.append(chip);
}

/** Asks who the words may mean.  A post: a name must not stand in an address. */
async function look(form: HTMLFormElement, input: HTMLInputElement, found: HTMLElement): Promise<void> {
	const words = input.value;
	const token = find<HTMLInputElement>("[name=csrfmiddlewaretoken]", form)?.value ?? "";
	const body = new URLSearchParams({ client_text: words, csrfmiddlewaretoken: token });
	const headers = { "HX-Request": "true" };
	const response = await fetch(input.dataset.find ?? "", { method: "POST", body, headers }).catch(() => null);
	// An answer to what is no longer typed is nobody's.
	if (!response?.ok || input.value !== words) return;
	found.innerHTML = await response.text();
	found.dataset.words = words;
}

/**
 * Enter takes the first of those who fit.  Pressed before they are on the screen it takes only one
 * who fits alone; where nobody does, it goes on to *New client* with the name that was typed.
 */
async function takeFirst(
	event: KeyboardEvent,
	form: HTMLFormElement,
	input: HTMLInputElement,
	found: HTMLElement,
): Promise<void> {
	if (!input.value.trim() || alone(form)) return;
	event.preventDefault();
	const seen = found.dataset.words === input.value;
	if (!seen) await look(form, input, found);
	const radios = all<HTMLInputElement>("input[type=radio]", found);
	if (radios[0] && (seen || radios.length === 1)) take(radios[0], form, input, found);
	else if (!radios.length) beginNewcomer(form, input, found);
}

/** A click on a line, or Enter on it, takes it; arrow keys only walk. */
function choose(event: Event, form: HTMLFormElement, input: HTMLInputElement, found: HTMLElement): boolean {
	const line = (event.target as HTMLElement).closest(".hs-match");
	const radio = line ? find<HTMLInputElement>("input[type=radio]", line) : null;
	// Walking by arrow keys clicks too, but at no place.
	if (!radio || (event instanceof MouseEvent && event.detail === 0)) return false;
	take(radio, form, input, found);
	return true;
}

function take(
	radio: HTMLInputElement,
	form: HTMLFormElement,
	input: HTMLInputElement,
	found: HTMLElement,
): void {
	const first = !alone(form) && chips(form).length === 0;
	if (holdsSeveral(form)) {
		addChip(form, radio.value, radio.dataset);
		input.value = "";
	} else putAlone(input, radio.value, radio.dataset);
	if (first) fillFromHabit(form, radio.value);
	found.replaceChildren();
	input.focus();
}
