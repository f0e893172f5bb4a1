import { expect, test } from "vitest";
import { browserOf, hopeless, troubleOf } from "./trouble.ts";

test.each([
	["NotAllowedError", "Permission denied", "blocked"],
	["NotAllowedError", "Permission denied by system", "blocked-by-system"],
	["NotAllowedError", "Permission dismissed", "dismissed"],
	["NotReadableError", "Could not start video source", "busy"],
	["NotFoundError", "Requested device not found", "missing"],
	["TypeError", "", "unknown"],
])("%s (%s) is %s", (name, message, trouble) => {
	expect(troubleOf({ name, message })).toBe(trouble);
});

const IPHONE =
	"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1";

test.each([
	[IPHONE, 5, "safari-ios"],
	[
		"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15",
		5,
		"safari-ios",
	],
	[
		"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15",
		0,
		"safari-mac",
	],
	["Mozilla/5.0 (Linux; Android 14) Chrome/130.0 Mobile Safari/537.36", 5, "chrome-android"],
	["Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0", 0, "edge"],
	["Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", 0, "firefox"],
])("%s with %i touches is %s", (agent, touches, browser) => {
	expect(browserOf(agent, touches)).toBe(browser);
});

test("without TLS there is no camera to ask for", () => {
	expect(hopeless(false, undefined, IPHONE)).toBe("insecure");
	expect(hopeless(true, undefined, `${IPHONE} FBAN/FBIOS`)).toBe("in-app");
	expect(hopeless(true, { getUserMedia: () => {} } as unknown as MediaDevices, IPHONE)).toBeNull();
});
