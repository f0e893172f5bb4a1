import { expect, test } from "vitest";
import { whyOf } from "./ceremony.ts";

test("each way in which a device says no has a word", () => {
	expect(whyOf(new DOMException("", "NotAllowedError"))).toBe("cancelled");
	expect(whyOf(new DOMException("", "InvalidStateError"))).toBe("have");
	expect(whyOf(new DOMException("", "SecurityError"))).toBe("failed");
	expect(whyOf("nonsense")).toBe("failed");
});
