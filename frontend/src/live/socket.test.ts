import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { retell } from "./index.ts";
import { LiveSocket } from "./socket.ts";

class FakeServer {
	readyState = 1;
	sent: { type: string; [key: string]: unknown }[] = [];
	onmessage: ((event: { data: string }) => void) | null = null;
	onclose: ((event: { code: number }) => void) | null = null;
	onerror: (() => void) | null = null;
	send(text: string): void {
		this.sent.push(JSON.parse(text));
	}
	close(): void {
		this.readyState = 3;
	}
	says(frame: object): void {
		this.onmessage?.({ data: JSON.stringify(frame) });
	}
	dies(code = 1006): void {
		this.readyState = 3;
		this.onclose?.({ code });
	}
}

let servers: FakeServer[];
let socket: LiveSocket;

function newest(): FakeServer {
	const server = servers.at(-1);
	if (!server) throw new Error("nobody connected");
	return server;
}

beforeEach(() => {
	vi.useFakeTimers();
	servers = [];
	const make = () => {
		servers.push(new FakeServer());
		return newest() as unknown as WebSocket;
	};
	socket = new LiveSocket("ws://here/live/", make, () => 0.5);
});

afterEach(() => vi.useRealTimers());

test("what was asked for before the greeting is asked for after it", () => {
	socket.watch(["user:1"]);
	socket.join("s");
	expect(newest().sent).toEqual([]);

	newest().says({ type: "welcome" });

	expect(newest().sent).toEqual([
		{ type: "watch", topics: ["user:1"] },
		{ type: "join", session: "s" },
	]);
});

test("it comes back by itself, says again what it wants, and tells the page", () => {
	const resumed = vi.fn();
	socket.on("resumed", resumed);
	socket.watch(["user:1"]);
	newest().says({ type: "welcome" });
	expect(resumed).not.toHaveBeenCalled();

	newest().dies();
	vi.advanceTimersByTime(200);
	newest().says({ type: "welcome" });

	expect(servers).toHaveLength(2);
	expect(newest().sent).toEqual([{ type: "watch", topics: ["user:1"] }]);
	expect(resumed).toHaveBeenCalledTimes(1);
});

test("it waits longer after each failure, but in a room never long", () => {
	newest().says({ type: "welcome" });
	for (let failure = 0; failure < 6; failure++) {
		newest().dies();
		vi.advanceTimersByTime(10_000);
	}
	newest().dies();
	const before = servers.length;
	vi.advanceTimersByTime(5_000);
	expect(servers.length).toBe(before);

	vi.advanceTimersByTime(10_000);
	socket.join("s");
	newest().dies();
	const outside = servers.length;
	vi.advanceTimersByTime(600);
	expect(servers.length).toBe(outside + 1);
});

test("a page that was told to stay out stays out", () => {
	newest().dies(4401);
	vi.advanceTimersByTime(60_000);

	expect(servers).toHaveLength(1);
	expect(socket.state).toBe("out");
});

test("a socket over a vanished address never closes: unanswered, it is replaced", async () => {
	newest().says({ type: "welcome" });

	await vi.advanceTimersByTimeAsync(15_000 + 5_000);

	expect(servers).toHaveLength(2);
});

test("a ping is answered, or it isn't", async () => {
	newest().says({ type: "welcome" });
	const answered = socket.ping(450);
	newest().says({ type: "pong", n: 1 });
	const unanswered = socket.ping(450);
	await vi.advanceTimersByTimeAsync(500);

	expect(await answered).toBe(true);
	expect(await unanswered).toBe(false);
});

test("a note is sent now or not at all", () => {
	expect(socket.note("s", "p", "offer", {})).toBe(false);
	newest().says({ type: "welcome" });

	expect(socket.note("s", "p", "offer", {})).toBe(true);
	expect(newest().sent).toHaveLength(1);
});

test("a server that couldn't say what may be watched is asked again", () => {
	socket.watch(["user:1"]);
	newest().says({ type: "welcome" });
	newest().sent = [];

	newest().says({ type: "error", code: "try_again", session: null });
	vi.advanceTimersByTime(1_000);

	expect(newest().sent).toEqual([{ type: "watch", topics: ["user:1"] }]);
});

test("a page asks again for what it shows once it is really listening, and after every pause", () => {
	const asked = vi.fn();
	const page = new EventTarget();
	page.addEventListener("live:resumed", asked);
	retell(socket, page);
	socket.watch(["user:1"]);
	newest().says({ type: "welcome" });
	expect(asked).not.toHaveBeenCalled();

	newest().says({ type: "watching", topics: ["user:1"], refused: [] });
	newest().says({ type: "watching", topics: ["session:1"], refused: [] });
	expect(asked).toHaveBeenCalledTimes(1);

	newest().says({ type: "welcome" });
	newest().says({ type: "watching", topics: ["user:1"], refused: [] });
	expect(asked).toHaveBeenCalledTimes(2);
});
