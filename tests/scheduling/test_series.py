"""A repeating appointment: booked whole or not at all, changed from a day on, ended, made longer in time."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from holdspace.clients.models import Client
from holdspace.kit import zones
from holdspace.scheduling import actions, recurrence, refusals, tasks
from holdspace.scheduling.actions.extending import extend
from holdspace.scheduling.choices import Choice
from holdspace.scheduling.models import Appointment, Hold, Series
from holdspace.scheduling.plans import Plan, plan_of
from holdspace.scheduling.recurrence import Repeat
from tests import cast
from tests.cast import TEN

MakePlan = Callable[..., Plan]
ZONE = "America/New_York"


@pytest.fixture
def rosa(rosas_seat: Any) -> Client:
    Hold.objects.all().delete()
    client: Client = rosas_seat.client
    rosas_seat.delete()
    return client


@pytest.fixture
def weekly(plan: MakePlan, rosa: Client, osei_person: cast.Person) -> Callable[..., Series]:
    def book(times: int | None = 6, **said: Any) -> Series:
        agreed = said.pop("plan", None) or plan()
        starts = zones.wall_of(agreed.starts_at, ZONE).replace(tzinfo=None)
        repeat = Repeat(recurrence.weekly(starts), times=times)
        return actions.book_series(
            plan=agreed,
            repeat=repeat,
            clients=[rosa],
            actor=osei_person.actor,
            at=TEN - timedelta(days=1),
            **said,
        )

    return book


def walls(series: Series) -> list[str]:
    found = Appointment.objects.filter(occurrence__series=series).order_by("starts_at")
    return [f"{zones.wall_of(one.starts_at, ZONE):%m-%d %H:%M}" for one in found]


def nth(series: Series, number: int) -> Appointment:
    return Appointment.objects.filter(occurrence__series=series).order_by("starts_at")[number]


def test_every_occurrence_is_an_appointment_that_holds_its_time(weekly: Callable[..., Series]) -> None:
    series = weekly(6)

    assert len(walls(series)) == 6
    assert Hold.objects.count() == 6
    assert len({wall.split()[1] for wall in walls(series)}) == 1


def test_hours_and_the_clients_other_appointments_are_asked_for_once_however_many_days(
    weekly: Callable[..., Series],
) -> None:
    with CaptureQueriesContext(connection) as asked:
        weekly(20)

    said = [one["sql"] for one in asked.captured_queries]
    assert sum('FROM "scheduling_hours"' in one for one in said) == 1
    assert sum('FROM "scheduling_timeoff"' in one for one in said) == 1
    assert sum('"starts_at" DESC' in one and 'FROM "scheduling_seat"' in one for one in said) == 0
    assert sum('INTO "scheduling_notice"' in one for one in said) == 1
    assert sum('INTO "jobs_job"' in one for one in said) == 1


def test_another_day_costs_no_more_than_its_own_rows(weekly: Callable[..., Series], plan: MakePlan) -> None:
    """The appointment, who leads it, its seat, a lock, whether it is free, its hold (for which the database
    may refuse it: two more), the trail, its place in the series.
    """
    with CaptureQueriesContext(connection) as few:
        weekly(2)
    with CaptureQueriesContext(connection) as many:
        weekly(12, plan=plan(TEN + timedelta(hours=4)))

    assert len(many) - len(few) == 10 * 10


def test_a_series_of_which_every_day_is_left_out_is_refused(
    weekly: Callable[..., Series], plan: MakePlan
) -> None:
    days = [zones.wall_of(plan().starts_at, ZONE).date() + timedelta(days=7 * n) for n in range(2)]

    with pytest.raises(refusals.NoDayLeft):
        weekly(2, choices={day: Choice("skip") for day in days})

    assert not Series.objects.exists()


def test_wall_time_is_kept_over_the_clock_change(weekly: Callable[..., Series], plan: MakePlan) -> None:
    before = zones.instant(datetime(2027, 3, 8, 9, 0), ZONE)

    series = weekly(3, plan=plan(before))

    assert walls(series) == ["03-08 09:00", "03-15 09:00", "03-22 09:00"]
    assert nth(series, 1).starts_at - nth(series, 0).starts_at == timedelta(days=7, hours=-1)


def test_without_an_end_there_are_rows_for_twelve_months_and_a_job_makes_more(
    weekly: Callable[..., Series],
) -> None:
    series = weekly(None)
    assert 52 <= len(walls(series)) <= 54

    missed = extend(series=series, at=TEN + timedelta(days=28))

    assert missed == []
    assert 56 <= len(walls(series)) <= 58
    extend(series=series, at=TEN + timedelta(days=28))
    assert 56 <= len(walls(series)) <= 58


def test_a_day_that_clashes_is_named_and_nothing_is_saved_until_each_is_decided(
    weekly: Callable[..., Series], plan: MakePlan, rosa: Client, osei_person: cast.Person
) -> None:
    other = cast.client_of(rosa.practice, "Tom", "Reed")
    taken = TEN + timedelta(days=14)
    actions.book(plan=plan(taken), clients=[other], actor=osei_person.actor, at=TEN, anyway=True)

    with pytest.raises(refusals.SeriesClashes) as refused:
        weekly(4)
    clashes = [one for one in refused.value.coming if one.clash]
    assert [one.starts_at for one in clashes] == [taken]
    assert Series.objects.count() == 0
    assert Appointment.objects.filter(occurrence__isnull=False).count() == 0

    series = weekly(4, choices={clashes[0].day: Choice("skip")})
    assert len(walls(series)) == 3
    assert series.skipped == [clashes[0].day.isoformat()]


def test_a_clash_may_be_moved_and_over_a_clinicians_time_nobody_books(
    weekly: Callable[..., Series], plan: MakePlan, rosa: Client, osei_person: cast.Person
) -> None:
    taken = TEN + timedelta(days=7)
    actions.book(plan=plan(taken), clients=[rosa], actor=osei_person.actor, at=TEN, anyway=True)
    day = zones.wall_of(taken, ZONE).date()

    with pytest.raises(refusals.SeriesClashes):
        weekly(3, choices={day: Choice("anyway")})
    series = weekly(3, choices={day: Choice("move", taken + timedelta(hours=2))})

    assert nth(series, 1).starts_at == taken + timedelta(hours=2)
    assert nth(series, 1).occurrence.changed_alone


def change(
    which: Callable[..., Any], appointment: Appointment, by: timedelta, actor: Any, times: int | None
) -> Any:
    moved = plan_of(appointment)
    moved = Plan(**{**moved.__dict__, "starts_at": moved.starts_at + by, "ends_at": moved.ends_at + by})
    wall = zones.wall_of(moved.starts_at, ZONE).replace(tzinfo=None)
    return which(
        appointment=appointment,
        plan=moved,
        repeat=Repeat(recurrence.weekly(wall), times=times),
        version=appointment.version,
        actor=actor,
        at=TEN,
    )


def test_this_and_following_cuts_the_series_and_keeps_what_hangs_on_each(
    weekly: Callable[..., Series], osei_person: cast.Person
) -> None:
    series = weekly(5)
    third = nth(series, 2)
    fourth_seat = nth(series, 3).seats.get()
    actions.set_status(seat=fourth_seat, status="confirmed", actor=osei_person.actor, at=TEN)
    before = walls(series)

    later = change(actions.change_from, third, timedelta(hours=3), osei_person.actor, 3)

    assert walls(series) == before[:2]
    assert [wall.split()[0] for wall in walls(later)] == [wall.split()[0] for wall in before[2:]]
    assert nth(later, 0).pk == third.pk
    fourth_seat.refresh_from_db()
    assert fourth_seat.status == "confirmed"
    assert fourth_seat.appointment_id == nth(later, 1).pk
    series.refresh_from_db()
    assert series.last_day
    assert series.last_day < later.first_day


def test_a_change_by_a_week_takes_the_place_of_the_next_one(
    weekly: Callable[..., Series], osei_person: cast.Person
) -> None:
    series = weekly(4)
    before = walls(series)

    same = change(actions.change_from, nth(series, 0), timedelta(days=7), osei_person.actor, 4)

    assert same.pk == series.pk
    assert walls(same)[:3] == before[1:]


def test_one_changed_alone_stays_when_all_are_changed(
    weekly: Callable[..., Series], osei_person: cast.Person
) -> None:
    series = weekly(4)
    alone = nth(series, 2)
    actions.move(
        appointment=alone,
        starts_at=alone.starts_at + timedelta(hours=5),
        version=alone.version,
        actor=osei_person.actor,
        at=TEN,
    )
    kept = walls(series)[2]

    changed = change(actions.change_all, nth(series, 1), timedelta(hours=1), osei_person.actor, 4)

    assert walls(changed)[2] == kept
    assert len(walls(changed)) == 4


def test_all_leaves_what_took_place_where_it_was(
    weekly: Callable[..., Series], osei_person: cast.Person
) -> None:
    series = weekly(4)
    before = walls(series)
    later = TEN + timedelta(days=8)
    third = nth(series, 2)
    moved = plan_of(third)
    hour = timedelta(hours=1)
    moved = Plan(**{**moved.__dict__, "starts_at": moved.starts_at + hour, "ends_at": moved.ends_at + hour})
    wall = zones.wall_of(moved.starts_at, ZONE).replace(tzinfo=None)

    after = actions.change_all(
        appointment=third,
        plan=moved,
        repeat=Repeat(recurrence.weekly(wall), times=2),
        version=third.version,
        actor=osei_person.actor,
        at=later,
    )

    assert walls(series) == before[:2]
    assert len(walls(after)) == 2


def test_ended_from_a_day_on_the_rest_is_called_off_and_the_time_is_free(
    weekly: Callable[..., Series], osei_person: cast.Person
) -> None:
    series = weekly(5)

    called_off = actions.cancel_from(appointment=nth(series, 3), actor=osei_person.actor, at=TEN)

    assert called_off == 2
    assert Hold.objects.count() == 3
    statuses = [nth(series, n).seats.get().status for n in range(5)]
    assert statuses == ["scheduled"] * 3 + ["cancelled"] * 2
    assert extend(series=series, at=TEN + timedelta(days=30)) == []
    assert len(walls(series)) == 5


def test_a_day_taken_meanwhile_is_left_out_when_the_series_grows_and_the_trail_says_so(
    weekly: Callable[..., Series], plan: MakePlan, rosa: Client, osei_person: cast.Person
) -> None:
    series = weekly(None)
    after = max(one.starts_at for one in Appointment.objects.filter(occurrence__series=series))
    next_wall = zones.wall_of(after, ZONE).replace(tzinfo=None) + timedelta(days=7)
    taken = zones.instant(next_wall, ZONE)
    actions.book(plan=plan(taken), clients=[rosa], actor=osei_person.actor, at=TEN, anyway=True)

    missed = extend(series=series, at=TEN + timedelta(days=20))

    assert missed == [next_wall.date()]
    assert isinstance(missed[0], date)
    assert taken.tzinfo is UTC or taken.utcoffset() == timedelta()


def test_the_job_extends_what_is_due_and_leaves_the_rest(weekly: Callable[..., Series]) -> None:
    series = weekly(None)
    with time_machine.travel(TEN + timedelta(days=40), tick=False):
        tasks.extend_series.func()
    grown = len(walls(series))
    assert grown > 54

    with time_machine.travel(TEN + timedelta(days=41), tick=False):
        tasks.extend_series.func()
    assert len(walls(series)) == grown
