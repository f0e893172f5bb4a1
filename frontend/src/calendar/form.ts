// The appointment form: finds clients as one types, lets the type fill in what it knows, and shows
// both clocks.  The server checks everything again.
import { all, find, readJson, show } from "../kit/dom.ts";
import { instantOf, spanIn } from "./times.ts";

type Types = Record<string, { minutes: number; ways: string[] }>;
const PAUSE = 180;

export function furnishForm(form: HTMLFormElement): void {
	furnishClient(form);
	field<HTMLSelectElement>(form, "type")?.addEventListener("change", () => fillFromType(form));
	form.addEventListener("change", () => refresh(form));
	form.addEventListener("input", () => refresh(form));
	offerWays(form);
	refresh(form);
}

function field<E extends HTMLElement = HTMLInputElement>(form: HTMLFormElement, name: string): E | null {
	return find<E>(`[name="${name}"]`, form);
}

function refresh(form: HTMLFormElement): void {
	showSite(form);
	showClocks(form);
}

// ---- the client -----------------------------------------------------------------------------

function furnishClient(form: HTMLFormElement): void {
	const input = find<HTMLInputElement>("[data-find]", form);
	const found = find("[data-found]", form);
	if (!input || !found) return;
	let timer = 0;
	input.addEventListener("input", () => {
		find("[data-chosen]", form)?.remove();
		clearTimeout(timer);
		timer = window.setTimeout(() => void look(form, input, found), PAUSE);
	});
	input.addEventListener("keydown", (event) => {
		if (event.key !== "ArrowDown") return;
		event.preventDefault();
		find<HTMLInputElement>("input[type=radio]", found)?.focus();
	});
	found.addEventListener("click", (event) => choose(event, input, found));
	found.addEventListener("keydown", (event) => {
		if (event.key !== "Enter") return;
		event.preventDefault();
		choose(event, input, found);
	});
}

/** Asks who the words may mean.  A post: a name must not stand in an address. */
async function look(form: HTMLFormElement, input: HTMLInputElement, found: HTMLElement): Promise<void> {
	const words = input.value;
	const token = field(form, "csrfmiddlewaretoken")?.value ?? "";
	const body = new URLSearchParams({ client_text: words, csrfmiddlewaretoken: token });
	const headers = { "HX-Request": "true" };
	const response = await fetch(input.dataset.find ?? "", { method: "POST", body, headers }).catch(() => null);
	// An answer to what is no longer typed is nobody's.
	if (response?.ok && input.value === words) found.innerHTML = await response.text();
}

/** A click on a line, or Enter on it, takes it; arrow keys only walk. */
function choose(event: Event, input: HTMLInputElement, found: HTMLElement): void {
	const line = (event.target as HTMLElement).closest(".hs-match");
	const radio = line ? find<HTMLInputElement>("input[type=radio]", line) : null;
	// Walking by arrow keys clicks too, but at no place.
	if (!radio || (event instanceof MouseEvent && event.detail === 0)) return;
	const chosen = document.createElement("input");
	chosen.type = "hidden";
	chosen.name = "client";
	chosen.value = radio.value;
	Object.assign(chosen.dataset, radio.dataset, { chosen: "" });
	input.value = radio.dataset.shown ?? "";
	input.after(chosen);
	found.replaceChildren();
	input.focus();
	if (input.form) refresh(input.form);
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
	const chosen = find("[data-chosen]", form) ?? find("[data-found] input:checked", form);
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

/** Written only when it differs: a live region must not be read again. */
function put(element: HTMLElement | null, text: string): void {
	if (element && element.textContent !== text) element.textContent = text;
}
