// Test the service: devices, level, a call with oneself through the real socket, the same through the
// relay where there is one, and an honest sentence at the end.  All sentences stand in the page.
import { all, find, pause, readJson, show, showOnly } from "../kit/dom.ts";
import { post } from "../kit/post.ts";
import { live } from "../live/index.ts";
import { Devices } from "../room/devices.ts";
import { Level, playTone } from "../room/level.ts";
import { type LoopbackResult, loopback, type Mail } from "../room/loopback.ts";
import { gradeCall, type Part, type Parts, verdictOf } from "../room/verdict.ts";

interface Setup {
	/** The signed-in user's id: a note to oneself goes to the server and comes back. */
	me: string;
	iceServers: RTCIceServer[];
	policy: RTCIceTransportPolicy;
}

const LISTEN_FOR = 3_000;
const GREET_WITHIN = 5_000;
const root = find("[data-service]");

function showPart(name: keyof Parts, part: Part | "busy"): void {
	const row = root && find(`[data-test="${name}"]`, root);
	if (row) showOnly(all("[data-grade]", row), "grade", part);
}

function detail(name: keyof Parts, text: string): void {
	const place = root && find(`[data-test="${name}"] [data-detail]`, root);
	if (place) place.textContent = text;
}

function mailFor(me: string): Mail {
	const socket = live();
	return {
		send: (kind, body) => socket.note(me, me, kind, body),
		receive: (heard) =>
			socket.on(
				"frame",
				(frame) => frame.type === "note" && frame.from === me && heard(frame.kind, frame.body),
			),
	};
}

async function testDevices(devices: Devices): Promise<Pick<Parts, "camera" | "microphone">> {
	const level = new Level();
	let loudest = 0;
	level.on("level", (steps) => {
		loudest = Math.max(loudest, steps);
		drawLevel(steps);
	});
	await devices.start();
	level.listen(devices.track("audio"));
	await pause(LISTEN_FOR);
	level.stop();
	detail("camera", devices.track("video")?.label ?? "");
	detail("microphone", devices.track("audio")?.label ?? "");
	const heard = loudest >= 2 ? "ok" : "fair";
	return {
		camera: devices.track("video") ? "ok" : "bad",
		microphone: devices.track("audio") ? heard : "bad",
	};
}

function drawLevel(steps: number): void {
	const meter = root && find("[data-meter]", root);
	meter?.setAttribute("aria-valuenow", String(steps));
	for (const [at, bar] of [...(meter?.children ?? [])].entries()) bar.classList.toggle("is-on", at < steps);
}

/** Whether a note to ourselves comes back. */
async function testSignalling(mail: Mail): Promise<Part> {
	const run = crypto.randomUUID();
	const began = performance.now();
	return new Promise((resolve) => {
		const late = setTimeout(() => finish("bad"), GREET_WITHIN);
		const again = setInterval(() => mail.send("candidate", { run }), 500);
		const off = mail.receive((_kind, body) => {
			if (body.run !== run) return;
			detail("signalling", `${Math.round(performance.now() - began)} ms`);
			finish("ok");
		});
		const finish = (part: Part) => {
			clearTimeout(late);
			clearInterval(again);
			off();
			resolve(part);
		};
		mail.send("candidate", { run });
	});
}

function tell(name: keyof Parts, call: LoopbackResult): Part {
	const part = gradeCall(call);
	const figures = [
		call.roundTrip && `${Math.round(call.roundTrip)} ms`,
		call.available && `${Math.round(call.available)} kbit/s`,
	];
	detail(name, figures.filter(Boolean).join(", "));
	showPart(name, part);
	return part;
}

async function testCalls(
	setup: Setup,
	stream: MediaStream,
	mail: Mail,
): Promise<Pick<Parts, "direct" | "relay">> {
	const call = (policy: RTCIceTransportPolicy) =>
		loopback(
			{ iceServers: setup.iceServers, iceTransportPolicy: policy, bundlePolicy: "max-bundle" },
			stream,
			mail,
		);
	const direct: Part = setup.policy === "relay" ? "none" : tell("direct", await call("all"));
	showPart("direct", direct);
	const relay: Part = setup.iceServers.length === 0 ? "none" : tell("relay", await call("relay"));
	showPart("relay", relay);
	return { direct, relay };
}

async function run(setup: Setup): Promise<void> {
	if (!root) return;
	root.dataset.state = "running";
	for (const name of ["camera", "microphone", "signalling", "direct", "relay"] as const)
		showPart(name, "busy");
	showOnly(all("[data-verdict]", root), "verdict", "running");
	const devices = new Devices();
	const preview = find<HTMLVideoElement>("video[data-preview]", root);
	devices.on("picture", (picture) => {
		if (preview) preview.srcObject = picture;
	});
	const mail = mailFor(setup.me);
	const found = await testDevices(devices);
	showPart("camera", found.camera);
	showPart("microphone", found.microphone);
	const signalling = await testSignalling(mail);
	showPart("signalling", signalling);
	const nothing = { direct: "bad", relay: setup.iceServers.length ? "bad" : "none" } as const;
	const calls = signalling === "ok" ? await testCalls(setup, devices.stream, mail) : nothing;
	devices.stop();
	await conclude({ ...found, signalling, ...calls });
}

async function conclude(parts: Parts): Promise<void> {
	if (!root) return;
	const verdict = verdictOf(parts);
	for (const [name, part] of Object.entries(parts)) showPart(name as keyof Parts, part);
	showOnly(all("[data-verdict]", root), "verdict", verdict);
	root.dataset.state = verdict;
	const answer = await post(root.dataset.post ?? "", { verdict, parts: JSON.stringify(parts) });
	show(find("[data-not-kept]", root), !answer.ok);
}

const setup = readJson<Setup>("service");
if (root && setup) {
	for (const button of all<HTMLButtonElement>("[data-run]", root)) {
		button.addEventListener("click", () => {
			button.disabled = true;
			void run(setup).finally(() => {
				button.disabled = false;
			});
		});
	}
	find("[data-tone]", root)?.addEventListener("click", () => playTone());
}
