// The calendar and Session Details: hands for what the server rendered.  The grid is loaded only
// where there is one; agenda, details and forms are ordinary pages.
import { listenForHover } from "../calendar/about.ts";
import { keepDetailsTrue } from "../calendar/details.ts";
import { listenForDrawer } from "../calendar/drawer.ts";
import { listenForEditing } from "../calendar/editing.ts";
import { followWhatWasBooked } from "../calendar/follow.ts";
import { furnish } from "../calendar/furnish.ts";
import { listenForKeys } from "../calendar/keys.ts";
import { listenInMonth, showToday } from "../calendar/month.ts";
import { find } from "../kit/dom.ts";

furnish(document.body);
listenForDrawer();
keepDetailsTrue();
listenForEditing();
listenForKeys();
listenForHover();
listenInMonth();
followWhatWasBooked();

const place = find("[data-calendar]");
const shown = find("[data-days]");
const address = new URL(shown?.dataset.here ?? "", location.href);
if (shown && innerWidth < 600 && !/^(day|agenda)$/.test(address.searchParams.get("view") ?? "")) {
	// Columns don't fit a phone.
	address.searchParams.set("view", "day");
	location.replace(address);
} else if (shown) {
	// A reload tomorrow, or somebody else with this address, sees the same.
	history.replaceState(history.state, "", address);
	showToday();
	if (place) (await import("../calendar/grid.ts")).showGrid(place);
}
