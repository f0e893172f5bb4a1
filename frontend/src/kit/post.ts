// A form post from script, as a browser would send it: same address, same checks, JSON for an answer.
export type Answer =
	| { ok: true; [fact: string]: unknown }
	| { ok: false; status: number; sentence: string; mayOverrule?: boolean };

/** Posts `fields`; never throws.  A refusal or a lost line comes back with its sentence ("" if there is none). */
export async function post(
	url: string,
	fields: Record<string, string> = {},
	init: RequestInit & { headers?: Record<string, string> } = {},
): Promise<Answer> {
	const headers = { Accept: "application/json", "X-CSRFToken": csrf(), ...init.headers };
	try {
		const body = new URLSearchParams(fields);
		const response = await fetch(url, { method: "POST", body, credentials: "same-origin", ...init, headers });
		const said = await read(response);
		if (response.ok) return { ...said, ok: true };
		const sentence = String(said.sentence ?? "");
		return { ok: false, status: response.status, sentence, mayOverrule: said.may_overrule === true };
	} catch {
		return { ok: false, status: 0, sentence: "" };
	}
}

/** Posts a form as it stands, with the button that was pressed. */
export function postForm(form: HTMLFormElement, pressed?: HTMLElement | null): Promise<Answer> {
	const fields: Record<string, string> = {};
	for (const [name, value] of new FormData(form)) if (typeof value === "string") fields[name] = value;
	if (pressed instanceof HTMLButtonElement && pressed.name) fields[pressed.name] = pressed.value;
	return post(form.action, fields);
}

async function read(response: Response): Promise<Record<string, unknown>> {
	const type = response.headers.get("Content-Type") ?? "";
	return type.includes("json") ? ((await response.json()) as Record<string, unknown>) : {};
}

/** The token of any form on the page, or of `<body data-csrf>`. */
function csrf(): string {
	const field = document.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]");
	return document.body.dataset.csrf ?? field?.value ?? "";
}
