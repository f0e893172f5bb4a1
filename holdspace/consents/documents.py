"""The document of a signature: one file that needs nothing else, kept as bytes with their SHA-256."""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string

from holdspace.consents import appointment, fields, refusals, texts
from holdspace.consents.marks import Mark
from holdspace.consents.models import Consent, ConsentVersion
from holdspace.kit.crypto import CannotOpen


@dataclass(frozen=True)
class Document:
    """What the client saw and signed, byte for byte."""

    body: bytes

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.body).hexdigest()

    @property
    def stored(self) -> str:
        """As text, for the sealed column."""
        return base64.b64encode(self.body).decode()


def signed(consent: Consent, mark: Mark, facts: dict[str, Any], at: datetime) -> Document:
    """The rendered document of this signature."""
    version = consent.version
    said = {
        "consent": consent,
        "practice": consent.practice,
        "version": version,
        "mark": mark,
        "facts": facts,
        "begins": appointment.begins(facts),
        "way": appointment.way(facts),
        "at": at,
        "zone": consent.time_zone,
        **texts.page_of(version, fields.of_seat(consent.seat, at)),
    }
    return Document(render_to_string("consents/document.html", said).encode())


def read(consent: Consent) -> Document:
    """The kept document, or DocumentChanged unless its bytes are those that were signed."""
    try:
        document = Document(base64.b64decode(consent.document, validate=True))
    except (CannotOpen, ValueError) as wrong:
        raise refusals.DocumentChanged from wrong
    if not hmac.compare_digest(document.digest, consent.document_digest):
        raise refusals.DocumentChanged
    return document


def digest_of(text: str, script: str, disclosure: str) -> str:
    """The fingerprint of a version: over all three texts, so that none can be swapped."""
    joined = "\0".join((text, script, disclosure))
    return hashlib.sha256(joined.encode()).hexdigest()


def is_whole(version: ConsentVersion) -> bool:
    """Whether a published version is still what was published."""
    return version.digest == digest_of(version.text, version.script, version.disclosure)
