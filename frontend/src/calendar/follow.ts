// What was just booked or moved is never out of sight: where the screen doesn't show its day, the
// calendar goes there.  The server sees to it that a Saturday isn't looked for in the work week.
import { find } from "../kit/dom.ts";

/** The address of the same screen on a day, or "" where that day is on it. */
export function wayTo(day: string, shown: DOMStringMap, here: string): string {
	const known = /^\d{4}-\d\d-\d\d$/.test(day);
	if (!known || (day >= (shown.first ?? "") && day <= (shown.last ?? ""))) return "";
	const address = new URL(shown.here ?? "", here);
	address.searchParams.set("date", day);
	return address.href;
}

export function followWhatWasBooked(): void {
	let way = "";
	const drawer = find<HTMLDialogElement>("#drawer");
	document.body.addEventListener("calendar:changed", (event) => {
		const day = (event as CustomEvent<{ day?: string }>).detail?.day ?? "";
		const shown = find("[data-days]");
		if (shown) way = wayTo(day, shown.dataset, location.href);
	});
	// Session Details may still be read first.
	drawer?.addEventListener("close", () => way && location.assign(way));
}
