// The calendar and Session Details: hands for what the server rendered.  The grid is loaded only
// where there is one; agenda, details and forms are ordinary pages.
import { listenForDrawer } from "../calendar/drawer.ts";
import { furnish } from "../calendar/furnish.ts";
import { listenForKeys } from "../calendar/keys.ts";
import { find } from "../kit/dom.ts";

furnish(document.body);
listenForDrawer();
listenForKeys();

const place = find("[data-calendar]");
const address = new URL(location.href);
if (place && innerWidth < 600 && !address.searchParams.has("view")) {
	// Five columns don't fit a phone; whoever asks for them gets them all the same.
	address.searchParams.set("view", "day");
	location.replace(address);
} else if (place) {
	const { showGrid } = await import("../calendar/grid.ts");
	showGrid(place);
}
