// The two turns: the server's challenge, the device's answer.  Whatever stops it has a word, and the page its sentence.
import { post, postForm } from "../kit/post.ts";
import { type KnownOptions, type NewOptions, readKnown, readNew, write } from "./letters.ts";

export type Why = "cancelled" | "have" | "failed" | "lost" | "said";
export type Outcome = { to: string } | { why: Why; sentence: string };
type Challenge = { publicKey: NewOptions & KnownOptions };

export function isPossible(): boolean {
	return isSecureContext && "credentials" in navigator && "PublicKeyCredential" in globalThis;
}

/** Goes through both turns for this form; never throws. */
export async function perform(form: HTMLFormElement): Promise<Outcome> {
	const asked = await post(form.dataset.ask ?? "");
	if (!asked.ok) return declined(asked);
	if (asked.to) return { to: String(asked.to) };
	try {
		const credential = await answer(form, asked.options as Challenge);
		if (!credential) return { why: "cancelled", sentence: "" };
		return await send(form, credential);
	} catch (error) {
		return { why: whyOf(error), sentence: "" };
	}
}

function answer(form: HTMLFormElement, { publicKey }: Challenge): Promise<Credential | null> {
	return form.dataset.passkey === "new"
		? navigator.credentials.create({ publicKey: readNew(publicKey) })
		: navigator.credentials.get({ publicKey: readKnown(publicKey) });
}

async function send(form: HTMLFormElement, credential: Credential): Promise<Outcome> {
	const field = form.elements.namedItem("credential") as HTMLInputElement;
	field.value = JSON.stringify(write(credential as PublicKeyCredential));
	const said = await postForm(form);
	if (!said.ok) return declined(said);
	// An answer that leads nowhere was a page: the sign-in had ended on the way, and that page says so.
	return { to: String(said.to ?? location.href) };
}

function declined(said: { status: number; sentence: string }): Outcome {
	if (said.sentence) return { why: "said", sentence: said.sentence };
	return { why: said.status === 0 ? "lost" : "failed", sentence: "" };
}

export function whyOf(error: unknown): Why {
	const name = error instanceof Error ? error.name : "";
	if (name === "NotAllowedError" || name === "AbortError") return "cancelled";
	return name === "InvalidStateError" ? "have" : "failed";
}
