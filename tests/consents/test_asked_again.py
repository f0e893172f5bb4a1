"""What a state wants asked each session, where the consent that stands was signed or given earlier."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from holdspace.audit.models import Entry
from holdspace.consents import actions, queries, refusals
from holdspace.consents.again import Again, again
from holdspace.consents.models import AskedAgain, Consent
from holdspace.kit import guards
from holdspace.kit.actor import Member, Visit
from holdspace.practices.models import Clinician, Practice
from holdspace.scheduling.actions.where import Place, say_where
from holdspace.scheduling.models import Seat
from tests import cast
from tests.cast import TEN
from tests.consents.conftest import record
from tests.consents.test_rules import SAID as ILLINOIS

EVERYTHING = ["location", "identity", "present"]


@pytest.fixture(autouse=True)
def where(rosas_seat: Seat, osei: Member) -> None:
    """Rosa has said where she is."""
    place = Place("1 Oak St, Evanston", "IL")
    say_where(seat=rosas_seat, place=place, alone=None, actor=osei, at=TEN - timedelta(hours=1))


def ask(seat: Seat, actor: Any, *items: str, was: UUID | None = None, **facts: Any) -> AskedAgain:
    said: dict[str, Any] = {"items": items or EVERYTHING, "at": TEN}
    return actions.ask_again(seat=seat, actor=actor, was=was, **(said | facts))


def stands(seat: Seat, **facts: Any) -> Again:
    return again(Seat.objects.select_related("appointment", "client", "practice").get(pk=seat.pk), **facts)


def test_a_signature_leaves_everything_to_ask(signed: Consent, rosas_seat: Seat) -> None:
    found = stands(rosas_seat, at=TEN)

    assert (found.place, found.done, found.left) == ("Illinois", [], EVERYTHING)


def test_what_was_asked_is_kept_with_the_rule_who_and_when(rosas_seat: Seat, osei: Member) -> None:
    made = ask(rosas_seat, osei)

    kept = AskedAgain.objects.get()
    assert kept.pk == made.pk
    assert (kept.items, kept.wanted, kept.left_out) == (EVERYTHING, EVERYTHING, [])
    assert (kept.state, kept.rule_version, kept.by_id) == ("IL", 0, osei.id)
    assert (kept.by_name, kept.at) == ("Dr Ama Osei", TEN)
    assert stands(rosas_seat, at=TEN).left == []


def test_the_trail_says_what_was_asked(rosas_seat: Seat, osei: Member) -> None:
    made = ask(rosas_seat, osei, "present")

    entry = Entry.objects.get(what="consents.session.asked", subject_id=rosas_seat.pk)
    assert entry.detail == {
        "row": str(made.pk),
        "items": ["present"],
        "state": "IL",
        "rule_version": 0,
        "wanted": EVERYTHING,
        "by_name": "Dr Ama Osei",
    }


def test_some_of_it_will_do_and_the_rest_stays_open(rosas_seat: Seat, osei: Member) -> None:
    made = ask(rosas_seat, osei, "present", "location")

    found = stands(rosas_seat, at=TEN)
    assert (found.done, found.left) == (["location", "present"], ["identity"])
    assert made.left_out == ["identity"]


def test_what_the_rule_doesnt_ask_is_not_kept(rosas_seat: Seat, osei: Member) -> None:
    assert ask(rosas_seat, osei, "location", "contact", "read").items == ["location"]


def test_another_press_adds_a_row_and_the_last_counts(rosas_seat: Seat, osei: Member) -> None:
    first = ask(rosas_seat, osei, "location")
    second = ask(rosas_seat, osei, was=first.pk, at=TEN + timedelta(minutes=5))

    assert AskedAgain.objects.count() == 2
    found = stands(rosas_seat, at=TEN + timedelta(minutes=6))
    assert found.row is not None
    assert (found.row.pk, found.left) == (second.pk, [])


def test_a_mistake_is_put_right_by_a_row_that_says_nothing_was_asked(rosas_seat: Seat, osei: Member) -> None:
    wrong = ask(rosas_seat, osei)

    ask(rosas_seat, osei, items=[], was=wrong.pk, at=TEN + timedelta(minutes=5))

    assert stands(rosas_seat, at=TEN + timedelta(minutes=6)).left == EVERYTHING


def test_a_second_press_within_a_minute_is_the_first(rosas_seat: Seat, osei: Member) -> None:
    first = ask(rosas_seat, osei)
    second = ask(rosas_seat, osei, at=TEN + timedelta(seconds=2))

    assert first.pk == second.pk
    assert Entry.objects.filter(what="consents.session.asked").count() == 1


def test_of_two_the_later_looks_first_at_what_the_other_wrote(
    rosas_seat: Seat, osei: Member, colleague: Member
) -> None:
    assert colleague.clinician_id
    rosas_seat.appointment.clinicians.add(Clinician.objects.get(pk=colleague.clinician_id))
    ask(rosas_seat, osei, "location")

    with pytest.raises(refusals.AskedByAnother):
        ask(rosas_seat, colleague, "present", at=TEN + timedelta(minutes=5))


def test_nothing_at_all_isnt_written_down(rosas_seat: Seat, osei: Member) -> None:
    with pytest.raises(refusals.NothingTicked):
        ask(rosas_seat, osei, items=[])

    assert not AskedAgain.objects.exists()


@pytest.fixture
def nowhere(rosas_seat: Seat) -> Seat:
    """Rosa said where she would be days ago, and nothing on the day."""
    rosas_seat.location_ok_at = TEN - timedelta(days=3)
    rosas_seat.save()
    return rosas_seat


def test_that_they_were_asked_where_they_are_isnt_kept_without_the_place(nowhere: Seat, osei: Member) -> None:
    with pytest.raises(refusals.WhereNotWritten):
        ask(nowhere, osei)

    assert not AskedAgain.objects.exists()
    assert not Entry.objects.filter(what="consents.session.asked").exists()


def test_the_rest_is_kept_without_it(nowhere: Seat, osei: Member) -> None:
    ask(nowhere, osei, "identity", "present")

    assert stands(nowhere, at=TEN).left == ["location"]


def test_with_the_place_written_down_it_is_kept(nowhere: Seat, osei: Member) -> None:
    say_where(seat=nowhere, place=Place("2 Elm St, Skokie", "IL"), alone=None, actor=osei, at=TEN)

    assert ask(nowhere, osei).items == EVERYTHING


def test_what_a_mistake_took_for_asked_can_be_taken_back_without_the_place(
    rosas_seat: Seat, osei: Member
) -> None:
    wrong = ask(rosas_seat, osei)
    Seat.objects.filter(pk=rosas_seat.pk).update(location_ok_at=None)

    ask(rosas_seat, osei, "present", was=wrong.pk, at=TEN + timedelta(minutes=5))

    assert stands(rosas_seat, at=TEN + timedelta(minutes=6)).done == ["present"]


@pytest.mark.parametrize("who", ["colleague", "front_desk", "owner", "rosas_visit"])
def test_only_a_clinician_of_the_appointment_may(
    rosas_seat: Seat, who: str, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(refusals.OnlyItsClinicians):
        ask(rosas_seat, request.getfixturevalue(who))


def test_not_for_an_appointment_that_is_off(rosas_seat: Seat, osei: Member) -> None:
    rosas_seat.status = "cancelled"

    with pytest.raises(refusals.NotOnAnymore):
        ask(rosas_seat, osei)


def test_a_spoken_consent_for_this_session_has_asked_already(rosas_seat: Seat, osei: Member) -> None:
    record(rosas_seat, osei)

    found = stands(rosas_seat, at=TEN)
    assert (found.left, found.row) == ([], None)


def test_an_earlier_spoken_consent_that_stands_has_not(
    rosas_seat: Seat, osei: Member, osei_person: cast.Person
) -> None:
    assert osei_person.clinician
    record(rosas_seat, osei)
    later = cast.appointment(osei_person.clinician, rosas_seat.client, starts_at=TEN + timedelta(days=7))

    assert stands(later, at=TEN + timedelta(days=7)).left == EVERYTHING


def test_a_later_spoken_no_takes_back_nothing_that_was_asked(rosas_seat: Seat, osei: Member) -> None:
    """A second form is refused out loud, without a tick."""
    row = ask(rosas_seat, osei, "location", "identity")
    record(rosas_seat, osei, answer="no", ticks=[], location="", at=TEN + timedelta(minutes=1))

    found = stands(rosas_seat, at=TEN + timedelta(minutes=2))

    assert (found.done, found.left) == (["location", "identity"], ["present"])
    assert found.row == row


def test_what_is_ticked_with_a_later_spoken_answer_is_added_to_it(rosas_seat: Seat, osei: Member) -> None:
    ask(rosas_seat, osei, "location")
    record(rosas_seat, osei, answer="no", ticks=["read", "present"], at=TEN + timedelta(minutes=1))

    found = stands(rosas_seat, at=TEN + timedelta(minutes=2))

    assert (found.done, found.left) == (["location", "present"], ["identity"])


def test_the_ticks_of_every_spoken_answer_count_together(rosas_seat: Seat, osei: Member) -> None:
    record(rosas_seat, osei, answer="no", ticks=["location", "present"])
    record(rosas_seat, osei, answer="no", ticks=["identity"], at=TEN + timedelta(minutes=2))

    assert stands(rosas_seat, at=TEN + timedelta(minutes=3)).left == []


def test_a_row_after_a_spoken_answer_may_take_back_what_was_ticked_with_it(
    rosas_seat: Seat, osei: Member
) -> None:
    record(rosas_seat, osei)
    ask(rosas_seat, osei, "identity", at=TEN + timedelta(minutes=2))

    assert stands(rosas_seat, at=TEN + timedelta(minutes=3)).done == ["identity"]


def test_a_spoken_answer_counts_as_it_was_corrected(rosas_seat: Seat, osei: Member) -> None:
    said = record(rosas_seat, osei, answer="no")
    right: dict[str, Any] = {"answer": "no", "ticks": ["present"], "reason": "Asked less"}
    actions.correct(consent=said, actor=osei, at=TEN + timedelta(minutes=5), **right)

    assert stands(rosas_seat, at=TEN + timedelta(minutes=6)).done == ["present"]


def test_what_was_asked_days_ahead_is_asked_again_on_the_day(rosas_seat: Seat, osei: Member) -> None:
    ahead = TEN - timedelta(days=3)
    ask(rosas_seat, osei, at=ahead)
    assert stands(rosas_seat, at=ahead).left == []

    assert stands(rosas_seat, at=TEN).left == EVERYTHING
    # Without knowing of the row from days ago.
    ask(rosas_seat, osei)
    assert stands(rosas_seat, at=TEN).left == []


def test_a_rule_that_asks_more_since_leaves_the_rest_open(
    rosas_seat: Seat, osei: Member, willow: Practice, owner: Member
) -> None:
    ask(rosas_seat, osei)

    rule = ILLINOIS | {"ask_each_session": [*EVERYTHING, "contact"], "verbal_enough": True}
    actions.change_rule(practice=willow, actor=owner, **rule)

    assert stands(rosas_seat, at=TEN).left == ["contact"]
    assert AskedAgain.objects.get().left_out == []


def test_nothing_hangs_on_it(signed: Consent, rosas_seat: Seat) -> None:
    assert queries.standing(rosas_seat, at=TEN) == signed
    assert queries.in_the_way(rosas_seat, at=TEN) == []


def test_the_database_keeps_every_row_as_it_was(rosas_seat: Seat, osei: Member) -> None:
    made = ask(rosas_seat, osei)

    with pytest.raises(IntegrityError), transaction.atomic():
        AskedAgain.objects.filter(pk=made.pk).update(items=[])
    with pytest.raises(IntegrityError), transaction.atomic():
        AskedAgain.objects.filter(pk=made.pk)._raw_delete("default")
    assert not {"asked_again_kept", "asked_again_fixed"} & set(guards.missing(connection))


def test_the_work_of_others_and_of_another_practice_is_not_seen(
    rosas_seat: Seat,
    osei: Member,
    front_desk: Member,
    colleague: Member,
    birch_person: cast.Person,
    rosas_visit: Visit,
) -> None:
    made = ask(rosas_seat, osei)

    for may in (osei, front_desk):
        assert list(AskedAgain.objects.visible_to(may)) == [made]
    for may_not in (colleague, birch_person.actor, rosas_visit):
        assert not AskedAgain.objects.visible_to(may_not).exists()


def test_the_questions_are_three_however_often_it_was_asked(
    rosas_seat: Seat, osei: Member, django_assert_num_queries: Any
) -> None:
    row = ask(rosas_seat, osei, "location")
    for minutes in range(2, 8):
        row = ask(rosas_seat, osei, was=row.pk, at=TEN + timedelta(minutes=minutes))

    with django_assert_num_queries(3):
        again(rosas_seat, at=TEN + timedelta(minutes=9))
