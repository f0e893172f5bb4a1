import { beforeEach, expect, test } from "vitest";
import { Connection } from "./connection.ts";

let connection: Connection;
let said: unknown[];

beforeEach(() => {
	connection = new Connection();
	said = [];
	connection.on("reconnecting", (state) => said.push(state));
});

test("before there was anything, nothing is missed", () => {
	connection.handleLine("making", 0);
	connection.handleTime(30_000);

	expect(said).toEqual([]);
});

test("within two seconds of silence it says reconnecting, and whose side it is on", () => {
	connection.handleLine("up", 0);
	connection.handlePresence(false, 900);
	connection.handleLine("silent", 1_000);
	connection.handleTime(1_900);

	expect(said).toEqual([{ side: "theirs", long: false }]);
});

test("without a socket the fault is on this side", () => {
	connection.handleLine("up", 0);
	connection.handleLine("silent", 1_000);
	connection.handleSocket(false, 1_100);
	connection.handleTime(2_000);

	expect(said).toEqual([{ side: "mine", long: false }]);
});

test("after a minute the agreed plan; then back, once", () => {
	connection.handleLine("up", 0);
	connection.handleLine("silent", 1_000);
	connection.handleTime(61_500);
	connection.handleLine("up", 62_000);
	connection.handleTime(63_000);

	expect(said).toEqual([{ side: "between", long: true }, null]);
});

test("a closed socket alone is no reason for alarm", () => {
	connection.handleLine("up", 0);
	connection.handleSocket(false, 100);
	connection.handleTime(20_000);

	expect(said).toEqual([]);
});
