// A button that copies the field it names, and says so; hidden where the browser has no clipboard for us.
export function startCopying(button: HTMLElement): void {
	const field = document.getElementById(button.dataset.copies ?? "");
	if (!(field instanceof HTMLInputElement) || !navigator.clipboard) return;
	const word = button.querySelector("span");
	button.hidden = false;
	button.addEventListener("click", async () => {
		await navigator.clipboard.writeText(field.value).catch(() => field.select());
		if (word && button.dataset.copied) word.textContent = button.dataset.copied;
	});
}
