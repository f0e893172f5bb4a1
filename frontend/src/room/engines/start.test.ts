import { expect, test } from "vitest";
import { withStart } from "./start.ts";

const SDP = "m=video 9 UDP/TLS/RTP/SAVPF 96 97\r\na=rtpmap:96 VP8/90000\r\na=rtpmap:97 rtx/90000\r\n";

test("a modest picture may begin at the rate it needs", () => {
	expect(withStart(SDP, "4g")).toContain("VP8/90000\r\na=fmtp:96 x-google-start-bitrate=800\r\na=rtpmap:97");
});

test("on a slow line the browser begins as low as it likes", () => {
	expect(withStart(SDP, "3g")).toBe(SDP);
});
