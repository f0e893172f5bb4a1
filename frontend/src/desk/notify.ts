// A notification of the system, where the person allowed it: the same words as the tab's title.
const told = new Set<string>();

export function tellSystem(says: string, url: string, knock: string): void {
	if (!("Notification" in globalThis) || Notification.permission !== "granted") return;
	if (told.has(knock) || document.hasFocus()) return;
	told.add(knock);
	// The tag makes one of what several windows say.
	const shown = new Notification(says, { tag: knock, requireInteraction: true });
	shown.onclick = () => {
		window.focus();
		location.assign(url);
	};
}

/** The button that asks the browser for leave; hidden where there is nothing to ask. */
export function startAsking(button: HTMLElement): void {
	const undecided = "Notification" in globalThis && Notification.permission === "default";
	button.hidden = !undecided;
	button.addEventListener("click", async () => {
		button.hidden = (await Notification.requestPermission()) !== "default";
	});
}
