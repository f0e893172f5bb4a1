"""A seat's status: along the table, with a reason where one is asked, and with the time it holds."""

from datetime import timedelta

import pytest

from holdspace.audit.models import Entry
from holdspace.kit.refusals import MoveNotAllowed
from holdspace.scheduling import actions, refusals
from holdspace.scheduling.models import Seat, SeatStatus
from tests import cast

MOVES = [(old, new) for old in SeatStatus.values for new in SeatStatus.values if old != new]


@pytest.mark.parametrize(("old", "new"), MOVES)
def test_a_status_goes_where_the_table_says_and_nowhere_else(osei_person, rosa, ten, old, new):
    seat = cast.appointment(osei_person.clinician, rosa, status=old)

    if new in Seat.MOVES[old]:
        actions.set_status(seat=seat, status=new, actor=osei_person.actor, at=ten, reason="because")
        assert Seat.objects.get(pk=seat.pk).status == new
    else:
        with pytest.raises(MoveNotAllowed):
            actions.set_status(seat=seat, status=new, actor=osei_person.actor, at=ten, reason="because")
        assert Seat.objects.get(pk=seat.pk).status == old


def test_a_not_held_seat_frees_the_clinicians_time(rosas_seat, osei, ten):
    actions.set_status(seat=rosas_seat, status="no_show", actor=osei, at=ten)

    assert not rosas_seat.appointment.holds.exists()


def test_a_group_keeps_the_time_while_one_member_still_comes(rosas_seat, willow, osei, ten):
    theo = cast.client_of(willow, "Theo", "King")
    other = Seat.objects.create(
        practice=willow, appointment=rosas_seat.appointment, client=theo, client_time_zone="America/New_York"
    )

    actions.set_status(seat=rosas_seat, status="cancelled", actor=osei, at=ten)
    assert rosas_seat.appointment.holds.count() == 1

    actions.set_status(seat=other, status="cancelled", actor=osei, at=ten)
    assert rosas_seat.appointment.holds.count() == 0


def test_coming_back_takes_the_time_again(rosas_seat, osei, ten):
    actions.set_status(seat=rosas_seat, status="cancelled", actor=osei, at=ten)

    actions.set_status(seat=rosas_seat, status="scheduled", actor=osei, at=ten, reason="called back")

    assert rosas_seat.appointment.holds.count() == 1


def test_coming_back_is_refused_when_the_time_is_no_longer_free(rosas_seat, osei_person, willow, ten):
    actions.set_status(seat=rosas_seat, status="cancelled", actor=osei_person.actor, at=ten)
    cast.appointment(osei_person.clinician, cast.client_of(willow, "Theo", "King"))

    with pytest.raises(refusals.ClinicianBusy):
        actions.set_status(
            seat=rosas_seat, status="scheduled", actor=osei_person.actor, at=ten, reason="again"
        )

    assert Seat.objects.get(pk=rosas_seat.pk).status == "cancelled"


@pytest.mark.parametrize(
    ("old", "new"), [("occurred", "no_show"), ("occurred", "checked_in"), ("cancelled", "scheduled")]
)
def test_undoing_what_was_settled_asks_for_a_reason(osei_person, rosa, ten, old, new):
    seat = cast.appointment(osei_person.clinician, rosa, status=old)

    with pytest.raises(refusals.ReasonNeeded):
        actions.set_status(seat=seat, status=new, actor=osei_person.actor, at=ten, reason="  ")


def test_the_trail_keeps_old_and_new_status_and_of_the_reason_only_that_there_is_one(rosas_seat, osei, ten):
    actions.set_status(seat=rosas_seat, status="cancelled", actor=osei, at=ten, reason="her mother is ill")

    entry = Entry.objects.get(what="scheduling.seat.status_set")
    assert entry.detail == {"changes": {"status": ["confirmed", "cancelled"]}, "also": ["status_reason"]}
    assert Seat.objects.get(pk=rosas_seat.pk).status_reason == "her mother is ill"


@pytest.mark.parametrize(
    ("hours", "called"), [(25, "cancelled"), (24, "cancelled"), (23, "late_cancellation")]
)
def test_inside_the_notice_period_cancelling_is_late(rosas_seat, osei, ten, hours, called):
    actions.cancel(seat=rosas_seat, actor=osei, at=ten - timedelta(hours=hours))

    assert rosas_seat.status == called


def test_the_slower_of_two_people_is_refused(rosas_seat, osei, front_desk, ten):
    stale = Seat.objects.get(pk=rosas_seat.pk)
    actions.cancel(seat=rosas_seat, actor=front_desk, at=ten)

    with pytest.raises(MoveNotAllowed):
        actions.set_status(seat=stale, status="checked_in", actor=osei, at=ten)


def test_someone_elses_appointment_keeps_its_status(rosas_seat, novak_person, ten):
    with pytest.raises(refusals.NotYourCalendar):
        actions.set_status(seat=rosas_seat, status="cancelled", actor=novak_person.actor, at=ten)


def test_a_megabyte_of_reasons_is_refused(rosas_seat, osei, ten):
    with pytest.raises(refusals.TextTooLong):
        actions.set_status(seat=rosas_seat, status="cancelled", actor=osei, at=ten, reason="a" * 1_000_000)
