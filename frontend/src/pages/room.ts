// The clinician's room: who waits, Admit, the call, the panel beside it.
import { all, find, need, readJson, show } from "../kit/dom.ts";
import { keepAlive } from "../kit/heartbeat.ts";
import { post, postForm } from "../kit/post.ts";
import { live } from "../live/index.ts";
import type { Ticket } from "../room/call.ts";
import { Devices } from "../room/devices.ts";
import { Stage } from "../room/stage.ts";
import { browserOf, type Trouble } from "../room/trouble.ts";

const root = need("[data-room]");
const devices = new Devices();
const fallSilent = keepAlive(root.dataset.here);
const stage = new Stage(need("[data-stage]"), devices);
/** What to say where no answer came that says anything. */
const lost = find("[data-refusal] [data-sentence]", root)?.textContent ?? "";
let leaving = false;

async function refresh(): Promise<Ticket | null> {
	const answer = await post(root.dataset.ticket ?? "");
	return answer.ok ? (answer.ticket as Ticket) : null;
}

/** Admit, decline, send back, remove: ordinary forms, sent without leaving the page. */
async function act(form: HTMLFormElement, pressed: HTMLElement | null): Promise<void> {
	const admit = form.dataset.admit;
	if (admit) performance.mark("hs:admit-pressed");
	// On its way before this page does anything else.
	const sent = postForm(form, pressed);
	if (admit) stage.bless();
	show(find("[data-refusal]", root), false);
	const answer = await sent;
	if (answer.ok && admit) stage.call?.welcome(admit);
	if (answer.ok && form.dataset.out) stage.call?.farewell(form.dataset.out);
	if (!answer.ok) refuse(answer.sentence);
	// No hint follows a refusal, nor anything without a socket: have the lists asked for again, with
	// what stands in the way and the link that mends it.
	if (!answer.ok || live().state !== "open") document.body.dispatchEvent(new CustomEvent("live:resumed"));
}

/** The link is in the answer and nowhere else: shown beside the form until the next one. */
async function invite(form: HTMLFormElement, pressed: HTMLElement | null): Promise<void> {
	show(find("[data-refusal]", root), false);
	const answer = await postForm(form, pressed);
	if (!answer.ok) return refuse(answer.sentence);
	const place = need("[data-invited]", root);
	need("[data-invited-name]", place).textContent = String(answer.name);
	need<HTMLInputElement>("input", place).value = String(answer.link);
	show(place);
	need<HTMLInputElement>("input", place).select();
	form.reset();
	document.body.dispatchEvent(new CustomEvent("live:resumed"));
}

function refuse(sentence: string): void {
	const notice = find("[data-refusal]", root);
	const words = find("[data-sentence]", notice ?? root);
	if (words) words.textContent = sentence || lost;
	show(notice);
	showPanel(true);
}

/** The outcome is asked beside the running call, not after it is gone.  Without script it is a page. */
async function askOutcome(address: string): Promise<void> {
	const dialog = find<HTMLDialogElement>("dialog[data-end]", root);
	const response = await fetch(address, { credentials: "same-origin" }).catch(() => null);
	// The call goes on without the server; leaving for a page that it can't send would end it.
	if (!response?.ok) return refuse("");
	const page = new DOMParser().parseFromString(await response.text(), "text/html");
	const form = page.querySelector("[data-end-form]") ?? page.querySelector("main form[method=post]");
	const place = find("[data-end-place]", dialog ?? root);
	if (!dialog || !form || !place) return location.assign(address);
	const own = document.importNode(form, true) as HTMLFormElement;
	// Without an address of its own it would be sent to this page.
	own.action = address;
	place.replaceChildren(own);
	dialog.showModal();
}

/** Sent from the dialog: refused, it stays open with the reason, and the call goes on. */
async function end(form: HTMLFormElement, pressed: HTMLElement | null): Promise<void> {
	const answer = await postForm(form, pressed);
	if (answer.ok) return leave();
	const notice = find("[data-end-refused]", form);
	const words = find("[data-sentence]", notice ?? form);
	if (words) words.textContent = answer.sentence || lost;
	show(notice);
	notice?.scrollIntoView({ block: "nearest" });
}

/** Once: the answer to **End session** and the hint that it ended both lead out, and each would cut the other off. */
function leave(): void {
	if (leaving) return;
	leaving = true;
	location.assign(root.dataset.after ?? "/");
}

function keepTime(clock: HTMLElement): void {
	const from = Date.parse(clock.dataset.since ?? "");
	if (Number.isNaN(from)) return;
	show(clock.parentElement);
	const tick = () => {
		const seconds = Math.max(0, Math.floor((Date.now() - from) / 1000));
		clock.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
	};
	tick();
	setInterval(tick, 1000);
}

function showTrouble(kind: string, trouble: Trouble | null): void {
	const notice = find("[data-own-trouble]", root);
	show(notice, trouble !== null);
	if (!notice || !trouble) return;
	for (const words of all("[data-trouble]", notice))
		show(words, words.dataset.trouble?.split(" ").includes(trouble));
	for (const words of all("[data-kind]", notice)) show(words, words.dataset.kind === kind);
	for (const words of all("[data-browser]", notice))
		show(words, words.dataset.browser?.split(" ").includes(browserOf()));
}

function showPanel(on: boolean): void {
	need("[data-panel]", root).hidden = !on;
	root.classList.toggle("is-alone", !on);
	for (const button of all("[data-control=panel]", root)) button.setAttribute("aria-pressed", String(on));
}

/** A phone has room for one: the picture, once there is one; the panel again, when somebody knocks. */
function shareNarrowScreen(panel: boolean): void {
	if (matchMedia("(max-width: 48rem)").matches) showPanel(panel);
}

/** **Admit** was pressed on the page before: done once our camera is there, or was refused; never twice. */
function admitFirst(): void {
	const whom = root.dataset.admitFirst;
	if (!whom) return;
	history.replaceState(history.state, "", location.pathname);
	find<HTMLFormElement>(`form[data-admit="${CSS.escape(whom)}"]`, root)?.requestSubmit();
}

root.addEventListener("submit", (event) => {
	const form = event.target as HTMLFormElement;
	if (!form.matches("[data-admit], [data-act], [data-end-form], [data-invite]")) return;
	event.preventDefault();
	if (form.matches("[data-invite]")) return void invite(form, (event as SubmitEvent).submitter);
	if (form.matches("[data-end-form]")) return void end(form, (event as SubmitEvent).submitter);
	void act(form, (event as SubmitEvent).submitter);
});
for (const link of all<HTMLAnchorElement>("a[data-control=end]", root)) {
	link.addEventListener("click", (event) => {
		event.preventDefault();
		void askOutcome(link.href);
	});
}
for (const button of all("[data-control=panel]", root)) {
	button.addEventListener("click", () => showPanel(need("[data-panel]", root).hidden !== false));
}
for (const button of all("[data-cancel-end]", root)) {
	button.addEventListener("click", () => button.closest("dialog")?.close());
}
for (const reload of all("[data-reload]", root)) reload.addEventListener("click", () => location.reload());
for (const clock of all("[data-since]", root)) keepTime(clock);
find("[data-try-again]", root)?.addEventListener("click", () => void devices.start());

devices.on("trouble", ({ kind, trouble }) => showTrouble(kind, trouble));
devices.on("well", (kind) => showTrouble(kind, null));
stage.on("meeting", (meeting) => {
	show(find("[data-alone]", root), !meeting);
	if (meeting) shareNarrowScreen(false);
});
stage.on("company", (company) => {
	// With a guest or a partner in the room it would not be true.
	show(find("[data-unseen]", root), company === 0);
	if (company === 0) return;
	for (const clock of all('[data-since=""]', root)) {
		clock.dataset.since = new Date().toISOString();
		keepTime(clock);
	}
});
stage.on("taken", fallSilent);
stage.on("taken", () => void stage.end().then(() => show(find("[data-taken]", root))));
stage.on("out", () => void stage.end().then(leave));
document.body.addEventListener("participant.waiting", () => shareNarrowScreen(true));
document.body.addEventListener("session.ended", leave);

live();
const ticket = readJson<Ticket>("ticket");
if (ticket) {
	const ready = devices.start();
	// The clinician is always admitted: the camera goes out to whoever is let in, the moment they are.
	void stage.open(ticket, refresh).then(() => stage.join());
	void ready.finally(admitFirst);
}
