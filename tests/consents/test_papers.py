"""Every answer becomes a sealed PDF that others' programs confirm, whatever the name's script."""

import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from holdspace.audit.models import Entry
from holdspace.clients.models import Client
from holdspace.consents import actions, refusals
from holdspace.consents.actions.news import tell
from holdspace.consents.actions.sealing import seal_due
from holdspace.consents.marks import Mark
from holdspace.consents.models import Consent, Paper
from holdspace.kit.actor import Member, Visit
from holdspace.scheduling.models import Seat
from tests.cast import TEN, system
from tests.consents.conftest import record

STROKES = "M10,20L40,80L60,30L90,90Q120,140 150,20L300,60"
LATER = TEN + timedelta(minutes=5)


def program(name: str, file: Path, *more: str) -> str:
    """What one of Debian's programs for PDFs says."""
    said = subprocess.run([name, *more, str(file)], capture_output=True, text=True, check=False, timeout=60)
    return said.stdout


def paper_of(consent: Consent) -> Paper:
    assert seal_due(at=LATER) == 1
    return Paper.objects.get(consent=consent)


def file_of(consent: Consent, actor: Member | Visit, folder: Path) -> Path:
    paper_of(consent)
    file = folder / "paper.pdf"
    file.write_bytes(actions.read_pdf(consent=consent, actor=actor, at=LATER))
    return file


def words_in(file: Path) -> str:
    said = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True, timeout=60
    )
    return " ".join(said.stdout.split())


def test_pdfsig_confirms_a_signed_paper(signed, osei: Member, seal, tmp_path: Path) -> None:
    said = program("pdfsig", file_of(signed, osei, tmp_path))

    assert "Signature is Valid." in said
    assert "Total document signed" in said
    assert "Holdspace at localhost" in said


def test_the_paper_says_who_agreed_to_what_when_and_where_it_is_written(
    signed: Consent, osei: Member, seal, tmp_path: Path
) -> None:
    said = words_in(file_of(signed, osei, tmp_path))

    entry = Entry.objects.get(what="consents.consent.signed")
    for words in (
        "Telehealth consent", "counts like signing on paper", "The picture or the sound can freeze",
        "Agreed and signed", "Rosa Marin", "November 18, 2026, 9:00:00 AM, America/Chicago",
        "2026-11-18 15:00:00 UTC", "I mean to agree", signed.version.digest, signed.document_digest,
        str(signed.pk), str(entry.pk), entry.mac or "no code", "Illinois",
    ):  # fmt: skip
        assert words in said, words


def test_a_spoken_yes_has_a_paper_with_the_script_and_the_ticks(
    rosas_seat: Seat, osei: Member, seal, tmp_path: Path
) -> None:
    consent = record(rosas_seat, osei, interpreter="ASL, Ms Field", others_present="Her sister")

    said = words_in(file_of(consent, osei, tmp_path))

    for words in (
        "Agreed out loud", "Do you agree to meet by video?", "I read the text above", "Dr Ama Osei",
        "license PSY-0421", "At home, Evanston", "ASL, Ms Field", "Her sister",
    ):  # fmt: skip
        assert words in said, words


def test_a_no_has_a_paper_too(rosas_seat: Seat, osei: Member, seal, tmp_path: Path) -> None:
    consent = record(rosas_seat, osei, answer="no")

    assert "Did not agree, out loud" in words_in(file_of(consent, osei, tmp_path))


def test_declining_has_a_paper_with_the_reason(
    asked: Consent, rosas_visit: Visit, seal, tmp_path: Path
) -> None:
    actions.decline(consent=asked, actor=rosas_visit, at=TEN, reason="I would rather come in person")

    said = words_in(file_of(asked, rosas_visit, tmp_path))

    assert "Did not agree" in said
    assert "I would rather come in person" in said


WITH_FIELDS: dict[str, Any] = {
    "text": "## Us\n\n{client} meets {practice}, {clinician}.",
    "script": "Yes?",
    "disclosure": "Why.",
}


def test_a_declined_paper_says_who_what_text_when_and_how_they_were_known(
    rosas_seat: Seat, form, front_desk: Member, rosas_visit: Visit, seal, tmp_path: Path
) -> None:
    actions.publish_version(form=form.form, actor=system(form.practice), at=TEN, **WITH_FIELDS)
    asked = actions.request(seat=rosas_seat, channel="email", actor=front_desk, at=TEN)
    how = {"identity": "birth_date", "address": "203.0.113.9", "agent": "A phone"}
    actions.decline(consent=asked, actor=rosas_visit, at=TEN, **how)

    said = words_in(file_of(asked, rosas_visit, tmp_path))

    for words in (
        "Rosa Marin meets Willow Street Counseling, Dr Ama Osei.", "Given by the client",
        "their own link and date of birth", "November 18, 2026, 9:00:00 AM, America/Chicago",
        "Illinois", "203.0.113.9", "A phone", asked.version.digest,
    ):  # fmt: skip
        assert words in said, words
    assert "{" not in said


def test_an_answer_from_before_fields_were_kept_says_what_each_field_is(
    rosas_seat: Seat, form, front_desk: Member, rosas_visit: Visit, seal, tmp_path: Path
) -> None:
    actions.publish_version(form=form.form, actor=system(form.practice), at=TEN, **WITH_FIELDS)
    asked = actions.request(seat=rosas_seat, channel="email", actor=front_desk, at=TEN)
    asked.move_to("declined", answered_at=TEN)
    tell(asked, "declined", rosas_visit, TEN)

    said = words_in(file_of(asked, rosas_visit, tmp_path))

    assert "[the client's full name] meets [the practice's name as clients see it]" in said
    assert "{" not in said


def test_a_drawn_signature_is_lines_and_no_picture(
    accepted: Consent, rosas_visit: Visit, seal, tmp_path: Path
) -> None:
    mark = Mark("Rosa Marin", strokes=STROKES)
    actions.sign(consent=accepted, mark=mark, intent=True, actor=rosas_visit, at=TEN)

    file = file_of(accepted, rosas_visit, tmp_path)

    assert "drawn" in words_in(file)
    assert len(program("pdfimages", file, "-list").splitlines()) == 2  # the table's head alone


@pytest.mark.parametrize("name", ["فاطمة", "김민지"])
def test_a_name_in_any_script_is_drawn(
    name: str, accepted: Consent, rosas_visit: Visit, seal, tmp_path: Path
) -> None:
    actions.sign(consent=accepted, mark=Mark(name), intent=True, actor=rosas_visit, at=TEN)

    said = words_in(file_of(accepted, rosas_visit, tmp_path))

    assert name in said
    assert "written by their numbers" not in said


@pytest.mark.parametrize("name", ["Rosa 🙂 Marin", "Rosa\u202eMarin", "𒀀" * 170])
def test_a_letter_that_no_font_has_is_written_by_its_number_and_breaks_nothing(
    name: str, rosa: Client, accepted: Consent, rosas_visit: Visit, seal, tmp_path: Path
) -> None:
    actions.sign(consent=accepted, mark=Mark(name), intent=True, actor=rosas_visit, at=TEN)

    file = file_of(accepted, rosas_visit, tmp_path)

    assert "Signature is Valid." in program("pdfsig", file)
    for letter in set(name) & set("🙂𒀀"):
        assert f"[U+{ord(letter):04X}]" in words_in(file)
        assert "written by their numbers" in words_in(file)


def test_what_was_signed_is_carried_inside_byte_for_byte(
    signed: Consent, osei: Member, seal, tmp_path: Path
) -> None:
    program("pdfdetach", file_of(signed, osei, tmp_path), "-saveall", "-o", str(tmp_path))

    kept = actions.read_paper(consent=signed, actor=osei, at=LATER)
    assert (tmp_path / "form.html").read_bytes() == kept.body


def test_nothing_of_the_paper_lies_open_in_the_database(signed: Consent, seal) -> None:
    from django.db import connection

    paper_of(signed)
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM consents_paper")
        (body,) = cursor.fetchone()

    assert "JVBER" not in body  # how a PDF begins in base64


def test_a_paper_that_fails_is_kept_shown_and_tried_again_later(signed: Consent, seal) -> None:
    away = seal.rename(seal.with_name("elsewhere"))

    assert seal_due(at=LATER) == 0
    paper = Paper.objects.get(consent=signed)
    assert (paper.status, paper.tries, paper.error) == ("failed", 1, "FileNotFoundError")
    assert paper.next_try_at > LATER

    away.rename(seal)
    assert seal_due(at=LATER) == 0, "not before its time"
    assert seal_due(at=paper.next_try_at) == 1
    trail = Entry.objects.filter(subject_id=signed.pk, what__contains=".paper.").order_by("at")
    whats = list(trail.values_list("what", flat=True))
    assert whats == ["consents.paper.failed", "consents.paper.sealed"]


def test_each_failure_puts_it_off_longer_and_writes_one_entry(signed: Consent, seal) -> None:
    seal.unlink()
    at = LATER
    waits = []
    for _ in range(5):
        seal_due(at=at)
        paper = Paper.objects.get(consent=signed)
        waits.append(paper.next_try_at - at)
        at = paper.next_try_at

    assert waits[4] > waits[0]
    assert Entry.objects.filter(what="consents.paper.failed").count() == 1


def test_somebody_who_sees_it_can_have_it_tried_at_once(signed: Consent, front_desk: Member, seal) -> None:
    away = seal.rename(seal.with_name("elsewhere"))
    seal_due(at=LATER)
    away.rename(seal)

    actions.try_again(consent=signed, actor=front_desk, at=LATER)
    actions.try_again(consent=signed, actor=front_desk, at=LATER)

    assert seal_due(at=LATER) == 1
    assert Entry.objects.filter(what="consents.paper.retried").count() == 1


def test_only_who_handles_consents_may_have_it_tried(signed: Consent, owner: Member, seal) -> None:
    with pytest.raises(refusals.NotAllowedToRetry):
        actions.try_again(consent=signed, actor=owner, at=LATER)


def test_one_that_fails_holds_up_no_other(
    signed: Consent, rosas_seat: Seat, osei: Member, seal, unguarded
) -> None:
    other = record(rosas_seat, osei, at=TEN + timedelta(minutes=2))
    with unguarded("audit_entry"):
        Entry.objects.filter(what="consents.consent.signed").delete()

    assert seal_due(at=LATER) == 1
    assert Paper.objects.get(consent=other).is_sealed
    assert Paper.objects.get(consent=signed).error == "EntryGone"


def test_before_it_is_sealed_there_is_nothing_to_read(signed: Consent, osei: Member) -> None:
    with pytest.raises(refusals.PaperNotThere):
        actions.read_pdf(consent=signed, actor=osei, at=LATER)


def test_reading_it_is_on_the_trail(signed: Consent, osei: Member, seal) -> None:
    paper = paper_of(signed)

    actions.read_pdf(consent=signed, actor=osei, at=LATER)

    entry = Entry.objects.get(what="consents.paper.read")
    assert entry.detail == {"digest": paper.digest, "file": "pdf"}


def test_a_sealed_paper_is_made_once(signed: Consent, seal) -> None:
    first = paper_of(signed).digest

    assert seal_due(at=LATER + timedelta(days=1)) == 0
    assert Paper.objects.get().digest == first


@pytest.mark.parametrize("change", [{"digest": "0" * 64}, {"status": "waiting"}, {"certificate": "x"}])
def test_a_sealed_paper_never_changes(change: dict[str, str], signed: Consent, seal) -> None:
    paper_of(signed)

    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.all().delete()
