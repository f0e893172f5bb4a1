import { expect, test } from "vitest";
import { bytesOf, lettersOf, readKnown, readNew } from "./letters.ts";

test("bytes come back as they went, with the letters of an address", () => {
	const bytes = Uint8Array.from([0, 1, 250, 251, 252, 253, 254, 255]);

	const letters = lettersOf(bytes.buffer);

	expect(letters).toMatch(/^[A-Za-z0-9_-]+$/);
	expect([...bytesOf(letters)]).toEqual([...bytes]);
});

test("what the server wrote is bytes where the browser wants bytes, and the rest as it was", () => {
	const user = { id: "AQI", name: "a@example.org", displayName: "A" };
	const said = { challenge: "AAE", user, rp: { name: "Holdspace" }, pubKeyCredParams: [], timeout: 9 };

	const read = readNew(said);

	expect([...(read.user.id as Uint8Array)]).toEqual([1, 2]);
	expect(read.user.displayName).toBe("A");
	expect(read.timeout).toBe(9);
});

test("nobody's passkeys are named where anybody's is welcome", () => {
	expect(readKnown({ challenge: "AAE" }).allowCredentials).toBeUndefined();
	const read = readKnown({ challenge: "AAE", allowCredentials: [{ type: "public-key", id: "Aw" }] });

	const [named] = read.allowCredentials ?? [];
	expect(named && [...(named.id as Uint8Array)]).toEqual([3]);
});
