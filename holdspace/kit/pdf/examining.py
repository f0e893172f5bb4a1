"""Looks at a sealed PDF, range by range, and says what is no longer as it was sealed.

It needs no reader of PDFs for that: a file so damaged that none opens it is still examined.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import cms, tsp, x509
from pyhanko.sign.validation.generic_cms import (
    extract_certs_for_validation,
    validate_sig_integrity,
)

RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]")
# What can be wrong, by name.
NO_SEAL, PAGES, MARK, ADDED, CLOCK = "no seal", "pages", "seal", "added", "timestamp"


@dataclass(frozen=True)
class Seen:
    """What a file showed: its damage by name, and whose seal it is, by fingerprint."""

    damage: tuple[str, ...]
    certificate: str = ""
    # What a timestamp authority said, where one was asked.
    attested_at: datetime | None = None

    @property
    def intact(self) -> bool:
        return not self.damage


class Unreadable(Exception):
    """The seal is no longer one: its own bytes were changed."""


@dataclass(frozen=True)
class Cut:
    """A file cut where its seal says: what is under the seal, the seal itself, and what follows."""

    covered: bytes
    mark: bytes
    after: bytes


def examine(file: bytes) -> Seen:
    """Every change to a sealed file is noticed; the seal covers all of it but itself."""
    found = RANGE.search(file)
    if found is None:
        return Seen((NO_SEAL,))
    try:
        cut = _cut(file, *map(int, found.groups()))
        return _seen(cut, _signed_data(cut.mark))
    # Whatever a library says of bytes that somebody bent: the seal is broken.
    except Exception:
        return Seen((MARK,))


def _cut(file: bytes, start: int, first: int, second: int, length: int) -> Cut:
    if start != 0 or not first < second <= second + length <= len(file):
        raise Unreadable
    covered = file[:first] + file[second : second + length]
    return Cut(covered, file[first:second], file[second + length :])


def _signed_data(mark: bytes) -> cms.SignedData:
    """The signature between its angle brackets, spelled as it was written, with nothing but zeros behind."""
    spelled = mark[1:-1]
    raw = bytes.fromhex(spelled.decode("ascii"))
    content = cms.ContentInfo.load(raw)
    own = len(content.dump())
    if mark[:1] + mark[-1:] != b"<>" or raw.hex().upper().encode() != spelled or raw[own:].strip(b"\0"):
        raise Unreadable
    return content["content"]


def _seen(cut: Cut, signed: cms.SignedData) -> Seen:
    (signer,) = signed["signer_infos"]
    certificate = extract_certs_for_validation(signed).signer_cert
    digest = hashlib.sha256(cut.covered).digest()
    same, genuine = validate_sig_integrity(signer, certificate, "data", digest)
    attested_at, clock_is_right = _attested(signer)
    wrong = {PAGES: not same, MARK: not genuine, ADDED: bool(cut.after), CLOCK: not clock_is_right}
    return Seen(
        damage=tuple(kind for kind, so in wrong.items() if so),
        certificate=_fingerprint(certificate),
        attested_at=attested_at,
    )


def _fingerprint(certificate: x509.Certificate) -> str:
    return hashlib.sha256(certificate.dump()).hexdigest()


def _attested(signer: cms.SignerInfo) -> tuple[datetime | None, bool]:
    """What the authority's token says, and whether it is whole and about this very signature."""
    token = _token(signer)
    if token is None:
        return None, True
    content = token["encap_content_info"]["content"]
    said: tsp.TSTInfo = content.parsed
    imprint = said["message_imprint"]
    named = hashlib.new(imprint["hash_algorithm"]["algorithm"].native, signer["signature"].native).digest()
    (clerk,) = token["signer_infos"]
    digest = hashlib.new(clerk["digest_algorithm"]["algorithm"].native, bytes(content)).digest()
    certificate = extract_certs_for_validation(token).signer_cert
    same, genuine = validate_sig_integrity(clerk, certificate, "tst_info", digest)
    return said["gen_time"].native, same and genuine and imprint["hashed_message"].native == named


def _token(signer: cms.SignerInfo) -> Any:
    for attribute in signer["unsigned_attrs"]:
        if attribute["type"].native == "signature_time_stamp_token":
            return attribute["values"][0]["content"]
    return None
