"""An answer says for which appointment it was given, whatever became of that appointment since."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from holdspace.consents import actions, documents
from holdspace.consents.actions.news import tell
from holdspace.consents.models import Consent
from holdspace.consents.verifying import Record
from holdspace.kit.actor import Member, Visit
from holdspace.scheduling.models import Seat
from tests.cast import TEN, person
from tests.consents.conftest import ROSA, record
from tests.consents.test_correcting import correct
from tests.consents.test_papers import file_of, words_in

ANSWERS = ["signed", "declined", "out loud"]
AS_IT_WAS: dict[str, Any] = {
    "starts_at": "2026-11-18T15:00:00+00:00",
    "zone": "America/New_York",
    "clinicians": ["Dr Ama Osei"],
}
ON_PAPER = (
    "Appointment Telehealth",
    "Appointment begins November 18, 2026, 10:00:00 AM, America/New_York (2026-11-18 15:00:00 UTC)",
    "Clinicians of the appointment Dr Ama Osei",
)

ON_SCREEN = (
    "Wednesday, November 18, 2026, 10:00 AM Eastern (New York) (2026-11-18 15:00:00 UTC), Telehealth",
    '<th scope="row">With</th><td>Dr Ama Osei</td>',
)


def answered(how: str, asked: Consent, visit: Visit, osei: Member) -> Consent:
    if how == "out loud":
        return record(asked.seat, osei)
    if how == "declined":
        return actions.decline(consent=asked, actor=visit, at=TEN)
    accepted = actions.accept(consent=asked, actor=visit, at=TEN)
    return actions.sign(consent=accepted, mark=ROSA, intent=True, actor=visit, at=TEN)


def hand_over(seat: Seat) -> None:
    """The appointment is on the next day now, by phone, with somebody else."""
    moved, other = seat.appointment, person(seat.practice, "Dr Lee Park", ["clinician"]).clinician
    assert other
    moved.starts_at, moved.ends_at = moved.starts_at + timedelta(days=1), moved.ends_at + timedelta(days=1)
    moved.contact_type = "phone"
    moved.save()
    moved.clinicians.add(other)


@pytest.mark.parametrize("how", ANSWERS)
def test_every_answer_keeps_when_and_with_whom_the_appointment_was(
    how: str, asked: Consent, rosas_visit: Visit, osei: Member
) -> None:
    facts = answered(how, asked, rosas_visit, osei).facts

    assert (facts["contact_type"], facts["appointment"]) == ("telehealth", AS_IT_WAS)


@pytest.mark.parametrize("how", ANSWERS)
def test_the_paper_says_it_however_the_appointment_is_today(
    how: str, asked: Consent, rosas_visit: Visit, osei: Member, seal, tmp_path: Path
) -> None:
    consent = answered(how, asked, rosas_visit, osei)
    hand_over(asked.seat)

    said = words_in(file_of(consent, osei, tmp_path))

    for words in ON_PAPER:
        assert words in said, words
    assert "Dr Lee Park" not in said


def test_the_form_for_the_screen_says_it_from_the_same_moment(signed: Consent) -> None:
    kept = documents.read(signed).body.decode()
    hand_over(signed.seat)

    assert signed.facts["appointment"] == AS_IT_WAS
    for words in ON_SCREEN:
        assert words in kept, words
    assert documents.read(Consent.objects.get(pk=signed.pk)).body.decode() == kept


def test_a_form_for_the_screen_from_before_is_left_as_it_was(signed: Consent, unguarded) -> None:
    """Kept bytes are read, never drawn again."""
    before = documents.Document(b"<html><body><h1>Telehealth</h1><p>Signed by Rosa Marin</p></body></html>")
    with unguarded("consents_consent"):
        Consent.objects.filter(pk=signed.pk).update(document_digest=before.digest)
        old = Consent.objects.get(pk=signed.pk)
        old.document = before.stored
        old.save(update_fields=["document"])

    assert documents.read(Consent.objects.get(pk=signed.pk)).body == before.body


def test_a_correction_tells_of_the_appointment_as_it_was_when_the_answer_was_given(
    rosas_seat: Seat, osei: Member
) -> None:
    first = record(rosas_seat, osei)
    hand_over(rosas_seat)

    made = correct(first, osei)

    assert (made.facts["contact_type"], made.facts["appointment"]) == ("telehealth", AS_IT_WAS)


def test_an_answer_from_before_it_was_kept_stays_readable_and_is_as_it_was(
    asked: Consent, rosas_visit: Visit, seal, tmp_path: Path
) -> None:
    asked.details = json.dumps({"contact_type": "telehealth"})
    asked.save()
    asked.move_to("declined", answered_at=TEN)
    tell(asked, "declined", rosas_visit, TEN)

    said = words_in(file_of(asked, rosas_visit, tmp_path))

    assert "Appointment Telehealth" in said
    assert "Appointment begins" not in said
    assert "Clinicians of the appointment" not in said
    assert all(found.good for found in Record(asked.pk).findings())


def test_an_appointment_that_is_changed_in_a_kept_answer_is_found_out(
    signed: Consent, seal, osei: Member, tmp_path: Path, unguarded
) -> None:
    file_of(signed, osei, tmp_path)
    with unguarded("consents_consent"):
        forged = Consent.objects.get(pk=signed.pk)
        forged.details = json.dumps(forged.facts | {"appointment": AS_IT_WAS | {"clinicians": ["Dr Who"]}})
        forged.save(update_fields=["details"])

    wrong = [found.sentence for found in Record(signed.pk).findings() if not found.good]
    assert wrong == ["The column details of the answer's row was altered."]
