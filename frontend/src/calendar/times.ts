// Wall times in zones, from the browser's own tables.  Only for showing: the server decides.

/** Minutes that the zone is ahead of UTC at an instant. */
export function offsetAt(instant: number, zone: string): number {
	const parts = new Intl.DateTimeFormat("en-US", {
		timeZone: zone,
		hourCycle: "h23",
		year: "numeric",
		month: "numeric",
		day: "numeric",
		hour: "numeric",
		minute: "numeric",
	}).formatToParts(instant);
	const read = (type: string) => Number(parts.find((part) => part.type === type)?.value);
	const wall = Date.UTC(read("year"), read("month") - 1, read("day"), read("hour"), read("minute"));
	return Math.round((wall - Math.floor(instant / 60_000) * 60_000) / 60_000);
}

/** The instant of `2026-11-18T11:00` in a zone; in a gap or fold one of the two, which is asked later. */
export function instantOf(wall: string, zone: string): number {
	const guess = Date.parse(`${wall.slice(0, 16)}:00Z`);
	const first = guess - offsetAt(guess, zone) * 60_000;
	return guess - offsetAt(first, zone) * 60_000;
}

/** *Thu 4:00 – 4:50 PM* in a zone. */
export function spanIn(start: number, minutes: number, zone: string, locale = "en-US"): string {
	const day = new Intl.DateTimeFormat(locale, { timeZone: zone, weekday: "short" }).format(start);
	const clock = new Intl.DateTimeFormat(locale, { timeZone: zone, hour: "numeric", minute: "2-digit" });
	const [from, to] = [clock.format(start), clock.format(start + minutes * 60_000)].map(plain);
	const sameHalf = from?.slice(-2) === to?.slice(-2);
	return `${day} ${sameHalf ? from?.replace(/ [AP]M$/, "") : from} – ${to}`;
}

/** Intl puts a narrow no-break space before AM. */
function plain(text: string): string {
	return text.replace(/\u202f/g, " ");
}

/** The present wall time in a zone: `2026-11-18T11:00`. */
export function wallNow(zone: string, now = Date.now()): string {
	return new Date(now + offsetAt(now, zone) * 60_000).toISOString().slice(0, 16);
}

/** The hour on top: the practice's first, unless the present one would then be out of sight. */
export function firstHour(dayStarts: number, inSight: number, now: number | null): number {
	if (now === null) return dayStarts;
	if (now < dayStarts) return now;
	// An hour to come stays in sight beneath the present one.
	return Math.min(24 - inSight, Math.max(dayStarts, now - inSight + 2));
}

export function minutesBetween(start: Date, end: Date): number {
	return Math.round((end.getTime() - start.getTime()) / 60_000);
}

/** `2026-11-18T11:00:00` of a date whose local fields hold a wall time. */
export function wallOf(date: Date): string {
	const two = (n: number) => String(n).padStart(2, "0");
	const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
	return `${day}T${two(date.getHours())}:${two(date.getMinutes())}:00`;
}
