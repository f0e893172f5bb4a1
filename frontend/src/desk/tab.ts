// The tab's title and icon while somebody waits.
const WAITING_ICON =
	"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'%3E%3Crect width='24' height='24' rx='6' fill='%231d5c54'/%3E%3Ccircle cx='12' cy='12' r='7' fill='%23f2b544'/%3E%3C/svg%3E";

export class Tab {
	readonly #title: string;
	readonly #icon: string;

	constructor(private readonly page: Document) {
		this.#title = page.title;
		this.#icon = this.#link()?.getAttribute("href") ?? "";
	}

	/** Shows the sentence instead of the page's title, or the title again where there is none. */
	handleWaiting(says: string): void {
		const title = says || this.#title;
		if (this.page.title !== title) this.page.title = title;
		this.#link()?.setAttribute("href", says ? WAITING_ICON : this.#icon);
	}

	#link(): HTMLLinkElement | null {
		return this.page.querySelector<HTMLLinkElement>("link[rel=icon]");
	}
}
