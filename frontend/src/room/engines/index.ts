// Which engine carries a ticket.  Engines are split: one that isn't used is never downloaded.
import { live } from "../../live/index.ts";
import type { Call, Ticket } from "../call.ts";
import type { Refresh } from "./p2p.ts";

export async function openCall(ticket: Ticket, refresh: Refresh): Promise<Call> {
	switch (ticket.engine) {
		case "p2p": {
			const { P2pCall } = await import("./p2p.ts");
			return new P2pCall(ticket, live(ticket.socket), refresh);
		}
		default:
			throw new Error(`No engine carries ${String((ticket as { engine: unknown }).engine)}.`);
	}
}
