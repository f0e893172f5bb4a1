from datetime import timedelta

import pytest

from holdspace.audit.models import Entry
from holdspace.kit.actor import Member, Visit
from holdspace.scheduling.models import Seat
from holdspace.telehealth import refusals
from holdspace.telehealth.actions import knock, leave, open_for, remove
from holdspace.telehealth.models import Session
from tests.cast import TEN


def test_the_first_knock_opens_the_session(rosas_seat: Seat, rosas_visit: Visit) -> None:
    rosa = knock(seat=rosas_seat, actor=rosas_visit, at=TEN)

    assert rosa.status == "waiting"
    assert rosa.session.status == "open"
    assert {place.role for place in rosa.session.participants.all()} == {"clinician", "client"}


def test_knocking_twice_is_waiting_once(rosas_seat: Seat, rosas_visit: Visit) -> None:
    first = knock(seat=rosas_seat, actor=rosas_visit, at=TEN)
    again = knock(seat=rosas_seat, actor=rosas_visit, at=TEN + timedelta(minutes=2))

    assert again == first
    assert again.waiting_since == TEN
    assert Entry.objects.filter(what="telehealth.participant.waiting").count() == 1


def test_knocking_needs_neither_consent_nor_status(rosas_seat: Seat, rosas_visit: Visit) -> None:
    rosas_seat.move_to("scheduled")

    rosa = knock(seat=rosas_seat, actor=rosas_visit, at=TEN)

    assert rosa.status == "waiting"
    rosas_seat.refresh_from_db()
    assert rosas_seat.status == "scheduled"


@pytest.mark.parametrize(("minutes", "refusal"), [(-61, refusals.TooEarly), (50 + 240, refusals.TooLate)])
def test_the_waiting_room_has_its_hours(
    rosas_seat: Seat, rosas_visit: Visit, minutes: int, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        knock(seat=rosas_seat, actor=rosas_visit, at=TEN + timedelta(minutes=minutes))

    assert not Session.objects.exists()


def test_an_open_session_lets_anyone_knock_at_any_hour(
    rosas_seat: Seat, rosas_visit: Visit, osei: Member
) -> None:
    early = TEN - timedelta(hours=5)
    open_for(appointment=rosas_seat.appointment, actor=osei, at=early)

    assert knock(seat=rosas_seat, actor=rosas_visit, at=early).status == "waiting"


@pytest.mark.parametrize("status", ["cancelled", "no_show", "rescheduled", "late_cancellation"])
def test_nobody_waits_for_what_is_not_on(rosas_seat: Seat, rosas_visit: Visit, status: str) -> None:
    rosas_seat.move_to(status)

    with pytest.raises(refusals.NotStandingAnymore):
        knock(seat=rosas_seat, actor=rosas_visit, at=TEN)


def test_who_left_may_knock_again(rosas_seat: Seat, rosas_visit: Visit) -> None:
    rosa = knock(seat=rosas_seat, actor=rosas_visit, at=TEN)
    leave(participant=rosa, actor=rosas_visit, at=TEN)

    assert knock(seat=rosas_seat, actor=rosas_visit, at=TEN).status == "waiting"


def test_who_was_removed_stays_out(
    rosas_seat: Seat, rosas_visit: Visit, osei: Member, rosa_agreed: object
) -> None:
    from holdspace.telehealth.actions import admit

    rosa = knock(seat=rosas_seat, actor=rosas_visit, at=TEN)
    admit(participant=rosa, actor=osei, at=TEN)
    remove(participant=rosa, actor=osei, at=TEN)

    with pytest.raises(refusals.TakenOut):
        knock(seat=rosas_seat, actor=rosas_visit, at=TEN)
