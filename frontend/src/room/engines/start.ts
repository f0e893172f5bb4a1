// How fast the first picture may be sent, before the browser has an estimate of its own.

/** Kilobits a second: what a modest picture needs, and what nearly every line of today carries. */
const START = 800;
const SLOW = new Set(["slow-2g", "2g", "3g"]);

/**
 * The other side's description, telling our encoder to begin at `START` instead of at the browser's
 * 300 kbit/s, which would drop the first frames or send them drop by drop.  On a line that is known
 * to be slow, and in a browser that knows nothing of it, the description says what it said.
 */
export function withStart(sdp: string, line = lineOf()): string {
	if (SLOW.has(line)) return sdp;
	return sdp.replace(
		/^a=rtpmap:(\d+) VP8\/90000\r?\n/gm,
		(found, codec) => `${found}a=fmtp:${codec} x-google-start-bitrate=${START}\r\n`,
	);
}

function lineOf(): string {
	const { connection } = navigator as Navigator & { connection?: { effectiveType?: string } };
	return connection?.effectiveType ?? "";
}
