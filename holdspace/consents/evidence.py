"""What the PDF of an answer says: the text as it was read, who answered and how, and where it is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from holdspace.audit.models import Entry
from holdspace.consents import appointment, deciding, documents, fields, texts
from holdspace.consents.models import Consent
from holdspace.consents.spoke import SPOKE
from holdspace.consents.states import TICKS, rules
from holdspace.kit import zones
from holdspace.kit.pdf import fonts
from holdspace.kit.pdf.blocks import Block, Facts, Heading, Paragraph, Rule, Strokes, blocks_of
from holdspace.kit.pdf.paper import drawn, words_of

S = Consent.Status
# By this word in its plain bytes a file says which answer it is about, however damaged it is.
NAMED = "Holdspace paper {pk}"
COPY = "form.html"
Rows = list[tuple[str, str]]


def pdf_of(consent: Consent, entry: Entry, *, at: datetime) -> bytes:
    """The paper, not sealed yet; what was signed is carried inside as well, byte for byte."""
    blocks = list(_blocks(consent, entry))
    name = NAMED.format(pk=consent.pk)
    files = {COPY: documents.read(consent).body} if consent.document_digest else {}
    title = consent.version.form.title
    return drawn(blocks, title=title, foot=name, language=consent.version.language, at=at, files=files)


def _blocks(consent: Consent, entry: Entry) -> Iterator[Block]:
    if not consent.document_digest:
        yield Paragraph(consent.practice.shown_name)
        yield Heading(consent.version.form.title, 17)
    yield from blocks_of(_read(consent))
    yield from _mark(consent)
    yield Rule()
    yield Heading(_("The answer"))
    facts = Facts(tuple(_rows(consent, entry)))
    yield facts
    yield from _closing(consent, facts)


def _read(consent: Consent) -> str:
    """The words that were read: of a signature those that were kept with it, else the version's own."""
    if consent.document_digest:
        return documents.read(consent).body.decode()
    version = consent.version
    spoken = consent.way == Consent.Way.VERBAL
    shown = (version.script,) if spoken else (version.disclosure, version.text)
    # With its fields as they were said then, not as they would be filled in today.  Of an answer from
    # before they were kept, by what each field is.
    said = fields.named() | consent.facts.get("fields", {})
    return "<hr>".join(texts.shown(part, said) for part in shown)


def _mark(consent: Consent) -> Iterator[Block]:
    mark = consent.facts.get("mark", {})
    if mark.get("strokes"):
        pad = consent.facts.get("pad", {"width": 350, "height": 176})
        yield Strokes(mark["strokes"], pad["width"], pad["height"])


def _rows(consent: Consent, entry: Entry) -> Iterator[tuple[str, str]]:
    said = consent.facts
    every = [
        *_who(consent, said),
        *_when(consent),
        *_appointment(said),
        *_how(said),
        *_correction(consent, said),
    ]
    every += [*_law(said), *_where_written(consent, entry)]
    yield from ((label, value) for label, value in every if value)


def _who(consent: Consent, said: dict[str, Any]) -> Rows:
    client = consent.client
    mark, relation = said.get("mark", {}), said.get("relation", "")
    given_by = _("the client")
    if said.get("given_by") == deciding.UNSAID:
        given_by = _("somebody who has the client's link; who, was not asked")
    elif said.get("given_by", "client") != "client":
        given_by = _("%(name)s, for the client") % {"name": said.get("giver") or _("somebody else")}
    elif said.get("alone"):
        given_by = _("the client, who may decide alone under the law where they are")
    return [
        (_("Answer"), _answer(consent)),
        (_("Client"), client.full_name),
        (_("Date of birth"), date_format(client.birth_date, "F j, Y") if client.birth_date else ""),
        (_("Given by"), given_by),
        (_("Relation to the client"), relation),
        (_("Form meant for"), _meant_for(said.get("asked_of", {}))),
        (_("Signed by"), mark.get("name", "")),
        (_("Kind of signature"), {"drawn": _("drawn"), "typed": _("typed")}.get(mark.get("kind", ""), "")),
        (_("Act of intent"), _("“This is my signature, and I mean to agree.”") if said.get("intent") else ""),
        (_("Taken by") if consent.way == Consent.Way.VERBAL else _("Sent by"), _taken_by(consent)),
        (_("Reason given"), consent.reason),
    ]


def _meant_for(contact: dict[str, str]) -> str:
    """Whom the form was sent to, where it wasn't the client."""
    return ", ".join(filter(None, (contact.get("name"), contact.get("relation"))))


def _answer(consent: Consent) -> str:
    """Taken from how the answer came, not from what became of it since."""
    if consent.way == Consent.Way.VERBAL:
        yes = consent.facts.get("answer") == "yes"
        return _("Agreed out loud") if yes else _("Did not agree, out loud")
    return _("Agreed and signed") if consent.document_digest else _("Did not agree")


def _taken_by(consent: Consent) -> str:
    license_number = _("license %s") % consent.license_number if consent.license_number else ""
    return ", ".join(filter(None, (consent.taken_by_name, license_number)))


def _when(consent: Consent) -> Rows:
    zone = consent.time_zone
    times = {
        _("Form sent"): consent.requested_at,
        _("Form opened"): consent.opened_at,
        _("“I agree” chosen"): consent.accepted_at,
        _("Answered"): consent.answered_at,
    }
    good = _("this one session") if consent.one_session else _moment(consent.expires_at, zone)
    return [*((label, _moment(at, zone)) for label, at in times.items()), (_("Good until"), good)]


def _moment(at: datetime | None, zone: str) -> str:
    """An instant in the answer's own zone, and in the one that needs no explaining."""
    if at is None:
        return ""
    wall = zones.wall_of(at, zone).replace(tzinfo=None)
    utc = zones.wall_of(at, "UTC").replace(tzinfo=None)
    said = {
        "wall": date_format(wall, "F j, Y, g:i:s A"),
        "zone": zone,
        "utc": date_format(utc, "Y-m-d H:i:s"),
    }
    return _("%(wall)s, %(zone)s (%(utc)s UTC)") % said


def _appointment(said: dict[str, Any]) -> Rows:
    """As it was when the answer was given; of an answer from before that was kept, what there is."""
    kept = said.get("appointment", {})
    return [
        (_("Appointment"), appointment.way(said)),
        (_("Appointment begins"), _moment(appointment.begins(said), kept.get("zone", ""))),
        (_("Clinicians of the appointment"), ", ".join(kept.get("clinicians", []))),
    ]


def _how(said: dict[str, Any]) -> Rows:
    named = {"name": _("the client")}
    ticks = [words % named for tick, words in TICKS.items() if tick in said.get("ticks", [])]
    return [
        (_("Who it was, shown by"), said.get("identity_words", "")),
        (_("Ticked"), "; ".join(str(tick) for tick in ticks)),
        (_("Where the client was"), ", ".join(filter(None, (said.get("location"), said.get("state"))))),
        (_("Who else was there"), said.get("others_present", "")),
        (_("Who else was with the clinician"), said.get("present_here", "")),
        (_("How they spoke"), str(SPOKE.get(said.get("by", ""), ""))),
        (_("Interpreter"), ", ".join(filter(None, map(said.get, ("interpreter", "interpreter_language"))))),
        (_("Another way to reach the client"), said.get("another_way", "")),
        (_("Network address"), said.get("address", "")),
        (_("Browser"), said.get("agent", "")),
    ]


def _correction(consent: Consent, said: dict[str, Any]) -> Rows:
    if not said.get("corrects"):
        return []
    return [
        (_("Corrects the paper"), said["corrects"]),
        (_("What was wrong there"), said["correction"]),
        (_("Correction written"), _moment(datetime.fromisoformat(said["written_at"]), consent.time_zone)),
    ]


def _law(said: dict[str, Any]) -> Rows:
    rule = said.get("rule")
    if not rule:
        return []
    code = rule.get("state", "")
    name = rules()[code].name if code in rules() else code
    enough = _("a spoken yes is enough") if rule.get("verbal_enough") else _("asks for writing")
    return [(_("State's rule applied"), f"{name}: {enough}. {rule.get('source', '')}")]


def _where_written(consent: Consent, entry: Entry) -> Rows:
    version = consent.version
    said = {"title": version.form.title, "number": version.number, "language": version.language}
    return [
        (_("Text"), _("%(title)s, version %(number)s, language %(language)s") % said),
        (_("SHA-256 of the text"), version.digest),
        (_("SHA-256 of what was signed"), consent.document_digest),
        (_("Number of this paper"), str(consent.pk)),
        (_("Entry on the trail"), _("number %(number)s, %(pk)s") % {"number": entry.seq, "pk": entry.pk}),
        (_("Code of that entry"), entry.mac or ""),
    ]


def _closing(consent: Consent, facts: Facts) -> Iterator[Block]:
    yield Paragraph(
        _(
            "This file is sealed: any later change to it shows. Whoever runs Holdspace for the practice can "
            "compare it with the record (holdspace verify-consent); anybody can check the seal alone with "
            "a program that knows signed PDFs, such as pdfsig. What became of the answer since, such as "
            "whether it was withdrawn, is in the record and not in this file."
        )
    )
    if not fonts.is_drawable(words_of([facts, *blocks_of(_read(consent))])):
        yield Paragraph(_undrawn(bool(consent.document_digest)))


def _undrawn(has_copy: bool) -> str:
    said = _("Some letters can't be drawn here. They are written by their numbers, such as [U+1F642].")
    more = _("The copy inside this file, %s, shows them.") % COPY if has_copy else ""
    return f"{said} {more}".strip()


def answer_entry(entries: Iterable[Entry]) -> Entry | None:
    """The entry that recorded the answer itself."""
    words = {f"consents.consent.{word}" for word in ("signed", "declined", "recorded", "refused")}
    return next((entry for entry in entries if entry.what in words), None)
