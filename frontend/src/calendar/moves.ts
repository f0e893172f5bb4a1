// A tile that was dragged or pulled at its edge: told to the server, and for ten seconds undone by a press.
import { find } from "../kit/dom.ts";
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

export interface Moved {
	to: Place;
	from: Place;
	version: string;
	revert: () => void;
}

/** What a move has to know of the screen it happens on. */
export type Screen = Pick<Facts, "zone" | "move"> & { view: Facts["view"] | "month" };

/** A refusal puts the tile back and says why, else there are ten seconds to undo. */
export async function moved(facts: Screen, info: Moved, look: () => Promise<void>): Promise<void> {
	const said = fields(facts, info.to, info.from, info.version);
	const answer = await post(facts.move, said);
	if (answer.ok) return settled(facts, info, answer, look);
	info.revert();
	const insist = async () => {
		const again = await post(facts.move, { ...said, anyway: "1" });
		if (again.ok) return settled(facts, info, again, look);
		sayRefused(again.sentence);
		await look();
	};
	sayRefused(answer.sentence, answer.mayOverrule ? () => void insist() : null);
	// Where it was when the drag began needn't be where it is: somebody else may have moved it.
	await look();
}

async function settled(
	facts: Screen,
	{ to, from }: Moved,
	answer: Answer & { ok: true },
	look: () => Promise<void>,
): Promise<void> {
	const back = { ...fields(facts, from, to, String(answer.version)), anyway: "1", undo: "1" };
	const undo = () => void goBack(facts, back, look);
	offerUndo({ when: String(answer.when), following: String(answer.following ?? ""), undo });
	await look();
}

async function goBack(facts: Screen, back: Record<string, string>, look: () => Promise<void>): Promise<void> {
	const answer = await post(facts.move, back);
	if (!answer.ok) sayRefused(answer.sentence);
	await look();
	// Whoever undid it by keyboard goes on from there.
	if (document.activeElement === document.body) find(`[data-tile="${back.id}"]`)?.focus();
}

/** Where it is to be; whose it becomes is said only where that changes. */
export function fields(
	facts: Pick<Screen, "view" | "zone">,
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
