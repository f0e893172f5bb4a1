// What a passkey's ceremony carries, between the server's letters (base64url in JSON) and the browser's bytes.
// Browsers learned to do this themselves only lately; ours reach further back.

/** As the server writes them: bytes are base64url. */
export interface Described {
	type: PublicKeyCredentialType;
	id: string;
	transports?: AuthenticatorTransport[];
}

export type NewOptions = Omit<
	PublicKeyCredentialCreationOptions,
	"challenge" | "user" | "excludeCredentials"
> & {
	challenge: string;
	user: { id: string; name: string; displayName: string };
	excludeCredentials?: Described[];
};

export type KnownOptions = Omit<PublicKeyCredentialRequestOptions, "challenge" | "allowCredentials"> & {
	challenge: string;
	allowCredentials?: Described[];
};

export function bytesOf(letters: string): Uint8Array<ArrayBuffer> {
	const plain = letters.replace(/-/g, "+").replace(/_/g, "/");
	return Uint8Array.from(atob(plain), (letter) => letter.charCodeAt(0));
}

export function lettersOf(bytes: ArrayBuffer): string {
	const text = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join("");
	return btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

export function readNew(said: NewOptions): PublicKeyCredentialCreationOptions {
	return {
		...said,
		challenge: bytesOf(said.challenge),
		user: { ...said.user, id: bytesOf(said.user.id) },
		excludeCredentials: said.excludeCredentials?.map(readDescribed),
	};
}

export function readKnown(said: KnownOptions): PublicKeyCredentialRequestOptions {
	return {
		...said,
		challenge: bytesOf(said.challenge),
		allowCredentials: said.allowCredentials?.map(readDescribed),
	};
}

function readDescribed(said: Described): PublicKeyCredentialDescriptor {
	return { ...said, id: bytesOf(said.id) };
}

/** The browser's answer, as the server reads it. */
export function write(credential: PublicKeyCredential): Record<string, unknown> {
	return {
		id: credential.id,
		rawId: lettersOf(credential.rawId),
		type: credential.type,
		authenticatorAttachment: credential.authenticatorAttachment,
		clientExtensionResults: credential.getClientExtensionResults(),
		response: writeResponse(credential.response),
	};
}

function writeResponse(response: AuthenticatorResponse): Record<string, unknown> {
	const clientDataJSON = lettersOf(response.clientDataJSON);
	if ("attestationObject" in response) {
		const made = response as AuthenticatorAttestationResponse;
		return {
			clientDataJSON,
			attestationObject: lettersOf(made.attestationObject),
			transports: made.getTransports?.() ?? [],
		};
	}
	const used = response as AuthenticatorAssertionResponse;
	return {
		clientDataJSON,
		authenticatorData: lettersOf(used.authenticatorData),
		signature: lettersOf(used.signature),
		userHandle: used.userHandle ? lettersOf(used.userHandle) : null,
	};
}
