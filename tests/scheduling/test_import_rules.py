"""A calendar file's rules as we book them, against a program that isn't ours reading the same file."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import icalendar
import pytest
import recurring_ical_events
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as some

from holdspace.kit import zones
from holdspace.scheduling.coming import horizon
from holdspace.scheduling.models import Appointment, Import, Series
from holdspace.scheduling.recurrence import DAYS
from tests.cast import TEN
from tests.scheduling.test_import_calendars import event, ics, walls
from tests.scheduling.test_imports import hand_in, listed, whys

pytestmark = pytest.mark.usefixtures("at_ten")

__all__ = ["hand_in", "ics"]
Handed = Callable[..., Import]
# No hour of these starts is skipped or passed twice there: what becomes of such is told elsewhere.
ZONES = ("America/New_York", "Australia/Lord_Howe", "Pacific/Chatham", "Asia/Kathmandu", "America/Santiago")
HOURS = (5, 9, 13, 18)


@some.composite
def rules(draw: some.DrawFn, starts: datetime) -> str:
    every, day = draw(some.integers(1, 4)), DAYS[starts.weekday()]
    days = ",".join(sorted({day, *draw(some.sets(some.sampled_from(DAYS), max_size=3))}))
    nth = (starts.day - 1) // 7 + 1
    rule = draw(
        some.sampled_from(
            [
                f"FREQ=WEEKLY;INTERVAL={every};BYDAY={days}",
                f"FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY={day}",
                f"FREQ=DAILY;INTERVAL={7 * every}",
                f"FREQ=MONTHLY;BYDAY={day};BYSETPOS={nth}",
                f"FREQ=MONTHLY;BYDAY={nth}{day}",
                f"FREQ=MONTHLY;INTERVAL={every};BYMONTHDAY={starts.day},{-1}",
                f"FREQ=MONTHLY;BYMONTHDAY={starts.day}",
                f"FREQ=WEEKLY;BYDAY={day};BYHOUR={starts.hour};BYMINUTE=15",
                f"FREQ=YEARLY;BYMONTH={starts.month};BYDAY={day}",
            ]
        )
    )
    ends = draw(some.sampled_from(["", f";COUNT={draw(some.integers(1, 30))}", ";UNTIL=20270618T235959Z"]))
    return rule + ends


@some.composite
def files(draw: some.DrawFn) -> tuple[str, ...]:
    """An event that repeats, with days left out, added and told apart, some of which it never had."""
    zone = draw(some.sampled_from(ZONES))
    day = datetime(2026, 10, 1) + timedelta(days=draw(some.integers(0, 120)))
    starts = day.replace(hour=draw(some.sampled_from(HOURS)), minute=15)
    weeks = [starts + timedelta(days=7 * n) for n in range(1, 30)]

    def some_of(most: int) -> list[datetime]:
        return draw(some.lists(some.sampled_from(weeks), max_size=most, unique=True))

    def stamp(name: str, moment: datetime) -> str:
        return f"{name};TZID={zone}:{moment:%Y%m%dT%H%M%S}"

    gone, moved = some_of(4), some_of(3)
    added = [one + timedelta(days=draw(some.integers(0, 3)), hours=2) for one in some_of(3)]
    lines = [stamp("DTSTART", starts), "DURATION:PT50M", *(stamp("EXDATE", one) for one in gone)]
    lines += [stamp("RDATE", one) for one in added]
    if draw(some.booleans()) or not added:
        lines.append(f"RRULE:{draw(rules(starts))}")
    told = [
        event(stamp("RECURRENCE-ID", one), stamp("DTSTART", one + timedelta(hours=4)), "DURATION:PT50M")
        for one in moved
        if one not in gone
    ]
    return (event(*lines), *told)


def by_the_other_program(found: tuple[str, ...]) -> list[datetime]:
    text = "BEGIN:VCALENDAR\r\n" + "".join(found) + "END:VCALENDAR\r\n"
    read = recurring_ical_events.of(icalendar.Calendar.from_ical(text)).between(
        TEN, TEN + timedelta(days=800)
    )
    starts = {one["DTSTART"].dt.astimezone(UTC) for one in read}
    # It also reads what is under way.
    return sorted(start for start in starts if start >= TEN)


def first_of(series: Series) -> datetime:
    """Its first day, booked or left out."""
    return zones.instant(datetime.combine(series.first_day, series.wall_time), series.time_zone)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=files())
@example(
    told=(
        event(
            "DTSTART;TZID=America/New_York:20261105T051500",
            "DURATION:PT50M",
            "RRULE:FREQ=WEEKLY",
            "EXDATE;TZID=America/New_York:20261119T051500",
        ),
    )
)
@example(
    told=(
        event(
            "DTSTART;TZID=Australia/Lord_Howe:20261001T051500",
            "DURATION:PT50M",
            "RRULE:FREQ=MONTHLY;BYMONTHDAY=1",
        ),
    )
)
@example(
    told=(
        event(
            "DTSTART;TZID=America/New_York:20261014T091500",
            "DURATION:PT50M",
            "RRULE:FREQ=WEEKLY",
        ),
    )
)
@example(
    told=(
        event(
            "DTSTART;TZID=America/New_York:20261001T051500",
            "DURATION:PT50M",
            "RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=5",
            "RDATE;TZID=America/New_York:20270311T071500",
        ),
        event(
            "RECURRENCE-ID;TZID=America/New_York:20261126T051500",
            "DTSTART;TZID=America/New_York:20261126T091500",
            "DURATION:PT50M",
        ),
    )
)
def test_what_is_booked_is_what_another_program_reads(ics: Handed, told: tuple[str, ...]) -> None:
    with transaction.atomic():
        found = ics(*told)
        booked = list(Appointment.objects.filter(starts_at__gte=TEN).order_by("starts_at"))
        said, why = {outcome for _, outcome in listed(found)}, whys(found)
        begun = [first_of(series) for series in Series.objects.all()]
        transaction.set_rollback(True)
    if said != {"done"}:
        assert "include the first day" in why or "left to book" in why
    if "include the first day" in why:
        return
    starts = [one.starts_at for one in booked]
    # An event that is told apart may lie beyond the twelve months that have rows, counted from the rule's
    # first day; the last of their days begins at home up to fourteen hours before it does in UTC.
    last = horizon(min(starts + begun), TEN) if starts else TEN.date()
    until = datetime.combine(last, datetime.min.time(), UTC) - timedelta(hours=14)

    assert [one for one in starts if one < until] == [
        one for one in by_the_other_program(told) if one < until
    ]


def test_single_dates_are_booked_beside_the_rule_or_in_its_place(ics: Handed) -> None:
    found = ics(
        event(
            "DTSTART:20270301T090000", "RRULE:FREQ=WEEKLY;COUNT=2", "RDATE:20270303T110000,20270308T090000"
        ),
        event("DTSTART:20270401T090000", "RDATE:20270403T090000", "RDATE:20270405T090000", uid="2"),
        event("DTSTART:20260901T090000", "RDATE:20261201T090000", uid="3"),
    )

    assert [outcome for _, outcome in listed(found)] == ["done"] * 3
    assert walls() == [
        "12-01 09:00", "03-01 09:00", "03-03 11:00", "03-08 09:00",
        "04-01 09:00", "04-03 09:00", "04-05 09:00",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("started", "first"),
    [
        ("20261104T051500", "11-25 05:15"),
        ("20261118T051500", "11-25 05:15"),
        ("20261104T140000", "11-18 14:00"),
    ],
)
def test_a_series_whose_hour_has_passed_today_goes_on_with_its_next_day(
    ics: Handed, started: str, first: str
) -> None:
    found = ics(event(f"DTSTART:{started}", "RRULE:FREQ=WEEKLY"))

    assert [outcome for _, outcome in listed(found)] == ["done"]
    assert walls()[0] == first


def test_a_day_of_today_that_has_passed_counts_among_those_that_were(ics: Handed) -> None:
    found = ics(
        event("DTSTART:20261104T051500", "RRULE:FREQ=WEEKLY;COUNT=4"),
        event("DTSTART:20261104T061500", "RRULE:FREQ=WEEKLY;COUNT=3", uid="2"),
    )

    assert walls() == ["11-25 05:15"]
    assert "None of its days is left to book" in whys(found)


def test_a_day_moved_by_leaving_it_out_and_adding_another_hour_is_moved(ics: Handed) -> None:
    ics(
        event(
            "DTSTART:20270301T090000",
            "RRULE:FREQ=WEEKLY;COUNT=3",
            "EXDATE:20270308T090000",
            "RDATE:20270308T140000",
        )
    )

    assert walls() == ["03-01 09:00", "03-08 14:00", "03-15 09:00"]


def test_one_single_date_that_is_taken_refuses_the_event_whole(ics: Handed) -> None:
    found = ics(
        event("DTSTART:20270303T090000", uid="1"),
        event("DTSTART:20270301T090000", "RDATE:20270302T090000,20270303T093000", uid="2"),
    )

    assert [outcome for _, outcome in listed(found)] == ["done", "refused"]
    assert walls() == ["03-03 09:00"]


def test_what_is_changed_from_one_day_on_is_refused_on_both_sides(ics: Handed) -> None:
    found = ics(
        event("DTSTART:20270301T090000", "RRULE:FREQ=WEEKLY;COUNT=9"),
        event("DTSTART:20270323T140000", "RECURRENCE-ID;RANGE=THISANDFUTURE:20270322T090000"),
    )

    assert [outcome for _, outcome in listed(found)] == ["refused"] * 2
    assert "from one day on" in whys(found)


def test_a_long_series_counts_only_what_is_left_of_it(ics: Handed) -> None:
    ics(event("DTSTART:20250101T160000", "RRULE:FREQ=DAILY;COUNT=700"))

    assert Appointment.objects.count() == 700 - (TEN.date() - datetime(2025, 1, 1).date()).days
    assert zones.wall_of(Appointment.objects.earliest("starts_at").starts_at, "America/New_York").hour == 16


def test_a_series_of_ten_thousand_is_refused_with_the_way_out(ics: Handed) -> None:
    found = ics(event("DTSTART:20270301T160000", "RRULE:FREQ=DAILY;COUNT=10000"))

    assert [outcome for _, outcome in listed(found)] == ["refused"]
    assert "let it go on without an end" in whys(found)
