import { beforeEach, expect, test } from "vitest";
import { Pulse } from "./pulse.ts";

let pulse: Pulse;
let said: string[];

beforeEach(() => {
	pulse = new Pulse();
	said = [];
	pulse.on("silent", (silent) => said.push(silent ? "silent" : "heard"));
	for (const name of ["ask", "renew", "restart"] as const) pulse.on(name, () => said.push(name));
});

function count(packets: number, from: number, until: number): void {
	for (let at = from; at <= until; at += 200) pulse.handleCount(packets, at, true);
}

test("while packets come nothing is done", () => {
	for (let at = 0; at < 10_000; at += 200) pulse.handleCount(at, at, true);

	expect(said).toEqual([]);
});

test("after 0.7 s of silence the server is asked for a sign of life", () => {
	count(5, 0, 600);
	expect(said).toEqual([]);

	count(5, 800, 800);
	expect(said).toEqual(["silent", "ask"]);
});

test("the server answers, so the way between us is at fault: ICE restarts", () => {
	count(5, 0, 800);
	pulse.handleAnswer(true, 900);

	expect(said).toEqual(["silent", "ask", "restart"]);
});

test("no answer: a new socket first, then the restart", () => {
	count(5, 0, 800);
	pulse.handleAnswer(false, 1_250);
	expect(said).toEqual(["silent", "ask", "renew"]);

	pulse.handleResumed(1_400, false);
	expect(said).toEqual(["silent", "ask", "renew", "restart"]);
});

test("at most one restart in two seconds", () => {
	count(5, 0, 800);
	pulse.handleAnswer(true, 900);
	count(5, 1_000, 2_600);
	pulse.handleAnswer(true, 2_800);
	expect(said.filter((one) => one === "restart")).toHaveLength(1);

	count(5, 2_800, 5_000);
	pulse.handleAnswer(true, 5_100);
	expect(said.filter((one) => one === "restart")).toHaveLength(2);
});

test("where nothing need come, silence means nothing", () => {
	for (let at = 0; at < 5_000; at += 200) pulse.handleCount(5, at, false);

	expect(said).toEqual([]);
});

test("packets again: heard again", () => {
	count(5, 0, 800);
	pulse.handleCount(6, 1_000, true);

	expect(said).toEqual(["silent", "ask", "heard"]);
});
