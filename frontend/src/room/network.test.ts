import { expect, test } from "vitest";
import { reached, relayed, worse } from "./network.ts";

test("the worse of two grades is told", () => {
	expect(worse("ok", "fair")).toBe("fair");
	expect(worse("bad", "ok")).toBe("bad");
	expect(worse("ok", "none")).toBe("ok");
});

test("a line that gives no answer is bad, whatever the reason", async () => {
	const lost = () => Promise.reject(new TypeError("lost"));
	expect(await reached("/healthz", lost)).toBe("bad");
});

test("an answer that comes late makes a slow line", async () => {
	const late = () => new Promise<Response>((done) => setTimeout(() => done(new Response()), 450));
	expect(await reached("/healthz", () => Promise.resolve(new Response()))).toBe("ok");
	expect(await reached("/healthz", async () => (await late()) && (await late()))).toBe("fair");
});

test("without a relay no trial call is made", async () => {
	expect(await relayed([], new MediaStream())).toBe("none");
});
