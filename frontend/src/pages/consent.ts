// Reading and signing.  Without this script the form is read just the same and signed by typing.
import { Pad } from "../consent/pad.ts";
import { all, find, need, show, showOnly } from "../kit/dom.ts";
import { post } from "../kit/post.ts";

const opened = document.body.dataset.opened;
// Said by a page that somebody looks at: a scanner that fetches the address doesn't.
if (opened && document.visibilityState === "visible") void post(opened);
else if (opened) {
	document.addEventListener("visibilitychange", () => void post(opened), { once: true });
}

const form = find<HTMLFormElement>("form[data-sign]");
const canvas = find<HTMLCanvasElement>("canvas[data-pad]");
if (form && canvas) choose(form, new Pad(canvas, form));

/** Draw or type: the one that is chosen is shown, and what was done in the other is kept. */
function choose(signing: HTMLFormElement, pad: Pad): void {
	for (const part of all("[data-drawable]")) show(part);
	for (const part of all("[data-not-drawable]")) show(part, false);
	const again = find<HTMLButtonElement>("[data-again]", signing);
	again?.addEventListener("click", () => pad.clear());
	const choices = all<HTMLInputElement>("input[name=mark]", signing);
	const chosen = () => choices.find((choice) => choice.checked)?.value ?? "type";
	const follow = () => {
		showOnly(all("[data-way]", signing), "way", chosen());
		pad.fit();
	};
	for (const choice of choices) choice.addEventListener("change", follow);
	if (!signing.hasAttribute("data-chosen"))
		need<HTMLInputElement>("input[value=draw]", signing).checked = true;
	follow();
}
