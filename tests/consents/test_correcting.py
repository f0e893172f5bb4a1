"""Corrections of spoken answers: new entries, beside what was wrong."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from holdspace.audit.models import Entry
from holdspace.consents import actions, queries, refusals
from holdspace.consents.models import Consent
from holdspace.desk.readiness import agreed_among
from holdspace.kit.actor import Member, Visit
from holdspace.scheduling.models import Seat
from tests.cast import TEN
from tests.consents.conftest import ALL_TICKS, record
from tests.consents.test_papers import file_of, words_in

LATER = TEN + timedelta(hours=3)
WRONG = "I wrote the wrong town."


def correct(consent: Consent, actor: Member, **said: Any) -> Consent:
    facts: dict[str, Any] = {"answer": "yes", "reason": WRONG, "ticks": ALL_TICKS, "location": "Oak Park"}
    return actions.correct(consent=consent, actor=actor, **({"at": LATER} | facts | said))


def again(consent: Consent) -> Consent:
    return Consent.objects.get(pk=consent.pk)


def test_the_first_entry_stays_as_it_was_and_the_newest_stands(rosas_seat: Seat, osei: Member) -> None:
    first = record(rosas_seat, osei)
    made = correct(first, osei)

    assert again(first).status == "corrected"
    assert again(first).facts["location"] == "At home, Evanston"
    assert (made.facts["location"], made.facts["correction"]) == ("Oak Park", WRONG)
    assert queries.standing(rosas_seat, at=LATER) == made
    assert queries.correction_of(again(first)) == made


def test_a_yes_that_was_a_no_stands_no_longer(rosas_seat: Seat, osei: Member) -> None:
    made = correct(record(rosas_seat, osei), osei, answer="no")

    assert made.status == "refused"
    assert queries.standing(rosas_seat, at=LATER) is None
    assert agreed_among([rosas_seat], LATER) == set()


def test_a_no_that_was_a_yes_stands(rosas_seat: Seat, osei: Member) -> None:
    made = correct(record(rosas_seat, osei, answer="no"), osei)

    assert queries.standing(rosas_seat, at=LATER) == made
    assert agreed_among([rosas_seat], LATER) == {rosas_seat.pk}


def test_a_correction_counts_from_when_the_answer_was_given(
    rosas_seat: Seat, osei: Member, rosas_visit: Visit, front_desk: Member
) -> None:
    """What the client said in between stays their last word."""
    first = record(rosas_seat, osei, at=TEN - timedelta(minutes=30))
    asked = actions.request(seat=rosas_seat, channel="portal", actor=front_desk, at=TEN)
    actions.decline(consent=asked, actor=rosas_visit, at=TEN)

    assert correct(first, osei).answered_at == TEN - timedelta(minutes=30)
    assert queries.standing(rosas_seat, at=LATER) is None


def test_what_was_taken_back_is_not_brought_to_life_by_a_correction(
    rosas_seat: Seat, osei: Member, rosas_visit: Visit
) -> None:
    taken = actions.revoke(consent=record(rosas_seat, osei), actor=rosas_visit, at=TEN)

    with pytest.raises(refusals.NotCorrectable):
        correct(taken, osei)


def test_what_was_signed_is_not_corrected(signed: Consent, osei: Member) -> None:
    with pytest.raises(refusals.NotCorrectable):
        correct(signed, osei)


def test_a_correction_says_why(rosas_seat: Seat, osei: Member) -> None:
    first = record(rosas_seat, osei)
    with pytest.raises(refusals.CorrectionReasonMissing):
        correct(first, osei, reason="  ")
    with pytest.raises(refusals.TooLong):
        correct(first, osei, reason="x" * 501)

    assert again(first).status == "recorded"


def test_only_the_appointments_clinicians_correct(
    rosas_seat: Seat, osei: Member, front_desk: Member, colleague: Member
) -> None:
    first = record(rosas_seat, osei)

    for somebody in (front_desk, colleague):
        with pytest.raises(refusals.OnlyItsClinicians):
            correct(first, somebody)


def test_a_second_press_is_the_first_and_two_people_are_told(rosas_seat: Seat, osei: Member) -> None:
    first = record(rosas_seat, osei)
    made = correct(first, osei)

    assert correct(first, osei) == made
    with pytest.raises(refusals.CorrectedAlready):
        correct(first, osei, reason="Something else.")
    assert Consent.objects.count() == 2


def test_a_correction_is_corrected_by_the_next_one(rosas_seat: Seat, osei: Member) -> None:
    made = correct(record(rosas_seat, osei), osei)
    last = correct(made, osei, location="Cicero", reason="It was Cicero.")

    assert queries.standing(rosas_seat, at=LATER) == last
    assert {one.status for one in Consent.objects.exclude(pk=last.pk)} == {"corrected"}


def test_where_they_really_were_may_ask_for_a_signature(rosas_seat: Seat, osei: Member) -> None:
    """The record says the truth, and the yes no longer stands there."""
    made = correct(record(rosas_seat, osei, state="IL"), osei, state="GA", location="Macon")

    assert made.status == "recorded"
    rosas_seat.refresh_from_db()
    assert (rosas_seat.location, rosas_seat.location_state) == ("Macon", "GA")
    assert queries.standing(rosas_seat, at=LATER) is None


def test_where_the_client_said_they_are_since_is_not_overwritten(rosas_seat: Seat, osei: Member) -> None:
    first = record(rosas_seat, osei)
    Seat.objects.filter(pk=rosas_seat.pk).update(location_state="NY")
    moved = Seat.objects.get(pk=rosas_seat.pk)
    moved.location = "At my sister's"
    moved.save()

    correct(first, osei)
    rosas_seat.refresh_from_db()
    assert rosas_seat.location == "At my sister's"


def test_both_entries_and_both_papers_are_on_record(
    rosas_seat: Seat, osei: Member, seal, tmp_path: Path
) -> None:
    first = record(rosas_seat, osei)
    words = words_in(file_of(first, osei, tmp_path))
    made = correct(first, osei, at=TEN + timedelta(minutes=2))

    assert "Evanston" in words
    paper = words_in(file_of(made, osei, tmp_path))
    assert WRONG in paper
    assert str(first.pk) in paper
    said = Entry.objects.filter(what__startswith="consents.consent.").order_by("at", "seq")
    assert [entry.what for entry in said] == [
        "consents.consent.recorded",
        "consents.consent.corrected",
        "consents.consent.recorded",
    ]


def test_a_yes_that_was_over_can_still_be_put_right_and_is_over_again(rosas_seat: Seat, osei: Member) -> None:
    first = record(rosas_seat, osei)
    much_later = TEN + timedelta(days=3)
    assert actions.expire(at=much_later) == 1
    made = correct(again(first), osei, at=much_later)

    assert made.one_session
    assert actions.expire(at=much_later) == 1


def test_the_whole_record_of_a_spoken_answer(rosas_seat: Seat, osei: Member, seal, tmp_path: Path) -> None:
    said = {
        "by": "phone",
        "others_present": "Her sister",
        "present_here": "A trainee, Kim Ode",
        "interpreter": "Lingua Agency, badge 12",
        "interpreter_language": "Spanish",
        "another_way": "Her sister's number",
    }
    consent = record(rosas_seat, osei, **said)

    assert {name: consent.facts[name] for name in said} == said
    paper = words_in(file_of(consent, osei, tmp_path))
    for words in ("By phone", "A trainee, Kim Ode", "badge 12, Spanish", "Her sister's number"):
        assert words in paper
