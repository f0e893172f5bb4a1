// The client's page: check, waiting room and call are parts of one page, so that the camera stays
// open from the first look to the last word.  A reload brings the same seat back.
import { say } from "../kit/announce.ts";
import { all, find, need, readJson, show, showOnly } from "../kit/dom.ts";
import { refetch } from "../kit/fragment.ts";
import { keepAlive } from "../kit/heartbeat.ts";
import { post } from "../kit/post.ts";
import type { Ticket } from "../room/call.ts";
import { Check } from "../room/check.ts";
import { Devices } from "../room/devices.ts";
import { Stage } from "../room/stage.ts";

const root = need("[data-room]");
const devices = new Devices();
const check = new Check(root, devices);
const stage = new Stage(need("[data-stage]"), devices);
const addresses = root.dataset as Record<"knock" | "ticket" | "here" | "leave" | "ended", string> & {
	/** A guest's devices are nobody's business but theirs. */
	checked?: string;
};
let mine = "";
let fallSilent = () => {};
let knocking = false;

function showPart(name: string): void {
	const part = showOnly(all("[data-part]", root), "part", name);
	// The call covers the page: nothing beneath it may be reached.
	for (const beneath of all("body > header, body > footer, .hs-client-head, .hs-foot")) {
		if (!root.contains(beneath)) beneath.inert = name === "call";
	}
	const heading = part?.querySelector<HTMLElement>("h1, h2");
	if (!heading) return;
	heading.tabIndex = -1;
	heading.focus({ preventScroll: true });
	// A new thought begins at the top of the page.
	scrollTo(0, 0);
}

async function refresh(): Promise<Ticket | null> {
	const answer = await post(addresses.ticket);
	return answer.ok ? (answer.ticket as Ticket) : null;
}

/** Knocks: from here on the clinician knows that somebody waits. */
async function knock(): Promise<void> {
	// A trembling finger taps twice: one person, one seat, one call.
	if (knocking) return;
	knocking = true;
	await knockOnce().finally(() => {
		knocking = false;
	});
}

async function knockOnce(): Promise<void> {
	stage.bless();
	show(find("[data-refusal]", root), false);
	const { checked } = addresses;
	if (checked) void check.finding().then((found) => post(checked, { found }));
	const answer = await post(addresses.knock);
	if (answer.ok) await enter(answer.ticket as Ticket);
	else refuse(answer.sentence);
}

function refuse(sentence: string): void {
	const notice = find("[data-refusal]", root);
	const words = find("[data-sentence]", notice ?? root);
	if (words && sentence) words.textContent = sentence;
	show(notice);
	notice?.scrollIntoView({ block: "nearest" });
}

async function enter(ticket: Ticket): Promise<void> {
	mine = ticket.me;
	check.stop();
	if (ticket.right === "admitted") showPart("call");
	else showWaiting();
	fallSilent = keepAlive(addresses.here);
	await stage.open(ticket, refresh);
	if (ticket.right === "admitted") await stage.join();
}

function showWaiting(): void {
	showPart("waiting");
	say("waiting");
	for (const fragment of all("[hx-get]", root)) void refetch(fragment);
}

async function admitted(): Promise<void> {
	performance.mark("hs:admitted");
	// The tracks first: turning the page takes the browser longer than sending them.
	await stage.join();
	showPart("call");
	say("admitted");
}

async function sentBack(): Promise<void> {
	await stage.rest();
	showWaiting();
}

async function finish(part: "declined" | "taken" | "out"): Promise<void> {
	fallSilent();
	await stage.end();
	showPart(part);
}

async function leave(): Promise<void> {
	await stage.end();
	await post(addresses.leave, {}, { keepalive: true });
	location.replace(addresses.ended);
}

stage.on("right", (right) => void (right === "admitted" ? admitted() : sentBack()));
stage.on("leave", () => void leave());
stage.on("taken", () => void finish("taken"));
stage.on("out", () => void finish("out"));
check.on("ready", () => void knock());
// The visit or the invitation is over: no call without the right to it.
document.body.addEventListener("live:state", (event) => {
	if ((event as CustomEvent<string>).detail === "out" && stage.call) void finish("out");
});
document.body.addEventListener(
	"session.ended",
	() => void stage.end().then(() => location.replace(addresses.ended)),
);
document.body.addEventListener("participant.declined", (event) => {
	const ids = (event as CustomEvent<Record<string, string>>).detail;
	if (ids.participant === mine) void finish("declined");
});
for (const again of all("[data-check-again]", root)) {
	again.addEventListener("click", () => showPart("check"));
}
for (const reload of all("[data-reload]", root)) reload.addEventListener("click", () => location.reload());

async function begin(): Promise<void> {
	// Inside already: a reload (or a second tab) takes the seat up again without a question.
	const inside = readJson<Ticket>("ticket") ?? (root.dataset.inside ? await refresh() : null);
	if (!inside) {
		showPart("check");
		return check.start();
	}
	void devices.start();
	await enter(inside);
}

void begin();
