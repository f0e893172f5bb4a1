// **Copy**: what stands in a field, into the clipboard, and a word that it is there.
import { find, show } from "../kit/dom.ts";

export function startCopying(button: HTMLElement): void {
	const field = document.getElementById(button.dataset.copies ?? "");
	if (!(field instanceof HTMLInputElement) || !navigator.clipboard) return;
	show(button);
	button.addEventListener("click", () => {
		void navigator.clipboard.writeText(field.value).then(
			() => said(button),
			() => field.select(),
		);
	});
}

function said(button: HTMLElement): void {
	show(find("[data-before]", button), false);
	show(find("[data-after]", button));
}
