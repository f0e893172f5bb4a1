"""Nobody is booked into the past, or moved there, without having been asked."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from holdspace.clients.models import Client
from holdspace.kit.actor import Member
from holdspace.scheduling import actions, recurrence, refusals
from holdspace.scheduling.choices import Choice
from holdspace.scheduling.models import Appointment, Seat
from holdspace.scheduling.plans import Plan, plan_of
from holdspace.scheduling.recurrence import Repeat

HOUR, WEEK = timedelta(hours=1), timedelta(days=7)
MakePlan = Callable[..., Plan]


def test_a_time_that_has_begun_is_asked_about_and_one_press_insists(
    plan: MakePlan, rosa: Client, osei: Member, ten: datetime
) -> None:
    late = ten + timedelta(minutes=1)
    with pytest.raises(refusals.TimePast) as no:
        actions.book(plan=plan(), clients=[rosa], actor=osei, at=late)
    assert "in the past: Wed, Nov 18, 10:00 – 10:50 AM" in str(no.value.sentence)
    assert no.value.may_overrule
    assert all(free > late for free in no.value.free)
    assert Appointment.objects.count() == 0

    actions.book(plan=plan(), clients=[rosa], actor=osei, at=late, anyway=True)
    assert Appointment.objects.count() == 1


def test_what_begins_this_minute_is_not_past(
    plan: MakePlan, rosa: Client, osei: Member, ten: datetime
) -> None:
    actions.book(plan=plan(), clients=[rosa], actor=osei, at=ten)

    assert Appointment.objects.get().starts_at == ten


def test_moving_back_in_time_is_asked_about_and_making_longer_is_not(
    rosas_seat: Seat, osei: Member, ten: datetime
) -> None:
    appointment, later = rosas_seat.appointment, ten + 2 * HOUR
    with pytest.raises(refusals.TimePast):
        actions.move(appointment=appointment, starts_at=ten + HOUR, version=1, actor=osei, at=later)

    longer = timedelta(minutes=80)
    actions.move(appointment=appointment, starts_at=ten, length=longer, version=1, actor=osei, at=later)
    assert appointment.minutes == 80


def test_an_edit_that_leaves_a_past_time_as_it_was_asks_nothing(
    rosas_seat: Seat, osei: Member, ten: datetime
) -> None:
    said = replace(plan_of(rosas_seat.appointment), notes="Came by train")

    actions.edit(appointment=rosas_seat.appointment, plan=said, version=1, actor=osei, at=ten + WEEK)

    assert rosas_seat.appointment.version == 2


def test_a_series_that_begins_in_the_past_asks_about_those_days_only(
    plan: MakePlan, rosa: Client, osei: Member, ten: datetime
) -> None:
    facts: dict[str, Any] = {
        "plan": plan(),
        "repeat": Repeat(recurrence.weekly(ten), 3),
        "clients": [rosa],
        "actor": osei,
    }
    with pytest.raises(refusals.SeriesClashes) as no:
        actions.book_series(**facts, at=ten + WEEK + HOUR)
    assert [one.clash and one.clash.kind for one in no.value.coming] == ["past", "past", None]

    first, second, _third = (one.day for one in no.value.coming)
    decided = {first: Choice("skip"), second: Choice("anyway")}
    actions.book_series(**facts, at=ten + WEEK + HOUR, choices=decided)
    found = Appointment.objects.order_by("starts_at")
    assert [one.starts_at for one in found] == [ten + WEEK, ten + 2 * WEEK]


def test_changing_a_series_from_a_past_day_on_asks_nothing_new(
    plan: MakePlan, rosa: Client, osei: Member, ten: datetime
) -> None:
    repeat = Repeat(recurrence.weekly(ten), 3)
    actions.book_series(plan=plan(), repeat=repeat, clients=[rosa], actor=osei, at=ten)
    first = Appointment.objects.order_by("starts_at")[0]
    by_phone = replace(plan_of(first), contact_type="phone")

    actions.change_from(
        appointment=first, plan=by_phone, repeat=repeat, version=1, actor=osei, at=ten + WEEK + HOUR
    )

    assert {one.contact_type for one in Appointment.objects.all()} == {"phone"}
