import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Warmth } from "./warmth.ts";

/** A sender that refuses the second of two changes made at the same time, as browsers do. */
class Sender {
	track: object | null = null;
	active = true;
	seen: string[] = [];
	#changing = false;
	getParameters(): { encodings: { active: boolean }[] } {
		return { encodings: [{ active: this.active }] };
	}
	async setParameters(said: { encodings: { active: boolean }[] }): Promise<void> {
		if (this.#changing) throw new Error("InvalidStateError");
		this.#changing = true;
		await Promise.resolve();
		this.active = said.encodings[0]?.active ?? true;
		this.#changing = false;
	}
	async replaceTrack(track: object | null): Promise<void> {
		this.seen.push(`${track ? "black" : "none"}, ${this.active ? "sending" : "silent"}`);
		this.track = track;
	}
}

const black = { stop: vi.fn() };
let sender: Sender;

function warmth(): Warmth {
	return new Warmth(sender as unknown as RTCRtpSender, { width: 64, height: 48 });
}

beforeEach(() => {
	vi.useFakeTimers();
	sender = new Sender();
	black.stop.mockClear();
	const canvas = {
		getContext: () => ({ fillRect: () => {} }),
		captureStream: () => ({ getVideoTracks: () => [black] }),
	};
	vi.stubGlobal("document", { createElement: () => canvas });
});

afterEach(() => {
	vi.useRealTimers();
	vi.unstubAllGlobals();
});

test("the encoder sees black frames and sends none, and the sender is given back", async () => {
	const warm = warmth();
	await warm.begin();
	expect([sender.track, sender.active]).toEqual([black, false]);

	await vi.advanceTimersByTimeAsync(1_000);

	expect(sender.seen).toEqual(["black, silent", "none, silent"]);
	expect([sender.track, sender.active, warm.unfinished]).toEqual([null, true, false]);
	expect(black.stop).toHaveBeenCalled();
});

test("cut short at any moment, the sender may send again", async () => {
	const warm = warmth();
	void warm.begin();
	await warm.end();

	expect([sender.track, sender.active, warm.unfinished]).toEqual([null, true, false]);
});

test("a browser without canvas streams is left as it is", async () => {
	vi.stubGlobal("document", { createElement: () => ({ getContext: () => null }) });
	const warm = warmth();
	await warm.begin();
	await warm.end();

	expect([sender.seen, sender.active, warm.unfinished]).toEqual([[], true, false]);
});
