// How good a line is, before there is anybody to talk to: how fast the practice answers, and whether a call
// gets through its relay.
import { loopback, type Mail } from "./loopback.ts";
import { gradeCall, type Part } from "./verdict.ts";

const SLOW_ANSWER = 800;
const ORDER: Part[] = ["none", "ok", "fair", "bad"];

export function worse(one: Part, other: Part): Part {
	return ORDER.indexOf(one) >= ORDER.indexOf(other) ? one : other;
}

/** The second answer counts: the first one may have had to open the line. */
export async function reached(address: string, ask: typeof fetch = fetch): Promise<Part> {
	try {
		await whole(address, ask);
		const began = performance.now();
		await whole(address, ask);
		return performance.now() - began > SLOW_ANSWER ? "fair" : "ok";
	} catch {
		return "bad";
	}
}

/** To its last byte: an answer that nobody reads leaves the line busy. */
async function whole(address: string, ask: typeof fetch): Promise<void> {
	const answer = await ask(address, { cache: "no-store" });
	await answer.arrayBuffer();
}

/** A call with oneself through the relay; `none` without a relay, or with nothing to send. */
export async function relayed(iceServers: RTCIceServer[], stream: MediaStream): Promise<Part> {
	if (iceServers.length === 0 || stream.getTracks().length === 0) return "none";
	const config = { iceServers, iceTransportPolicy: "relay", bundlePolicy: "max-bundle" } as const;
	return gradeCall(await loopback(config, stream, mailWithin()));
}

/** Notes from this page to itself: nobody has a seat in a room yet, so nothing goes through the server. */
function mailWithin(): Mail {
	const listening = new Set<Parameters<Mail["receive"]>[0]>();
	return {
		send: (kind, body) => {
			queueMicrotask(() => {
				for (const heard of listening) heard(kind, body);
			});
			return true;
		},
		receive: (heard) => {
			listening.add(heard);
			return () => listening.delete(heard);
		},
	};
}
