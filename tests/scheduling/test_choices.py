"""A day of a series that was moved elsewhere is looked at there, too."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from holdspace.clients.models import Client
from holdspace.kit.actor import Member
from holdspace.scheduling import actions, recurrence, refusals
from holdspace.scheduling.choices import Choice
from holdspace.scheduling.models import Appointment, Series
from holdspace.scheduling.plans import Plan
from holdspace.scheduling.recurrence import Repeat
from tests import cast

HOUR, WEEK = timedelta(hours=1), timedelta(days=7)
MakePlan = Callable[..., Plan]


@pytest.fixture
def weekly(plan: MakePlan, rosa: Client, osei: Member, ten: datetime) -> Callable[..., Series]:
    """Three Wednesdays at ten; the second is somebody else's already."""
    other = cast.client_of(rosa.practice, "Tom", "Reed")
    actions.book(plan=plan(ten + WEEK), clients=[other], actor=osei, at=ten)

    def make(**choices: Any) -> Series:
        said = {(ten + WEEK).date(): Choice(**choices)} if choices else {}
        repeat = Repeat(recurrence.weekly(ten), 3)
        facts: dict[str, Any] = {"clients": [rosa], "actor": osei, "at": ten, "choices": said}
        return actions.book_series(plan=plan(), repeat=repeat, **facts)

    return make


def refused(weekly: Callable[..., Series], **choice: Any) -> refusals.SeriesClashes:
    with pytest.raises(refusals.SeriesClashes) as no:
        weekly(**choice)
    return no.value


def test_a_day_moved_outside_hours_is_asked_about_and_booked_anyway(
    weekly: Callable[..., Series], ten: datetime
) -> None:
    night = ten + WEEK + 10 * HOUR
    no = refused(weekly, how="move", starts_at=night)
    assert [clash.kind for clash in no.moved.values()] == ["outside"]
    assert Series.objects.count() == 0

    series = weekly(how="move", starts_at=night, anyway=True)

    moved = series.occurrences.get(changed_alone=True)
    assert (moved.appointment.starts_at, moved.day) == (night, (ten + WEEK).date())


def test_a_day_moved_onto_the_clients_other_appointment_is_asked_about(
    weekly: Callable[..., Series],
    plan: MakePlan,
    rosa: Client,
    willow: Any,
    ten: datetime,
    front_desk: Member,
) -> None:
    novak = cast.person(willow, "Dr Eva Novak", ["clinician"])
    there = ten + WEEK + 2 * HOUR
    with_novak = plan(there, clinicians=(novak.clinician,))
    actions.book(plan=with_novak, clients=[rosa], actor=front_desk, at=ten)

    no = refused(weekly, how="move", starts_at=there)
    assert [clash.kind for clash in no.moved.values()] == ["client"]
    weekly(how="move", starts_at=there, anyway=True)
    assert Appointment.objects.filter(starts_at=there).count() == 2


def test_nobody_insists_on_the_clinicians_own_time(
    weekly: Callable[..., Series], plan: MakePlan, ten: datetime, osei: Member, willow: Any
) -> None:
    there, third = ten + WEEK + 2 * HOUR, cast.client_of(willow, "Ann", "Bly")
    actions.book(plan=plan(there), clients=[third], actor=osei, at=ten)

    assert refused(weekly, how="move", starts_at=there, anyway=True).moved
    assert refused(weekly, how="anyway").coming
    assert Series.objects.count() == 0


def test_a_change_of_the_rest_looks_at_the_moved_day_as_well(
    weekly: Callable[..., Series], plan: MakePlan, ten: datetime, osei: Member
) -> None:
    series = weekly(how="skip")
    first = series.occurrences.order_by("day")[0].appointment
    day, night = (ten + 2 * WEEK).date(), ten + 2 * WEEK + 10 * HOUR
    facts: dict[str, Any] = {"appointment": first, "plan": plan(contact_type="phone"), "version": 1}
    facts |= {"repeat": Repeat(recurrence.weekly(ten), 3), "actor": osei, "at": ten}

    with pytest.raises(refusals.SeriesClashes):
        actions.change_from(**facts, choices={day: Choice("move", night)})
    actions.change_from(**facts, choices={day: Choice("move", night, anyway=True)})

    assert Appointment.objects.filter(occurrence__series=series, starts_at=night).exists()


def test_one_that_is_moved_and_moved_back_goes_with_the_others_again(
    weekly: Callable[..., Series], ten: datetime, osei: Member
) -> None:
    here = weekly(how="skip").occurrences.order_by("day")[0]
    one = here.appointment
    actions.move(appointment=one, starts_at=ten + HOUR, version=1, actor=osei, at=ten)
    here.refresh_from_db()
    assert here.changed_alone

    actions.move(appointment=one, starts_at=ten, version=2, actor=osei, at=ten)

    here.refresh_from_db()
    assert not here.changed_alone
