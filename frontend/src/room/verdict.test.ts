import { expect, test } from "vitest";
import { type Parts, verdictOf } from "./verdict.ts";

const FINE: Parts = { camera: "ok", microphone: "ok", signalling: "ok", direct: "ok", relay: "ok" };

test.each<[Partial<Parts>, string]>([
	[{}, "ready"],
	[{ relay: "none" }, "one-network"],
	[{ relay: "bad" }, "relay-failed"],
	[{ relay: "fair" }, "ready-slow"],
	[{ direct: "none" }, "ready"],
	[{ direct: "bad" }, "ready"],
	[{ direct: "bad", relay: "none" }, "no-call"],
	[{ camera: "bad" }, "no-picture"],
	[{ microphone: "bad", relay: "none" }, "no-sound"],
	[{ signalling: "bad", direct: "bad", relay: "bad" }, "no-signalling"],
])("%j makes %s", (parts, verdict) => {
	expect(verdictOf({ ...FINE, ...parts })).toBe(verdict);
});
