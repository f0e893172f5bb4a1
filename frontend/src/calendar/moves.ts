// A tile that was dragged or pulled at its edge: told to the server, and for ten seconds undone by a press.
import type { Calendar } from "@event-calendar/core";
import { type Answer, post } from "../kit/post.ts";
import type { Facts } from "./facts.ts";
import { minutesBetween, wallOf } from "./times.ts";
import { offerUndo, sayRefused } from "./undo.ts";

export interface Place {
	id: string | number;
	start: Date;
	end: Date;
	resourceIds: (string | number)[];
}

interface Moved {
	event: Calendar.Event;
	oldEvent: Calendar.Event;
	revert: () => void;
}

/** A refusal puts the tile back and says why, else there are ten seconds to undo. */
export async function moved(facts: Facts, info: Moved, look: () => Promise<void>): Promise<void> {
	const { event, oldEvent: old } = info;
	const said = fields(facts, event, old, String(event.extendedProps.version));
	const answer = await post(facts.move, said);
	if (answer.ok) return settled(facts, info, answer, look);
	info.revert();
	const insist = async () => {
		const again = await post(facts.move, { ...said, anyway: "1" });
		return again.ok ? settled(facts, info, again, look) : sayRefused(again.sentence);
	};
	sayRefused(answer.sentence, answer.mayOverrule ? () => void insist() : null);
}

async function settled(
	facts: Facts,
	{ event, oldEvent: old }: Moved,
	answer: Answer & { ok: true },
	look: () => Promise<void>,
): Promise<void> {
	const back = { ...fields(facts, old, event, String(answer.version)), anyway: "1" };
	offerUndo(String(answer.when), () => void goBack(facts, back, look));
	await look();
}

async function goBack(facts: Facts, back: Record<string, string>, look: () => Promise<void>): Promise<void> {
	const answer = await post(facts.move, back);
	if (!answer.ok) sayRefused(answer.sentence);
	await look();
}

/** Where it is to be; whose it becomes is said only where that changes. */
export function fields(
	facts: Pick<Facts, "view" | "zone">,
	to: Place,
	from: Place,
	version: string,
): Record<string, string> {
	const minutes = String(minutesBetween(to.start, to.end));
	const said = { id: String(to.id), start: wallOf(to.start), minutes, zone: facts.zone, version };
	const clinician = facts.view === "clinicians" ? newIn(to, from) : "";
	return clinician ? { ...said, clinician } : said;
}

function newIn(to: Place, from: Place): string {
	return String(to.resourceIds.find((one) => !from.resourceIds.includes(one)) ?? "");
}

/** What several lead stays in their columns; everything else goes anywhere. */
export function stays(to: Place, from: Place): boolean {
	return from.resourceIds.length < 2 || !newIn(to, from);
}
