// Where are you right now?  Hides what isn't needed, and asks the browser for its place on a tap, never before.
// Without this script every field is there to type in.
import { all, find, need, show, showOnly } from "../kit/dom.ts";

const FEET = 3.28084;
const form = need<HTMLFormElement>("form[data-where]");
const others = need<HTMLFieldSetElement>("fieldset[data-else]", form);
const point = need<HTMLInputElement>("input[name=point]", form);
const choices = all<HTMLInputElement>("input[type=radio][name=chosen]", form);

/** The fields to type in, where none of their places was chosen; otherwise they aren't sent either. */
function follow(): void {
	const elsewhere = choices.length === 0 || choices.some((one) => one.checked && one.value === "else");
	show(others, elsewhere);
	others.disabled = !elsewhere;
}

for (const choice of choices) choice.addEventListener("change", follow);
follow();

const locate = find("[data-locate]", others);
if (locate && navigator.geolocation && isSecureContext) offer(locate);

function offer(box: HTMLElement): void {
	const says = all("[data-located]", box);
	const forget = need<HTMLButtonElement>("[data-forget]", box);
	const say = (word: string) => showOnly(says, "located", word);
	const have = () => {
		const meters = Number(point.value.split(",")[2]);
		need("[data-feet]", box).textContent = String(Math.ceil(meters * FEET));
		say("found");
		show(forget);
	};
	const found = (here: GeolocationPosition) => {
		const { latitude, longitude, accuracy } = here.coords;
		point.value = `${latitude.toFixed(5)},${longitude.toFixed(5)},${Math.ceil(accuracy)}`;
		have();
	};
	const missed = (why: GeolocationPositionError) =>
		say(why.code === GeolocationPositionError.PERMISSION_DENIED ? "denied" : "failed");
	need("[data-ask-browser]", box).addEventListener("click", () => {
		say("asking");
		navigator.geolocation.getCurrentPosition(found, missed, { enableHighAccuracy: true, timeout: 20_000 });
	});
	forget.addEventListener("click", () => {
		point.value = "";
		say("");
		show(forget, false);
	});
	if (point.value) have();
	show(box);
}
