"""Why an appointment isn't held: the practice's own words, required where it says so."""

from datetime import timedelta

import pytest

from holdspace.audit.models import Entry
from holdspace.kit.actor import System
from holdspace.kit.refusals import NotYours
from holdspace.scheduling import actions, refusals
from holdspace.scheduling.models import Seat
from holdspace.scheduling.reasons import Offered, reasons_of
from tests import cast


def offer(practice, person, at, status="no_show", words=("Forgot",), *, required=False):
    offered = [Offered(status, list(words), required)]
    actions.offer_reasons(practice=practice, offered=offered, actor=person.actor, at=at)


def test_a_new_practice_has_something_to_choose_from(willow):
    offered = reasons_of(willow.pk)

    assert set(offered) == {"cancelled", "late_cancellation", "no_show", "rescheduled"}
    assert all(one.words and not one.required for one in offered.values())


def test_the_practices_own_words_take_their_place(willow, owner_person, ten):
    offer(willow, owner_person, ten, words=["Snow", "Forgot"])

    assert reasons_of(willow.pk)["no_show"].words == ["Snow", "Forgot"]
    kept = Entry.objects.get(what="scheduling.reasons.changed")
    assert kept.detail["changes"]["words"][1] == ["Snow", "Forgot"]


def test_keeping_what_is_so_already_leaves_no_entry(willow, owner_person, ten):
    usual = list(reasons_of(willow.pk).values())

    actions.offer_reasons(practice=willow, offered=usual, actor=owner_person.actor, at=ten)

    assert not Entry.objects.filter(what="scheduling.reasons.changed").exists()


def test_only_who_keeps_the_settings_changes_them(willow, front_desk_person, ten):
    with pytest.raises(NotYours):
        offer(willow, front_desk_person, ten)


def test_where_a_reason_is_required_the_status_is_refused_without_one(
    willow, owner_person, front_desk_person, rosas_seat, ten
):
    offer(willow, owner_person, ten, required=True)

    with pytest.raises(refusals.ReasonNeeded):
        actions.set_status(seat=rosas_seat, status="no_show", actor=front_desk_person.actor, at=ten)
    assert Seat.objects.get(pk=rosas_seat.pk).status == "confirmed"

    actions.set_status(
        seat=rosas_seat, status="no_show", actor=front_desk_person.actor, at=ten, reason="Forgot"
    )
    assert Seat.objects.get(pk=rosas_seat.pk).status_reason == "Forgot"


def test_another_practices_wish_is_its_own(willow, birch, birch_person, front_desk_person, rosas_seat, ten):
    offer(birch, birch_person, ten, required=True)

    actions.set_status(seat=rosas_seat, status="no_show", actor=front_desk_person.actor, at=ten)

    assert rosas_seat.status == "no_show"


def test_the_product_itself_is_never_asked_why(willow, owner_person, rosas_seat, ten):
    offer(willow, owner_person, ten, required=True)

    actions.set_status(seat=rosas_seat, status="no_show", actor=System(willow.pk), at=ten)

    assert rosas_seat.status == "no_show"


def test_who_is_taken_out_of_a_group_left_it(willow, owner_person, front_desk_person, rosas_seat, ten):
    offer(willow, owner_person, ten, status="cancelled", required=True)

    early = ten - timedelta(days=3)
    actions.leave(seat=rosas_seat, actor=front_desk_person.actor, at=early)

    assert Seat.objects.get(pk=rosas_seat.pk).status_reason == "Left the group"


def test_a_reason_may_be_given_afterwards_and_stays_off_the_trail(front_desk_person, rosas_seat, ten):
    actions.set_status(seat=rosas_seat, status="no_show", actor=front_desk_person.actor, at=ten)

    actions.explain(seat=rosas_seat, reason=" Could not be reached ", actor=front_desk_person.actor, at=ten)

    assert Seat.objects.get(pk=rosas_seat.pk).status_reason == "Could not be reached"
    entry = Entry.objects.get(what="scheduling.seat.explained")
    assert entry.detail["also"] == ["status_reason"]
    assert "reached" not in str(entry.detail)


@pytest.mark.parametrize(("status", "reason"), [("confirmed", "Illness"), ("no_show", "  ")])
def test_what_is_held_or_said_with_nothing_needs_no_reason(
    front_desk_person, rosas_seat, ten, status, reason
):
    if status != "confirmed":
        actions.set_status(seat=rosas_seat, status=status, actor=front_desk_person.actor, at=ten)

    with pytest.raises(refusals.ReasonNeeded):
        actions.explain(seat=rosas_seat, reason=reason, actor=front_desk_person.actor, at=ten)


def test_a_colleagues_appointment_is_not_mine_to_explain(willow, front_desk_person, rosas_seat, ten):
    novak = cast.person(willow, "Dr Eva Novak", ["clinician"])
    actions.set_status(seat=rosas_seat, status="no_show", actor=front_desk_person.actor, at=ten)

    with pytest.raises(refusals.NotYourCalendar):
        actions.explain(seat=rosas_seat, reason="Forgot", actor=novak.actor, at=ten)
