// Why a browser gave no camera, in one word that the page has sentences for.
export type Trouble =
	| "blocked" // the person or a rule said no to this page
	| "blocked-by-system" // the computer or phone doesn't let this browser
	| "dismissed" // the question was closed without an answer
	| "busy" // another program has it
	| "missing" // there is none
	| "insecure" // no TLS, so no camera
	| "in-app" // a browser inside another app, without cameras
	| "unknown";

export type Browser =
	| "safari-ios"
	| "chrome-ios"
	| "safari-mac"
	| "chrome-android"
	| "samsung"
	| "firefox-android"
	| "firefox"
	| "edge"
	| "chrome"
	| "other";

/** Reads what getUserMedia threw. */
export function troubleOf(error: unknown): Trouble {
	const { name = "", message = "" } = (error ?? {}) as { name?: string; message?: string };
	switch (name) {
		case "NotAllowedError":
		case "SecurityError":
			if (/system/i.test(message)) return "blocked-by-system";
			return /dismissed/i.test(message) ? "dismissed" : "blocked";
		case "NotReadableError":
		case "AbortError":
		case "TrackStartError":
			return "busy";
		case "NotFoundError":
		case "DevicesNotFoundError":
		case "OverconstrainedError":
			return "missing";
		default:
			return "unknown";
	}
}

/** What can be known before asking: null if this browser may be asked. */
export function hopeless(
	secure: boolean = window.isSecureContext,
	devices: MediaDevices | undefined = navigator.mediaDevices,
	agent: string = navigator.userAgent,
): Trouble | null {
	if (typeof devices?.getUserMedia === "function") return null;
	if (!secure) return "insecure";
	return isInApp(agent) || /Mobile|Android/.test(agent) ? "in-app" : "unknown";
}

export function isInApp(agent: string = navigator.userAgent): boolean {
	return /FBAN|FBAV|Instagram|Line\/|GSA\/|MicroMessenger|Snapchat|; wv\)/.test(agent);
}

/** Which browser's own words the page should use. */
export function browserOf(
	agent: string = navigator.userAgent,
	touch: number = navigator.maxTouchPoints,
): Browser {
	const ios = /iPhone|iPad|iPod/.test(agent) || (/Macintosh/.test(agent) && touch > 1);
	if (ios) return /CriOS|FxiOS|EdgiOS/.test(agent) ? "chrome-ios" : "safari-ios";
	if (/SamsungBrowser/.test(agent)) return "samsung";
	if (/Firefox/.test(agent)) return /Android/.test(agent) ? "firefox-android" : "firefox";
	if (/Edg\//.test(agent)) return "edge";
	if (/Chrome|Chromium/.test(agent)) return /Android/.test(agent) ? "chrome-android" : "chrome";
	return /Safari/.test(agent) ? "safari-mac" : "other";
}
