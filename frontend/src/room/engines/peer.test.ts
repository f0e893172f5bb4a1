import { beforeEach, expect, test } from "vitest";
import type { NoteBody, NoteKind } from "../../live/frames.ts";
import { Peer } from "./peer.ts";

/** Just enough of a connection to negotiate: states, descriptions, and who asked for what. */
class Connection {
	static all: Connection[] = [];
	signalingState: RTCSignalingState = "stable";
	connectionState: RTCPeerConnectionState = "new";
	localDescription: { type: string; sdp: string } | null = null;
	remoteDescription: { type: string; sdp: string } | null = null;
	onnegotiationneeded: (() => void) | null = null;
	onicecandidate: unknown = null;
	onconnectionstatechange: unknown = null;
	ontrack: unknown = null;
	restarts = 0;
	closed = false;
	/** In the middle of an answer: closed then, it never says it is done. */
	static stuck = false;
	#count = 0;
	constructor(readonly number: number) {
		Connection.all.push(this);
	}
	addTransceiver(): { sender: { replaceTrack: () => Promise<void> } } {
		queueMicrotask(() => this.onnegotiationneeded?.());
		return { sender: { replaceTrack: async () => {} } };
	}
	getTransceivers(): [] {
		return [];
	}
	setConfiguration(): void {}
	restartIce(): void {
		this.restarts++;
		if (this.signalingState === "stable") queueMicrotask(() => this.onnegotiationneeded?.());
	}
	async setLocalDescription(): Promise<void> {
		const type = this.signalingState === "have-remote-offer" ? "answer" : "offer";
		this.localDescription = { type, sdp: `${this.number}.${++this.#count}` };
		this.signalingState = type === "offer" ? "have-local-offer" : "stable";
	}
	async setRemoteDescription(description: { type: string; sdp: string }): Promise<void> {
		if (Connection.stuck && description.type === "answer") await new Promise<never>(() => {});
		this.remoteDescription = description;
		this.signalingState = description.type === "offer" ? "have-remote-offer" : "stable";
	}
	async addIceCandidate(): Promise<void> {}
	close(): void {
		this.closed = true;
	}
}

type Sent = { from: string; kind: NoteKind; body: NoteBody };

let sent: Sent[];
let deliver: boolean;

function make(): RTCPeerConnection {
	return new Connection(Connection.all.length) as unknown as RTCPeerConnection;
}

function pair(): { osei: Peer; rosa: Peer } {
	const post = (from: string, to: () => Peer) => (kind: NoteKind, body: NoteBody) => {
		sent.push({ from, kind, body });
		if (deliver) void to().handleNote(kind, structuredClone(body));
		return true;
	};
	const osei: Peer = new Peer({ offers: true, config: () => ({}), make, send: post("osei", () => rosa) });
	const rosa: Peer = new Peer({ offers: false, config: () => ({}), make, send: post("rosa", () => osei) });
	return { osei, rosa };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 20));
const state = (peer: Peer) => peer.pc?.signalingState;
const kinds = () => sent.map(({ from, kind, body }) => `${from} ${body.sdp ? kind : "hello"}`);

beforeEach(() => {
	Object.assign(globalThis, { MediaStream: class {} });
	Connection.all = [];
	Connection.stuck = false;
	sent = [];
	deliver = true;
});

test("the side that offers does, the other answers", async () => {
	const { osei, rosa } = pair();
	osei.handlePresent();
	rosa.handlePresent();
	await settle();

	expect([state(osei), state(rosa)]).toEqual(["stable", "stable"]);
	expect(kinds()).toContain("osei offer");
	expect(kinds()).toContain("rosa answer");
	expect(osei.pair).toBe(rosa.pair);
});

test("the client's reload is met with a fresh connection", async () => {
	const { osei, rosa } = pair();
	osei.handlePresent();
	rosa.handlePresent();
	await settle();
	const before = osei.pc;

	rosa.reset();
	await settle();

	expect(osei.pc).not.toBe(before);
	expect((before as unknown as Connection).closed).toBe(true);
	expect([state(osei), state(rosa)]).toEqual(["stable", "stable"]);
	expect(osei.pair).toBe(rosa.pair);
});

test("the clinician's reload too", async () => {
	const { osei, rosa } = pair();
	osei.handlePresent();
	rosa.handlePresent();
	await settle();
	const before = rosa.pc;

	osei.reset();
	await settle();

	expect(rosa.pc).not.toBe(before);
	expect([state(osei), state(rosa)]).toEqual(["stable", "stable"]);
	expect(osei.pair).toBe(rosa.pair);
});

test("a socket that only came back changes no connection", async () => {
	const { osei, rosa } = pair();
	osei.handlePresent();
	rosa.handlePresent();
	await settle();
	const before = [osei.pc, rosa.pc];

	rosa.handleResumed();
	osei.handlePresent();
	osei.handleResumed();
	rosa.handlePresent();
	await settle();

	expect([osei.pc, rosa.pc]).toEqual(before);
});

test("an offer lost with a socket is sent again when it is back", async () => {
	const { osei, rosa } = pair();
	osei.handlePresent();
	rosa.handlePresent();
	await settle();
	deliver = false;
	osei.restart();
	await settle();
	expect(state(osei)).toBe("have-local-offer");

	deliver = true;
	osei.handleResumed();
	await settle();

	expect([state(osei), state(rosa)]).toEqual(["stable", "stable"]);
});

test("when both offer at once the client yields", async () => {
	const { osei, rosa } = pair();
	osei.handlePresent();
	rosa.handlePresent();
	await settle();

	osei.restart();
	rosa.restart();
	await settle();

	expect([state(osei), state(rosa)]).toEqual(["stable", "stable"]);
});

test("what was meant for a connection before is let fall", async () => {
	const { osei, rosa } = pair();
	osei.handlePresent();
	rosa.handlePresent();
	await settle();
	const stale = sent.find(({ kind, body }) => kind === "answer" && body.sdp)?.body ?? {};
	osei.reset();
	await settle();
	const now = osei.pair;

	await osei.handleNote("answer", stale);

	expect(osei.pair).toBe(now);
	expect(state(osei)).toBe("stable");
});

test("a standby that rests isn't woken by a greeting, but by an offer", async () => {
	const { osei, rosa } = pair();
	osei.handlePresent();
	rosa.handlePresent();
	await settle();
	osei.rest();
	rosa.rest();

	rosa.handlePresent();
	osei.handleResumed();
	await settle();
	expect([osei.pc, rosa.pc]).toEqual([null, null]);

	osei.reset();
	await settle();
	expect([state(osei), state(rosa)]).toEqual(["stable", "stable"]);
	expect(osei.pair).toBe(rosa.pair);
});

test("a connection given up in the middle of an answer doesn't hold up the next", async () => {
	const { osei, rosa } = pair();
	Connection.stuck = true;
	osei.handlePresent();
	rosa.handlePresent();
	await settle();
	expect(state(osei)).toBe("have-local-offer");

	Connection.stuck = false;
	osei.reset();
	await settle();

	expect([state(osei), state(rosa)]).toEqual(["stable", "stable"]);
	expect(osei.pair).toBe(rosa.pair);
});

test("after a pause of the socket a connection that doesn't stand yet has its patience anew", async () => {
	const { osei } = pair();
	osei.handlePresent();
	const before = osei.startedAt;
	await settle();

	osei.handleResumed();

	expect(osei.startedAt).toBeGreaterThan(before);
});

test("an answer to an offer before is no answer to the last", async () => {
	const { osei, rosa } = pair();
	osei.handlePresent();
	rosa.handlePresent();
	await settle();
	const late = sent.findLast(({ kind, body }) => kind === "answer" && body.sdp)?.body ?? {};
	deliver = false;
	osei.restart();
	await settle();

	await osei.handleNote("answer", late);
	expect(state(osei)).toBe("have-local-offer");

	deliver = true;
	osei.handleResumed();
	await settle();
	expect([state(osei), state(rosa)]).toEqual(["stable", "stable"]);
});

test("an offer that comes twice has one answer, said twice", async () => {
	const { osei, rosa } = pair();
	osei.handlePresent();
	rosa.handlePresent();
	await settle();
	const offer = sent.find(({ kind, body }) => kind === "offer" && body.sdp)?.body ?? {};
	const answers = () => sent.filter(({ kind, body }) => kind === "answer" && body.sdp);

	const before = answers().length;

	await rosa.handleNote("offer", { ...offer, for: null });

	expect(answers()).toHaveLength(before + 1);
	expect(new Set(answers().map(({ body }) => body.sdp)).size).toBe(1);
});
