// Somebody whom nobody on file fits: *New client* opens with the name that was typed.
import { find } from "../kit/dom.ts";

export function beginNewcomer(form: HTMLFormElement, input: HTMLInputElement, found: HTMLElement): void {
	const part = find<HTMLDetailsElement>("[data-newcomer]", form);
	const [first = "", ...rest] = input.value.trim().split(/\s+/);
	if (!part || /\d/.test(input.value)) return;
	part.open = true;
	fill(form, "first_name", first);
	fill(form, "last_name", rest.join(" "));
	input.value = "";
	found.replaceChildren();
	find(`[name="${rest.length ? "birth_date" : "last_name"}"]`, form)?.focus();
}

function fill(form: HTMLFormElement, name: string, words: string): void {
	const line = find<HTMLInputElement>(`[name="${name}"]`, form);
	if (line && !line.value) line.value = words;
}
