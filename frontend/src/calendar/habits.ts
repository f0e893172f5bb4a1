// What a client usually comes for fills in what nobody has said yet: with whom, for what, how.
import { all, find, readJson } from "../kit/dom.ts";

type Habits = Record<string, Record<string, string>>;
const FIELDS = ["clinician", "type", "contact_type"];
let filling = false;

/** Whatever somebody chose themselves, or a click in a column told, stays. */
export function keepWhatIsSaid(form: HTMLFormElement): void {
	form.addEventListener("change", (event) => {
		const field = event.target as HTMLInputElement;
		if (!filling && FIELDS.includes(field.name)) say(form, field.name);
	});
}

export function fillFromHabit(form: HTMLFormElement, client: string): void {
	// One that is there already keeps what it is.
	if (find("[name=was]", form)) return;
	const habit = readJson<Habits>("habits")?.[client] ?? {};
	filling = true;
	for (const [name, value] of Object.entries(habit)) {
		if (!said(form).includes(name)) fill(form, name, value);
	}
	filling = false;
}

function said(form: HTMLFormElement): string[] {
	return (form.dataset.said ?? "").split(" ");
}

function say(form: HTMLFormElement, name: string): void {
	form.dataset.said = [...new Set([...said(form), name])].join(" ").trim();
}

/** Only what can be chosen here, and as if somebody had chosen it. */
function fill(form: HTMLFormElement, name: string, value: string): void {
	const list = find<HTMLSelectElement>(`select[name="${name}"]`, form);
	const radio = all<HTMLInputElement>(`input[name="${name}"]`, form).find((one) => one.value === value);
	if (list && [...list.options].some((one) => one.value === value)) list.value = value;
	else if (radio && !radio.disabled) radio.checked = true;
	else return;
	(list ?? radio)?.dispatchEvent(new Event("change", { bubbles: true }));
}
