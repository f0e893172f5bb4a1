// A page with a passkey's button: shown where the browser knows passkeys, and hands for it.
import { speak } from "../kit/announce.ts";
import { all, find, need, show, showOnly } from "../kit/dom.ts";
import { isPossible, type Outcome, perform } from "../passkeys/ceremony.ts";

for (const form of all<HTMLFormElement>("form[data-passkey]")) {
	show(form, isPossible());
	form.addEventListener("submit", (event) => {
		event.preventDefault();
		if (form.ariaBusy !== "true") void run(form);
	});
}
if (!isPossible()) for (const sentence of all("[data-no-passkeys]")) show(sentence);

async function run(form: HTMLFormElement): Promise<void> {
	const [wrong, asking] = [need("[data-passkey-wrong]", form), need("[data-passkey-asking]", form)];
	form.ariaBusy = "true";
	show(wrong, false);
	show(asking);
	speak(asking.textContent);
	const outcome = await perform(form);
	show(asking, false);
	form.ariaBusy = null;
	if ("to" in outcome) location.assign(outcome.to);
	else {
		tell(wrong, outcome);
		// The sentence pushes the button down that it speaks of.
		form.scrollIntoView({ block: "nearest" });
	}
}

function tell(wrong: HTMLElement, said: Exclude<Outcome, { to: string }>): void {
	const words = need("[data-why=said]", wrong);
	if (said.why === "said") words.textContent = said.sentence;
	const known = find(`[data-why=${said.why}]`, wrong) ? said.why : "failed";
	const shown = showOnly(all("[data-why]", wrong), "why", known);
	show(wrong);
	speak(shown?.textContent ?? "");
}
