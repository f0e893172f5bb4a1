// The appointment form: lets the type fill in what it knows, and shows both clocks.  The server checks everything again.
import { all, find, readJson, show } from "../kit/dom.ts";
import { keepWhatIsSaid } from "./habits.ts";
import { instantOf, spanIn } from "./times.ts";
import { furnishWho, makeRoom } from "./who.ts";

type Types = Record<string, { minutes: number; ways: string[]; places: number }>;

export function furnishForm(form: HTMLFormElement): void {
	furnishWho(form, () => refresh(form));
	keepWhatIsSaid(form);
	field<HTMLSelectElement>(form, "type")?.addEventListener("change", () => fillFromType(form));
	form.addEventListener("change", () => refresh(form));
	form.addEventListener("input", () => refresh(form));
	offerWays(form);
	makeRoom(form, typeOf(form)?.places ?? 1);
	refresh(form);
}

function field<E extends HTMLElement = HTMLInputElement>(form: HTMLFormElement, name: string): E | null {
	return find<E>(`[name="${name}"]`, form);
}

function refresh(form: HTMLFormElement): void {
	showSite(form);
	showClocks(form);
}

// ---- the type, the way, the site -------------------------------------------------------------

function typeOf(form: HTMLFormElement): Types[string] | undefined {
	const types = readJson<Types>("appointment-types") ?? {};
	return types[field<HTMLSelectElement>(form, "type")?.value ?? ""];
}

function fillFromType(form: HTMLFormElement): void {
	const type = typeOf(form);
	const minutes = field<HTMLSelectElement>(form, "minutes");
	if (type && minutes) minutes.value = String(type.minutes);
	offerWays(form);
	makeRoom(form, type?.places ?? 1);
	refresh(form);
}

/** Only the ways this type is offered can be chosen. */
function offerWays(form: HTMLFormElement): void {
	const ways = typeOf(form)?.ways;
	if (!ways) return;
	const radios = all<HTMLInputElement>("[data-ways] input", form);
	for (const radio of radios) radio.disabled = !ways.includes(radio.value);
	if (radios.some((radio) => radio.checked && !radio.disabled)) return;
	const first = radios.find((radio) => !radio.disabled);
	if (first) first.checked = true;
}

function showSite(form: HTMLFormElement): void {
	const way = find<HTMLInputElement>("[data-ways] input:checked", form)?.value;
	show(find("[data-site]", form), way !== "telehealth");
}

// ---- both clocks ------------------------------------------------------------------------------

function showClocks(form: HTMLFormElement): void {
	const clocks = find("[data-clocks]", form);
	const mine = find("[data-mine]", form);
	const zone = mine?.dataset.zone;
	const chosen = elsewhere(form, zone) ?? find("[data-found] input:checked", form);
	const theirs = field<HTMLSelectElement>(form, "client_time_zone");
	const theirZone = theirs?.value || chosen?.dataset.zone;
	const [date, start, minutes] = ["date", "start", "minutes"].map((name) => field(form, name)?.value ?? "");
	const complete = Boolean(clocks && mine && zone && theirZone && theirZone !== zone && date && start);
	show(clocks, complete);
	if (!complete || !clocks || !mine || !zone || !theirZone) return;
	const instant = instantOf(`${date}T${start}`, zone);
	put(mine, spanIn(instant, Number(minutes), zone));
	put(find("[data-theirs]", clocks), spanIn(instant, Number(minutes), theirZone));
	put(find("[data-their-name]", clocks), chosen?.dataset.name ?? "");
	const label = theirs?.value ? theirs.selectedOptions[0]?.textContent : chosen?.dataset.zoneLabel;
	put(find("[data-their-zone]", clocks), label ?? "");
}

/** Of those who are chosen, the first whose clock shows another time; else the first. */
function elsewhere(form: HTMLFormElement, zone = ""): HTMLElement | null {
	const chosen = all("[data-chosen]", form);
	return chosen.find((one) => one.dataset.zone !== zone) ?? chosen[0] ?? null;
}

/** Written only when it differs: a live region must not be read again. */
function put(element: HTMLElement | null, text: string): void {
	if (element && element.textContent !== text) element.textContent = text;
}
