"""Keys and what is done with them: one key a purpose, AES-256-GCM for fields, HMAC-SHA256 for the rest.

The ring lives in a file outside the database (`config/env.py` reads it).  Losing it is losing
the data; whoever has database and ring has everything.
"""

import base64
import hmac
import secrets
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE = 12


class CannotOpen(Exception):
    """The stored value wasn't sealed with our keys for this very place."""


@dataclass(frozen=True)
class MacKey:
    """A key that only makes and checks codes."""

    secret: bytes

    def mac(self, data: bytes) -> bytes:
        """HMAC-SHA256 (RFC 2104), 32 bytes."""
        return hmac.digest(self.secret, data, "sha256")

    def text(self, data: bytes, length: int = 32) -> str:
        """The code as URL-safe text of `length` characters, six bits each."""
        return base64.urlsafe_b64encode(self.mac(data)).decode().rstrip("=")[:length]


class Ring:
    """Every key of this installation, by purpose."""

    @cached_property
    def _raw(self) -> dict[str, Any]:
        return settings.KEYS

    def _key(self, name: str) -> bytes:
        return base64.b64decode(self._raw[name])

    @cached_property
    def links(self) -> MacKey:
        return MacKey(self._key("links"))

    @cached_property
    def trail(self) -> MacKey:
        return MacKey(self._key("trail"))

    @cached_property
    def index(self) -> MacKey:
        return MacKey(self._key("index"))

    @cached_property
    def visits(self) -> MacKey:
        return MacKey(self._key("visits"))

    @cached_property
    def _fields(self) -> dict[str, AESGCM]:
        return {kid: AESGCM(base64.b64decode(key)) for kid, key in self._raw["fields"].items()}

    def seal(self, plain: bytes, place: str) -> str:
        """Encrypt for one place (`table.column.row`); the newest key's id is part of the result."""
        kid = self._raw["fields_current"]
        nonce = secrets.token_bytes(NONCE)
        sealed = nonce + self._fields[kid].encrypt(nonce, plain, place.encode())
        return f"{kid}:{base64.b64encode(sealed).decode()}"

    def open(self, stored: str, place: str) -> bytes:
        """Decrypt what `seal` made for the same place, or raise CannotOpen."""
        kid, _, body = stored.partition(":")
        try:
            raw = base64.b64decode(body)
            return self._fields[kid].decrypt(raw[:NONCE], raw[NONCE:], place.encode())
        except (KeyError, ValueError, InvalidTag) as wrong:
            raise CannotOpen(place.rpartition(".")[0]) from wrong


def new_ring() -> dict[str, Any]:
    """Fresh keys for a new installation, ready to be written as JSON."""

    def key() -> str:
        return base64.b64encode(secrets.token_bytes(32)).decode()

    named = {name: key() for name in ("links", "trail", "index", "visits", "django")}
    return named | {"fields": {"k1": key()}, "fields_current": "k1"}


keys = Ring()
