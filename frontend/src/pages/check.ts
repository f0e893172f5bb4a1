// Camera, sound and network, tried before the day: the room's own check, and a call with oneself through the
// relay where there is one.  What came of it is one word, kept with the seat.
import { all, find, need, readJson, showOnly } from "../kit/dom.ts";
import { post } from "../kit/post.ts";
import { Check } from "../room/check.ts";
import { Devices } from "../room/devices.ts";
import { reached, relayed, worse } from "../room/network.ts";
import type { Part } from "../room/verdict.ts";

const root = need("[data-check]");
const devices = new Devices();
const check = new Check(root, devices);
const { checked = "", home = "/" } = root.dataset;
const WORDS: Partial<Record<Part, string>> = { bad: "no_network", fair: "slow_network" };
let network: Part = "none";
let sent = false;

async function tryNetwork(): Promise<void> {
	const { iceServers = [] } = readJson<{ iceServers: RTCIceServer[] }>("network") ?? {};
	const line = await reached("/healthz");
	network = line === "bad" ? line : worse(line, await relayed(iceServers, devices.stream));
	showOnly(all("[data-network]", root), "network", network);
}

/** Of what was found the worst is told: without sound nobody minds the line. */
async function finding(heardTone: boolean): Promise<string> {
	const found = await check.finding();
	if (found !== "ok" && found !== "sound_only") return found;
	if (!heardTone) return "no_speaker";
	return WORDS[network] ?? found;
}

async function keep(heardTone: boolean): Promise<void> {
	if (sent) return;
	sent = true;
	const answer = await post(checked, { found: await finding(heardTone) });
	sent = answer.ok;
	if (answer.ok) return location.assign(home);
	const notice = find("[data-refusal]", root);
	if (notice) notice.hidden = false;
}

check.on("ready", () => void keep(true));
const silent = find<HTMLButtonElement>("[data-no-tone]", root);
silent?.addEventListener("click", () => void keep(false));
if (silent) silent.disabled = false;
void check.start().then(tryNetwork);
