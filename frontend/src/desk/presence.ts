// A person who types for long asks the server nothing: tell it, seldom, that somebody is here.
import { post } from "../kit/post.ts";

const SELDOM = 2 * 60_000;
const SIGNS = ["keydown", "pointerdown", "wheel", "touchstart"] as const;

export function startPresence(path = "/here", now: () => number = Date.now): void {
	let told = now();
	const tell = () => {
		if (now() - told < SELDOM) return;
		told = now();
		void post(path);
	};
	for (const sign of SIGNS) addEventListener(sign, tell, { passive: true, capture: true });
}
