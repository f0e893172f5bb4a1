"""When a series happens, against a calendar program that isn't ours, and the rules nobody can keep."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as some
from icalendar import Calendar

from holdspace.kit import zones
from holdspace.scheduling import recurrence, refusals
from holdspace.scheduling.recurrence import Repeat, checked

# Both hemispheres, odd offsets, no clock change at all, and one of half an hour.
ZONES = (
    "America/New_York",
    "America/Phoenix",
    "Europe/London",
    "Australia/Adelaide",
    "Australia/Lord_Howe",
    "America/Santiago",
    "Asia/Kathmandu",
    "Pacific/Chatham",
)
STARTS = datetime(2026, 11, 24, 9, 0)


@some.composite
def rules(draw: some.DrawFn, starts: datetime) -> str:
    every = draw(some.integers(1, 5))
    days = ",".join(
        sorted({recurrence.DAYS[starts.weekday()], *draw(some.sets(some.sampled_from(recurrence.DAYS)))})
    )
    return draw(
        some.sampled_from(
            [
                f"FREQ=DAILY;INTERVAL={every}",
                recurrence.weekly(starts, every),
                f"FREQ=WEEKLY;INTERVAL={every};BYDAY={days}",
                recurrence.monthly_by_date(starts),
                recurrence.monthly_by_weekday(starts),
                f"FREQ=MONTHLY;INTERVAL={every};BYMONTHDAY={starts.day}",
                "FREQ=YEARLY",
            ]
        )
    )


@some.composite
def series(draw: some.DrawFn) -> tuple[datetime, str, Repeat]:
    day = draw(some.dates(date(2026, 1, 1), date(2028, 12, 31)))
    starts = datetime.combine(day, draw(some.times()).replace(second=0, microsecond=0))
    end = draw(some.sampled_from(["times", "last day", "never"]))
    repeat = Repeat(
        draw(rules(starts)),
        times=draw(some.integers(1, 60)) if end == "times" else None,
        last_day=day + timedelta(days=draw(some.integers(0, 500))) if end == "last day" else None,
    )
    return starts, draw(some.sampled_from(ZONES)), repeat


def by_the_other_program(starts: datetime, zone: str, repeat: Repeat, until: date) -> list[datetime]:
    """The instants that icalendar and recurring-ical-events read out of the same rule."""
    last = None
    if repeat.last_day:
        last = zones.instant(datetime.combine(repeat.last_day, time.max), zone)
    text = "\r\n".join(
        [
            "BEGIN:VCALENDAR",
            "BEGIN:VEVENT",
            "UID:1",
            f"DTSTART;TZID={zone}:{starts:%Y%m%dT%H%M%S}",
            f"RRULE:{recurrence.as_rrule(repeat, last)}",
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        ]
    )
    found = recurring_ical_events.of(Calendar.from_ical(text)).between(starts.date(), until)
    begins = sorted(one["DTSTART"].dt.astimezone(ZoneInfo("UTC")) for one in found)
    return [moment for moment in begins if zones.wall_of(moment, zone).date() < until]


@settings(deadline=None)  # how long the other program takes is not the question
@given(series())
def test_every_series_happens_when_another_program_says_so(one: tuple[datetime, str, Repeat]) -> None:
    starts, zone, repeat = one
    if recurrence.monthly_by_weekday(starts).startswith("FREQ=MONTHLY;BYDAY=-1"):
        # A fifth weekday that isn't the last would not be its own first day.
        starts = starts.replace(day=min(starts.day, 28))
    if next(repeat.days(starts), None) != starts.date():
        return
    until = starts.date() + timedelta(days=366)

    ours = [
        zones.instant(recurrence.at_wall(day, starts.time()), zone)
        for day in repeat.between(starts, starts.date(), until)
    ]

    assert ours == by_the_other_program(starts, zone, repeat, until)


@settings(deadline=None)  # how long the other program takes is not the question
@given(series(), some.integers(1, 20))
def test_cut_in_two_a_series_is_the_same_days(one: tuple[datetime, str, Repeat], after: int) -> None:
    starts, _zone, repeat = one
    until = starts.date() + timedelta(days=366)
    whole = repeat.between(starts, starts.date(), until)
    if len(whole) <= after or whole[0] != starts.date():
        return
    cut = whole[after]

    before = Repeat(repeat.rule, last_day=cut - timedelta(days=1)).between(starts, starts.date(), until)

    assert before + [day for day in whole if day >= cut] == whole


def test_a_day_that_never_was_is_told_by_its_instant_and_no_other_day_moves() -> None:
    """Apia went from December 29 straight to December 31, 2011."""
    starts, zone = datetime(2011, 12, 28, 9), "Pacific/Apia"
    days = Repeat("FREQ=DAILY", times=5).between(starts, starts.date(), date(2012, 1, 5))
    moments = [zones.instant(recurrence.at_wall(day, starts.time()), zone) for day in days]

    read = by_the_other_program(starts, zone, Repeat("FREQ=DAILY", times=5), date(2012, 1, 5))

    assert not zones.exists(datetime(2011, 12, 30, 9), zone)
    assert [f"{zones.wall_of(one, zone):%m-%d %H}" for one in moments] == [
        "12-28 09", "12-29 09", "12-31 09", "12-31 09", "01-01 09",
    ]  # fmt: skip
    assert sorted(set(moments)) == sorted(set(read))


def test_the_usual_intervals_say_what_they_mean() -> None:
    assert recurrence.weekly(STARTS, 2) == "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"
    assert recurrence.monthly_by_date(STARTS) == "FREQ=MONTHLY;BYMONTHDAY=24"
    assert recurrence.monthly_by_weekday(STARTS) == "FREQ=MONTHLY;BYDAY=4TU"
    assert recurrence.monthly_by_weekday(datetime(2026, 12, 29, 9)) == "FREQ=MONTHLY;BYDAY=-1TU"


def test_a_thirty_first_leaves_short_months_out_and_says_so() -> None:
    starts = datetime(2026, 12, 31, 9)
    rule = recurrence.monthly_by_date(starts)

    days = Repeat(rule, times=3).between(starts, starts.date(), date(2028, 1, 1))

    assert days == [date(2026, 12, 31), date(2027, 1, 31), date(2027, 3, 31)]
    assert recurrence.leaves_months_out(rule)
    assert not recurrence.leaves_months_out("FREQ=MONTHLY;BYMONTHDAY=-1")


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "every tuesday",
        "FREQ=HOURLY",
        "FREQ=SECONDLY;INTERVAL=1",
        "FREQ=WEEKLY;COUNT=3",
        "FREQ=WEEKLY;UNTIL=20300101T000000Z",
        "FREQ=WEEKLY;FREQ=DAILY",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;INTERVAL=0",
        "INTERVAL=2",
        "FREQ=DAILY;BYHOUR=3",
        "FREQ=WEEKLY\nDTSTART:20000101T000000",
    ],
)
def test_a_rule_that_isnt_one_of_ours_is_refused(rule: str) -> None:
    with pytest.raises(refusals.RuleNotUnderstood):
        checked(rule, STARTS)


def test_a_rule_that_never_happens_is_refused_quickly() -> None:
    with pytest.raises(refusals.NeverHappens):
        checked("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", STARTS)


def test_a_rule_that_begins_on_another_day_says_on_which() -> None:
    with pytest.raises(refusals.BeginsOnAnotherDay) as refused:
        checked("FREQ=WEEKLY;BYDAY=TH", STARTS)

    assert refused.value.first == date(2026, 11, 26)
    assert "Thursday, November 26" in str(refused.value.sentence)


def test_ten_thousand_times_are_refused_and_so_is_an_end_before_the_beginning() -> None:
    with pytest.raises(refusals.TooManyTimes):
        checked("FREQ=WEEKLY", STARTS, times=10_000)
    with pytest.raises(refusals.EndsBeforeItBegins):
        checked("FREQ=WEEKLY", STARTS, last_day=date(2026, 11, 23))
