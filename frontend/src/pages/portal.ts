// Every client page: the way out, and hearing of changes where the page watches something.
import { all } from "../kit/dom.ts";
import { keepFragments } from "../kit/fragment.ts";
import { live } from "../live/index.ts";

for (const exit of all<HTMLAnchorElement>("a[data-quick-exit]")) {
	exit.addEventListener("click", (event) => {
		// Replaced, so that *back* doesn't lead here.
		event.preventDefault();
		location.replace(exit.href);
	});
}
if (document.body.dataset.live) live();
keepFragments();
