// Every desk page: the socket, htmx, and whatever must reach a person who looks elsewhere.
import htmx from "htmx.org";
import { startFinder } from "../desk/finder.ts";
import { startSmallParts } from "../desk/parts.ts";
import { markPolls, pollWithoutSocket } from "../desk/polls.ts";
import { startPresence } from "../desk/presence.ts";
import { startPulse } from "../desk/pulse.ts";
import { startSignedOut } from "../desk/signed_out.ts";
import { live } from "../live/index.ts";

Object.assign(globalThis, { htmx });
markPolls();
if (document.body.dataset.watch) {
	pollWithoutSocket(live());
	startPulse();
	startSignedOut();
	startPresence();
}
startSmallParts();
startFinder();
