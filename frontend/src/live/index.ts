// The page's socket, shared by every script on it, and hints as events on `body`: htmx
// (`hx-trigger="participant.waiting from:body"`) and TypeScript hear the same thing.
import { LiveSocket } from "./socket.ts";

export type { Down, NoteBody, NoteKind, Present, Right, Role } from "./frames.ts";
export { LiveSocket };

const shared = globalThis as typeof globalThis & { holdspaceLive?: LiveSocket };

/** The one socket of this page.  `path` is used by whoever comes first; topics come from `data-watch`. */
export function live(path: string = document.body.dataset.live ?? "/live/?as=desk"): LiveSocket {
	shared.holdspaceLive ??= start(path);
	return shared.holdspaceLive;
}

function start(path: string): LiveSocket {
	const address = new URL(path, location.href);
	address.protocol = address.protocol.replace("http", "ws");
	const socket = new LiveSocket(address.href);
	socket.watch((document.body.dataset.watch ?? "").split(/\s+/));
	retell(socket);
	return socket;
}

/** Says everything the socket says again as DOM events: the hint's own name, and `live:*` for the rest. */
export function retell(socket: LiveSocket, to: EventTarget = document.body): void {
	const tell = (name: string, detail: unknown) => to.dispatchEvent(new CustomEvent(name, { detail }));
	// Whatever was said between the page's making and our listening is owed: asked for once we do listen.
	let owed = true;
	socket.on("resumed", () => {
		owed = true;
	});
	socket.on("frame", (frame) => {
		if (frame.type === "hint") tell(frame.name, frame.ids);
		else tell(`live:${frame.type}`, frame);
		if (frame.type !== "watching" || !owed) return;
		owed = false;
		tell("live:resumed", {});
	});
	socket.on("state", (state) => {
		document.documentElement.dataset.live = state;
		tell("live:state", state);
	});
}
