"""A device that keeps passkeys, in a few lines: it makes a key, signs, and answers as a browser would."""

import json
import os
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256, Hash
from django.test import Client as Browser
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

ORIGIN = "http://localhost"
FLAG = AuthenticatorData.FLAG


def at_localhost(browser: Browser) -> Browser:
    """The same browser, at an address that can use passkeys."""
    browser.defaults["HTTP_HOST"] = "localhost"
    return browser


class Device:
    """One passkey, and the finger that opens it; `checks_who=False`: it only asks to be touched."""

    def __init__(self, *, checks_who: bool = True) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = os.urandom(16)
        self.user = ""
        self.flags = FLAG.UP | (FLAG.UV if checks_who else 0)

    def makes(self, options: dict[str, Any]) -> str:
        """The answer to what a page asks when a passkey is made."""
        asked = options["publicKey"]
        self.user = asked["user"]["id"]
        kept = AttestedCredentialData.create(
            Aaguid(bytes(16)), self.id, ES256.from_cryptography_key(self.key.public_key())
        )
        about = AuthenticatorData.create(
            digest(asked["rp"]["id"].encode()), self.flags | FLAG.AT, 0, bytes(kept)
        )
        made = AttestationObject.create("none", about, {})
        return self._answer("webauthn.create", asked, {"attestationObject": websafe_encode(bytes(made))})

    def opens(self, options: dict[str, Any]) -> str:
        """The answer to what a page asks when somebody signs in."""
        asked = options["publicKey"]
        about = AuthenticatorData.create(digest(asked["rpId"].encode()), self.flags, 0)
        signed = self.key.sign(bytes(about) + digest(self._said("webauthn.get", asked)), ec.ECDSA(SHA256()))
        return self._answer(
            "webauthn.get",
            asked,
            {
                "authenticatorData": websafe_encode(bytes(about)),
                "signature": websafe_encode(signed),
                "userHandle": self.user,
            },
        )

    def _said(self, what: str, asked: dict[str, Any]) -> bytes:
        said = {"type": what, "challenge": asked["challenge"], "origin": ORIGIN, "crossOrigin": False}
        return json.dumps(said).encode()

    def _answer(self, what: str, asked: dict[str, Any], response: dict[str, Any]) -> str:
        said = {"clientDataJSON": websafe_encode(self._said(what, asked))} | response
        of_key = {"id": websafe_encode(self.id), "rawId": websafe_encode(self.id), "type": "public-key"}
        return json.dumps(of_key | {"response": said, "clientExtensionResults": {"credProps": {"rk": True}}})


def digest(said: bytes) -> bytes:
    hashed = Hash(SHA256())
    hashed.update(said)
    return hashed.finalize()
