// Reading getStats: the few figures that recovery, quality and the safety words need.
import type { Facts } from "../call.ts";

export type Report = Map<string, Record<string, unknown>>;

export interface Reading extends Facts {
	packets: number;
	fingerprints: { ours: string; theirs: string } | null;
	/** Totals, for the differences that the next reading is about. */
	totals: { received: number; lost: number; concealed: number; samples: number };
}

type Row = Record<string, unknown>;

export function read(report: Report, before: Reading | null): Reading {
	const rows = [...report.values()];
	const transport = rows.find((row) => row.type === "transport");
	const pair = pairOf(report, rows, transport);
	const incoming = rows.filter((row) => row.type === "inbound-rtp");
	const audio = incoming.filter((row) => row.kind === "audio");
	const totals = {
		received: sum(incoming, "packetsReceived"),
		lost: sum(incoming, "packetsLost"),
		concealed: sum(audio, "concealedSamples") - sum(audio, "silentConcealedSamples"),
		samples: sum(audio, "totalSamplesReceived"),
	};
	const since = differences(totals, before?.totals);
	return {
		packets: numberOf(transport?.packetsReceived) ?? totals.received,
		fingerprints: fingerprints(report, transport),
		available: kilo(pair?.availableOutgoingBitrate),
		roundTrip: milli(pair?.currentRoundTripTime),
		lostOut: Math.max(
			0,
			...rows.filter((row) => row.type === "remote-inbound-rtp").map((row) => Number(row.fractionLost ?? 0)),
		),
		lostIn: share(since.lost, since.lost + since.received),
		concealed: share(since.concealed, since.samples),
		relayed: report.get(String(pair?.localCandidateId))?.candidateType === "relay",
		busy: rows.some((row) => row.type === "outbound-rtp" && row.qualityLimitationReason === "cpu"),
		totals,
	};
}

function pairOf(report: Report, rows: Row[], transport: Row | undefined): Row | undefined {
	const selected = transport && report.get(String(transport.selectedCandidatePairId));
	return (
		selected ??
		rows.find((row) => row.type === "candidate-pair" && row.nominated && row.state === "succeeded")
	);
}

/** Both ends' certificates as the browser itself saw them, not as anybody wrote them in an offer. */
function fingerprints(report: Report, transport: Row | undefined): Reading["fingerprints"] {
	const ours = report.get(String(transport?.localCertificateId))?.fingerprint;
	const theirs = report.get(String(transport?.remoteCertificateId))?.fingerprint;
	return typeof ours === "string" && typeof theirs === "string" ? { ours, theirs } : null;
}

function differences<T extends Record<string, number>>(now: T, before: T | undefined): T {
	const entries = Object.entries(now).map(([key, value]) => [key, value - (before?.[key] ?? 0)]);
	return Object.fromEntries(entries) as T;
}

function sum(rows: Row[], key: string): number {
	return rows.reduce((total, row) => total + Number(row[key] ?? 0), 0);
}

function share(part: number, whole: number): number {
	return whole > 0 ? Math.min(1, Math.max(0, part / whole)) : 0;
}

function numberOf(value: unknown): number | null {
	return typeof value === "number" ? value : null;
}

function kilo(value: unknown): number | null {
	return typeof value === "number" ? value / 1000 : null;
}

function milli(value: unknown): number | null {
	return typeof value === "number" ? value * 1000 : null;
}
