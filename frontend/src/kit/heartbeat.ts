// A sign of life from an open room: *away* is the server's to decide, and it needs to hear something.
import { post } from "./post.ts";

const EVERY = 45_000;

export function keepAlive(url: string | undefined): () => void {
	if (!url) return () => {};
	// At once: from now on somebody is here, and the record says so.
	void post(url);
	const timer = setInterval(() => void post(url), EVERY);
	return () => clearInterval(timer);
}
