"""Is an answer still as it was given?  Its sealed file, its row, its text and its entries, each by name."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.conf import settings

from holdspace.audit import queries as trails
from holdspace.audit import seal as seals
from holdspace.audit.heads import Published
from holdspace.audit.models import Entry
from holdspace.audit.verify import Walk
from holdspace.consents import columns, documents, evidence, refusals
from holdspace.consents.actions.papers import file_of
from holdspace.consents.models import Consent, ConsentVersion, Paper
from holdspace.kit.pdf import certificate, examining

NUMBER = re.compile(re.escape(evidence.NAMED.format(pk="")).encode() + rb"([0-9a-f-]{36})")
DAMAGE = {
    examining.NO_SEAL: "There is no seal in this file.",
    examining.PAGES: "The pages were altered after they were sealed.",
    examining.MARK: "The seal itself was altered.",
    examining.ADDED: "Something was added behind the seal.",
    examining.CLOCK: "The timestamp authority's word was altered, or is about something else.",
}


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: which, whether it is as it was, and a sentence."""

    part: str
    good: bool
    sentence: str


def number_in(file: bytes) -> UUID | None:
    """Which answer a file says it is about, in its plain bytes."""
    found = NUMBER.search(file)
    try:
        return UUID(found[1].decode()) if found else None
    except ValueError:
        return None


def of_file(file: bytes, record: Record) -> Iterator[Finding]:
    """The file itself: its seal, whose seal it is, and whether it is the one on record."""
    seen = examining.examine(file)
    for kind in seen.damage:
        yield Finding("seal", False, DAMAGE[kind])
    if seen.intact:
        yield Finding("seal", True, "The seal is whole: the file is as it was sealed.")
    if seen.certificate:
        ours = seen.certificate in record.our_certificates
        sentence = "It is our seal." if ours else f"The seal isn't ours: {seen.certificate}."
        yield Finding("issuer", ours, sentence)
    if seen.attested_at:
        yield Finding("timestamp", True, f"An authority saw it at {seen.attested_at:%Y-%m-%d %H:%M:%S} UTC.")
    yield record.against(file)


class Record:
    """What the database and the trail hold of one answer."""

    def __init__(self, pk: UUID) -> None:
        self.pk = pk
        self.consent = Consent.objects.filter(pk=pk).first()
        self.entries = trails.entries_about("consents.consent", pk)
        self.paper = Paper.objects.filter(consent_id=pk).first()

    @property
    def known(self) -> bool:
        return bool(self.consent or self.entries)

    @property
    def chain(self) -> UUID | None:
        """Whose trail it is on, whichever of its rows is left to say so."""
        owners = [entry.practice_id for entry in self.entries]
        if self.consent:
            owners.append(self.consent.practice_id)
        return next(filter(None, owners), None)

    @cached_property
    def sealing(self) -> Entry | None:
        return self._last("consents.paper.sealed")

    def _last(self, what: str) -> Entry | None:
        return next((entry for entry in reversed(self.entries) if entry.what == what), None)

    @property
    def our_certificates(self) -> set[str]:
        """The seals in our file, and the one that the trail says sealed this paper."""
        kept = settings.SEAL_FILE
        ours = certificate.known_by(kept.read_bytes()) if kept.exists() else set()
        return ours | ({self.sealing.detail.get("certificate", "")} if self.sealing else set())

    def against(self, file: bytes) -> Finding:
        """Whether this is, byte for byte, the file that was sealed for the answer."""
        if self.sealing is None:
            return Finding("file", False, "The trail knows of no sealed file for this answer.")
        if hashlib.sha256(file).hexdigest() == self.sealing.detail.get("digest"):
            return Finding("file", True, "It is the file that was sealed for this answer.")
        return Finding(
            "file", False, f"It isn't the file that was sealed for this answer{self._where(file)}."
        )

    def _where(self, file: bytes) -> str:
        """The first byte that differs from the kept file, if that is still whole."""
        try:
            kept = file_of(self.paper) if self.paper else b""
        except refusals.DocumentChanged:
            return ""
        same = next((i for i, (a, b) in enumerate(zip(file, kept, strict=False)) if a != b), None)
        return f": it differs from byte {min(len(file), len(kept)) if same is None else same} on"

    def findings(self) -> Iterator[Finding]:
        """The row, the text, the entry and the kept file."""
        yield from self._row()
        yield from self._text()
        yield from self._entry()
        yield from self._kept()

    def _row(self) -> Iterator[Finding]:
        if self.consent is None:
            yield Finding("row", False, "The answer's row is gone, or its number was changed.")
            return
        said = next((entry.detail["row"] for entry in reversed(self.entries) if "row" in entry.detail), None)
        if said is None:
            yield Finding("row", True, "It was answered before rows were written down on the trail.")
            return
        wrong = columns.changed(self.consent, said)
        for name in wrong:
            yield Finding("row", False, f"The column {name} of the answer's row was altered.")
        if not wrong:
            yield Finding("row", True, "Every column of the answer's row is as the trail says.")

    def _text(self) -> Iterator[Finding]:
        if self.consent is None:
            return
        version = ConsentVersion.objects.filter(pk=self.consent.version_id).first()
        if version is None:
            yield Finding("text", False, "The published text that was answered is gone.")
            return
        published = trails.entries_about("consents.consentversion", version.pk)
        said = [entry.detail for entry in published if entry.what == "consents.version.published"]
        now = {"number": version.number, "language": version.language, "digest": version.digest}
        same = any(now.items() <= detail.items() for detail in said)
        good = same and documents.is_whole(version)
        yield Finding("text", good, TEXT_IS[good])
        if self.consent.document_digest:
            yield _signed(self.consent)

    def _entry(self) -> Iterator[Finding]:
        entry = evidence.answer_entry(self.entries)
        if entry is None:
            yield Finding("entry", False, "The trail's entry for this answer is gone.")
            return
        good = entry.seq is None or seals.fits(entry)
        if self.sealing:
            said = self.sealing.detail
            now = {"entry": str(entry.pk), "number": entry.seq, "code": entry.mac}
            good = good and all(said.get(name) == value for name, value in now.items())
        yield Finding("entry", good, ENTRY_IS[good].format(number=entry.seq or "(not sealed yet)"))

    def _kept(self) -> Iterator[Finding]:
        """The file in our own keeping, and what its row says of it."""
        if self.sealing:
            good = self.paper is not None and _is_as_sealed(self.paper, self.sealing)
            yield Finding("kept file", good, KEPT_IS[good])


def _signed(consent: Consent) -> Finding:
    try:
        documents.read(consent)
    except refusals.DocumentChanged:
        return Finding("document", False, "The kept document isn't the one that was signed.")
    return Finding("document", True, "The kept document is the one that was signed.")


def _is_as_sealed(paper: Paper, sealing: Entry) -> bool:
    said = sealing.detail
    if (paper.digest, paper.certificate) != (said.get("digest"), said.get("certificate")):
        return False
    try:
        return paper.is_sealed and bool(file_of(paper))
    except refusals.DocumentChanged:
        return False


TEXT_IS = {
    True: "The text is the one that was published.",
    False: "The published text was altered.",
}
ENTRY_IS = {
    True: "The trail's entry for this answer is there: number {number}.",
    False: "The trail's entry for this answer, number {number}, isn't the one that the paper names.",
}
KEPT_IS = {
    True: "The file in our keeping is the one that was sealed.",
    False: "The file in our keeping, or its row, was altered.",
}


def of_chain(chain: UUID, published: Published) -> Iterator[Finding]:
    """The whole trail of the practice: an entry is only as good as the chain it stands in."""
    breaks = list(dict.fromkeys(Walk(chain, published.get(chain, {})).breaks()))
    for found in breaks:
        yield Finding("trail", False, str(found))
    if not breaks:
        yield Finding("trail", True, "The trail is whole.")
