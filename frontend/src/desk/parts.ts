// Small hands that several desk pages need.
import { all, show } from "../kit/dom.ts";
import { startCopying } from "./copying.ts";
import { startAsking } from "./notify.ts";

export function startSmallParts(): void {
	for (const button of all("[data-ask-notify]")) startAsking(button);
	for (const button of all("[data-copies]")) startCopying(button);
	for (const button of all("[data-print]")) {
		show(button);
		button.addEventListener("click", () => print());
	}
	for (const field of all<HTMLInputElement>("[data-submits]")) {
		field.addEventListener("change", () => field.form?.requestSubmit());
	}
	// A refused or half-filled form: the summary speaks first.
	all("[role=alert][tabindex='-1']")[0]?.focus();
}
