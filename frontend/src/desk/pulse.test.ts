import { beforeEach, expect, test } from "vitest";
import { dismiss, dismissed } from "./dismissed.ts";
import { markPolls } from "./polls.ts";
import { startPresence } from "./presence.ts";
import { factsOf, startPulse } from "./pulse.ts";
import { Tab } from "./tab.ts";

const WAITING = `<span hidden data-facts data-bells="2" data-waiting="1" data-says="Someone is waiting for 9:00 AM"
	data-first="s1" data-since="100" data-url="/today"></span>
	<section data-toast="waiting-s1-100"><button data-quiet>Quiet</button></section>`;

beforeEach(() => {
	sessionStorage.clear();
	document.head.innerHTML = '<link rel="icon" href="plain.svg">';
	document.title = "Help";
	document.body.innerHTML = `<a data-bell aria-label="Notifications, 0 new"><span data-number hidden>0</span></a>
		<span data-waiting-count hidden><span data-number></span></span><div id="pulse"></div>`;
});

function pulse(): HTMLElement {
	return document.getElementById("pulse") as HTMLElement;
}

async function hear(html: string): Promise<void> {
	pulse().innerHTML = html;
	await new Promise((resolve) => setTimeout(resolve));
}

test("the facts of a quiet desk hold no knock", () => {
	pulse().innerHTML = '<span data-facts data-bells="0" data-waiting="0"></span>';

	expect(factsOf(pulse())).toEqual({ bells: 0, waiting: 0, says: "", knock: "", url: "/" });
});

test("someone waiting changes title, icon and counts", async () => {
	startPulse();

	await hear(WAITING);

	expect(document.title).toBe("Someone is waiting for 9:00 AM");
	expect(document.querySelector("link")?.getAttribute("href")).toMatch(/^data:/);
	expect(document.querySelector("[data-bell]")?.getAttribute("aria-label")).toBe("Notifications, 2 new");
	expect(document.querySelector<HTMLElement>("[data-waiting-count]")?.hidden).toBe(false);
});

test("nobody waiting any more brings the title back", async () => {
	startPulse();
	await hear(WAITING);

	await hear('<span data-facts data-bells="0" data-waiting="0"></span>');

	expect(document.title).toBe("Help");
	expect(document.querySelector("link")?.getAttribute("href")).toBe("plain.svg");
});

test("Quiet hides the toast for this knock and leaves the title", async () => {
	startPulse();
	await hear(WAITING);

	document.querySelector<HTMLElement>("[data-quiet]")?.click();

	expect(document.querySelector<HTMLElement>("[data-toast]")?.hidden).toBe(true);
	expect(document.title).toBe("Someone is waiting for 9:00 AM");
});

test("what was put off stays put off on the next page", () => {
	dismiss("bell-1");

	expect(dismissed("bell-1")).toBe(true);
	expect(dismissed("bell-2")).toBe(false);
});

test("a tab without an icon is no error", () => {
	document.head.innerHTML = "";

	expect(() => new Tab(document).handleWaiting("Someone is waiting")).not.toThrow();
});

test("what the page asks by itself says that it is a poll", () => {
	markPolls();
	const byItself = { request: { headers: {} as Record<string, string>, method: "GET" } };
	document.dispatchEvent(new CustomEvent("htmx:config:request", { detail: { ctx: byItself } }));

	expect(byItself.request.headers["X-Holdspace-Poll"]).toBe("1");
});

test("a person at the page is told of seldom", () => {
	let time = 0;
	const asked: string[] = [];
	globalThis.fetch = ((url: string) => {
		asked.push(url);
		return Promise.resolve(new Response("{}"));
	}) as typeof fetch;
	startPresence("/here", () => time);

	dispatchEvent(new Event("keydown"));
	time = 3 * 60_000;
	dispatchEvent(new Event("keydown"));
	dispatchEvent(new Event("pointerdown"));

	expect(asked).toEqual(["/here"]);
});
