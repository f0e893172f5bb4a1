// What this person has put off, in every tab of this browser, until it closes or a day has passed.
const KEY = "holdspace-later";
const MOST = 50;

export function dismissed(id: string): boolean {
	return read().includes(id);
}

export function dismiss(id: string): void {
	if (!id || dismissed(id)) return;
	try {
		sessionStorage.setItem(KEY, JSON.stringify([...read(), id].slice(-MOST)));
	} catch {
		// Storage switched off: it will be shown again on the next page, which is no harm.
	}
}

function read(): string[] {
	try {
		return JSON.parse(sessionStorage.getItem(KEY) ?? "[]") as string[];
	} catch {
		return [];
	}
}
