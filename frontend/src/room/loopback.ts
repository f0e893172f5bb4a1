// A call with oneself: two connections on one page, whose offers and answers travel to the server and
// back like any other, and whose picture is decoded at the end.
import type { NoteBody, NoteKind } from "../live/frames.ts";
import { Peer } from "./engines/peer.ts";
import { type Report, read } from "./engines/report.ts";

export interface LoopbackResult {
	ok: boolean;
	relayed: boolean;
	roundTrip: number | null;
	/** Kilobits a second that the line would carry, as far as the browser could tell in so short a time. */
	available: number | null;
}

export interface Mail {
	/** Sends a note to this very page through the server. */
	send: (kind: NoteKind, body: NoteBody) => boolean;
	/** Calls back for each note that came home, until the function it returns is called. */
	receive: (heard: (kind: NoteKind, body: NoteBody) => void) => () => void;
}

const CONNECT_WITHIN = 10_000;
const FRAMES_WITHIN = 5_000;
const WATCH_FOR = 2_500;
const LOOK_EVERY = 100;

export async function loopback(
	config: RTCConfiguration,
	stream: MediaStream,
	mail: Mail,
): Promise<LoopbackResult> {
	const run = crypto.randomUUID().slice(0, 8);
	const send = (to: "near" | "far") => (kind: NoteKind, body: NoteBody) =>
		mail.send(kind, { ...body, run, to });
	const near = new Peer({ offers: true, config: () => config, send: send("far") });
	const far = new Peer({ offers: false, config: () => config, send: send("near") });
	const off = mail.receive((kind, body) => {
		if (body.run === run) void (body.to === "far" ? far : near).handleNote(kind, body);
	});
	try {
		return await converse(near, far, stream);
	} finally {
		off();
		near.close();
		far.close();
	}
}

async function converse(near: Peer, far: Peer, stream: MediaStream): Promise<LoopbackResult> {
	const failed = { ok: false, relayed: false, roundTrip: null, available: null };
	near.handlePresent();
	far.handlePresent();
	await near.attach({ audio: stream.getAudioTracks()[0] ?? null, video: stream.getVideoTracks()[0] ?? null });
	if (!(await until(async () => near.up && far.up, CONNECT_WITHIN))) return failed;
	if (!(await until(async () => received(far), FRAMES_WITHIN))) return failed;
	await until(async () => false, WATCH_FOR);
	const report = await near.pc?.getStats();
	if (!report) return failed;
	const { relayed, roundTrip, available } = read(report as unknown as Report, null);
	return { ok: true, relayed, roundTrip, available };
}

/** Something was decoded, not only carried. */
async function received(far: Peer): Promise<boolean> {
	const rows = [...((await far.pc?.getStats())?.values() ?? [])] as Record<string, unknown>[];
	return rows.some(
		(row) =>
			row.type === "inbound-rtp" &&
			(Number(row.framesDecoded) > 2 || Number(row.totalSamplesReceived) > 4_800),
	);
}

async function until(met: () => Promise<boolean>, within: number): Promise<boolean> {
	const end = performance.now() + within;
	while (performance.now() < end) {
		if (await met()) return true;
		await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
	}
	return false;
}
