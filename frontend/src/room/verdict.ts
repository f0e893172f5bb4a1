// What *Test the service* may honestly say.  Ready means: a call through the relay was made.
export type Part = "ok" | "fair" | "bad" | "none";

export interface Parts {
	camera: Part;
	microphone: Part;
	/** Notes went to the server and came back. */
	signalling: Part;
	/** A loop-back call as the browser would make it by itself. */
	direct: Part;
	/** The same through the relay; `none` where none is configured. */
	relay: Part;
}

export type Verdict =
	| "ready"
	| "ready-slow"
	| "one-network"
	| "no-sound"
	| "no-picture"
	| "no-signalling"
	| "no-call"
	| "relay-failed";

/** Worst first: what stops every call before what stops some. */
export function verdictOf(parts: Parts): Verdict {
	if (parts.signalling === "bad") return "no-signalling";
	if (parts.microphone === "bad") return "no-sound";
	if (parts.relay === "bad") return "relay-failed";
	if (parts.direct === "bad" && parts.relay !== "ok" && parts.relay !== "fair") return "no-call";
	if (parts.relay === "none") return "one-network";
	if (parts.camera === "bad") return "no-picture";
	return parts.relay === "fair" || parts.direct === "fair" ? "ready-slow" : "ready";
}

const SLOW_LINE = 600;
const SLOW_ANSWER = 400;

export function gradeCall(call: { ok: boolean; roundTrip: number | null; available: number | null }): Part {
	if (!call.ok) return "bad";
	const slow = (call.available ?? SLOW_LINE) < SLOW_LINE || (call.roundTrip ?? 0) > SLOW_ANSWER;
	return slow ? "fair" : "ok";
}
