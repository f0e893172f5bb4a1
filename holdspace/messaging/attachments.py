"""A file that goes along with an e-mail."""

from __future__ import annotations

import base64
from dataclasses import dataclass


@dataclass(frozen=True)
class Attachment:
    """A file under a name.  `kind` is its media type with parameters: *text/calendar; method=REQUEST*.

    What isn't text is kept in base64, as the row behind it holds letters only; `body` is the file itself.
    """

    name: str
    kind: str
    text: str

    @classmethod
    def of(cls, name: str, kind: str, body: bytes) -> Attachment:
        """A file that isn't text."""
        return cls(name, kind, base64.b64encode(body).decode())

    @property
    def is_text(self) -> bool:
        return self.kind.startswith("text/")

    @property
    def body(self) -> bytes:
        return self.text.encode() if self.is_text else base64.b64decode(self.text)
