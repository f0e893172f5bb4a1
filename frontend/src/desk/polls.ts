// What htmx asks without a person having pressed anything is marked as a poll.
import { POLL } from "../kit/poll.ts";
import type { LiveSocket } from "../live/index.ts";

const SLOWLY = 20_000;

interface Config {
	ctx: { sourceEvent?: Event; request: { headers: Record<string, string>; method?: string } };
}

/** Marks every htmx request that a hint, a timer or the page's loading caused. */
export function markPolls(): void {
	document.addEventListener("htmx:config:request", (event) => {
		const { ctx } = (event as CustomEvent<Config>).detail;
		if (!ctx.sourceEvent?.isTrusted && ctx.request.method !== "POST") ctx.request.headers[POLL] = "1";
	});
}

/** Says `live:resumed` slowly while there is no socket: fragments ask again by themselves. */
export function pollWithoutSocket(socket: LiveSocket): void {
	setInterval(() => {
		if (socket.state === "open" || socket.state === "out" || document.hidden) return;
		document.body.dispatchEvent(new CustomEvent("live:resumed", { detail: {} }));
	}, SLOWLY);
}
