"""When somebody may be booked, against a plain oracle that walks through the minutes one by one."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from holdspace.practices.models import Practice
from holdspace.scheduling import availability
from holdspace.scheduling.availability import Availability, Purpose
from holdspace.scheduling.models import Hours, TimeOff
from tests import cast
from tests.cast import TEN

NEW_YORK = "America/New_York"
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
# Both hemispheres, odd offsets, half an hour of change, a change at midnight, a day that never was.
ZONES = [
    NEW_YORK,
    "Australia/Lord_Howe",
    "America/Santiago",
    "Asia/Kathmandu",
    "America/St_Johns",
    "Africa/Cairo",
    "Pacific/Apia",
]
# Around clock changes of these zones, and a quiet week.
MOMENTS = [
    datetime(2026, 3, 8, tzinfo=UTC),
    datetime(2026, 11, 1, tzinfo=UTC),
    datetime(2026, 4, 4, tzinfo=UTC),
    datetime(2026, 10, 3, tzinfo=UTC),
    datetime(2026, 9, 5, tzinfo=UTC),
    datetime(2026, 4, 23, tzinfo=UTC),
    datetime(2011, 12, 29, tzinfo=UTC),
    datetime(2026, 7, 3, tzinfo=UTC),
]
WAYS, SITES = ["telehealth", "in_person"], [uuid4(), uuid4()]


@dataclass
class Case:
    """A practice, a clinician, their rows, and what is asked."""

    practice: Practice
    clinician: Any
    starts: datetime
    purpose: Purpose
    hours: list[Hours] = field(default_factory=list)
    off: list[TimeOff] = field(default_factory=list)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    practice = Practice(
        time_zone=draw(st.sampled_from(ZONES)),
        day_starts=draw(st.integers(0, 12)),
        day_ends=draw(st.integers(13, 24)),
        holidays=draw(st.sampled_from(["", "us"])),
    )
    clinician = SimpleNamespace(pk=uuid4(), time_zone=draw(st.sampled_from(ZONES)))
    starts = draw(st.sampled_from(MOMENTS)) + MINUTE * draw(st.integers(0, 24 * 60))
    site = draw(st.sampled_from([None, *SITES]))
    case = Case(practice, clinician, starts, Purpose(draw(st.sampled_from(["", *WAYS])), site))
    whose = st.sampled_from([None, clinician.pk])
    for _number in range(draw(st.integers(0, 7))):
        case.hours.append(_hours(draw, draw(whose), starts.date()))
    for _number in range(draw(st.integers(0, 2))):
        case.off.append(_off(draw, draw(whose), starts))
    return case


def _hours(draw: st.DrawFn, whose: UUID | None, near: date) -> Hours:
    begins = draw(st.integers(0, 24 * 60 - 1))
    row = Hours(clinician_id=whose, starts=begins, ends=draw(st.integers(begins + 1, 24 * 60)))
    row.contact_types = draw(st.lists(st.sampled_from(WAYS), max_size=1))
    row.site_id = draw(st.sampled_from([None, *SITES]))
    if draw(st.booleans()):
        row.weekday = draw(st.integers(0, 6))
    else:
        row.day = near + DAY * draw(st.integers(-1, 2))
    return row


def _off(draw: st.DrawFn, whose: UUID | None, near: datetime) -> TimeOff:
    begins = near + MINUTE * draw(st.integers(-600, 2000))
    ends = begins + MINUTE * draw(st.integers(1, 2000))
    return TimeOff(clinician_id=whose, starts_at=begins, ends_at=ends, label="x", time_zone="UTC")


# The oracle: every rule as it is said, asked of one minute.


@cache
def reached(day: date, minute: int, zone: str) -> datetime:
    """The first minute at which the clock stands at this wall time or later."""
    target = datetime.combine(day, time()) + MINUTE * minute
    at = target.replace(tzinfo=UTC) - timedelta(hours=16)
    while at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) < target:
        at += MINUTE
    return at


def fits(row: Hours, purpose: Purpose) -> bool:
    if purpose.contact_type and row.contact_types and purpose.contact_type not in row.contact_types:
        return False
    return not (purpose.site_id and row.site_id and purpose.site_id != row.site_id)


def in_hours(rows: list[Hours], day: date, zone: str, at: datetime, purpose: Purpose) -> bool:
    return any(
        reached(day, row.starts, zone) <= at < reached(day, row.ends, zone)
        for row in rows
        if fits(row, purpose)
    )


HOLIDAYS = {date(2026, 7, 3), date(2026, 7, 4), date(2026, 9, 7), date(2012, 1, 1), date(2012, 1, 2)}


def is_open(case: Case, at: datetime) -> bool:
    practice, clinician = case.practice, case.clinician
    own = [row for row in case.hours if row.clinician_id]
    ours = [row for row in case.hours if not row.clinician_id]
    if any(off.clinician_id and off.starts_at <= at < off.ends_at for off in case.off):
        return False
    my_day = at.astimezone(ZoneInfo(clinician.time_zone)).date()
    if any(row.day == my_day for row in own):
        single = [row for row in own if row.day == my_day]
        return in_hours(single, my_day, clinician.time_zone, at, case.purpose)
    their_day = at.astimezone(ZoneInfo(practice.time_zone)).date()
    singles = [row for row in ours if row.day == their_day]
    if practice.holidays and their_day in HOLIDAYS and not singles:
        return False
    if any(not off.clinician_id and off.starts_at <= at < off.ends_at for off in case.off):
        return False
    if weekly := [row for row in own if row.day is None]:
        today = [row for row in weekly if row.weekday == my_day.weekday()]
        return in_hours(today, my_day, clinician.time_zone, at, case.purpose)
    if not singles and (weekly := [row for row in ours if row.day is None]):
        singles = [row for row in weekly if row.weekday == their_day.weekday()]
        return in_hours(singles, their_day, practice.time_zone, at, case.purpose)
    if not singles and their_day.weekday() < 5:
        singles = [Hours(starts=practice.day_starts * 60, ends=practice.day_ends * 60)]
    return in_hours(singles, their_day, practice.time_zone, at, case.purpose)


@settings(max_examples=120, deadline=None)
@given(cases())
def test_it_is_open_in_exactly_the_minutes_in_which_the_rules_say_so(case: Case) -> None:
    ends = case.starts + 2 * DAY
    found = Availability(case.practice, case.hours, case.off).open(
        case.clinician, case.starts, ends, case.purpose
    )

    assert all(begin < end for begin, end in found)
    assert all(one[1] < other[0] for one, other in pairwise(found))
    # Every seventh minute, and the minutes about each edge.
    minutes = {case.starts + MINUTE * n for n in range(0, 2880, 7)}
    minutes |= {edge + MINUTE * n for one in found for edge in one for n in (-1, 0)}
    for at in sorted(minutes):
        if case.starts <= at < ends:
            assert any(begin <= at < end for begin, end in found) == is_open(case, at), at


# Stories


@pytest.fixture
def rules(willow: Practice, osei_person: cast.Person) -> Any:
    """What is open for Dr Osei on a day in New York, as *09:00-17:00*."""

    def tell(day: date, **purpose: Any) -> str:
        clinician = osei_person.clinician
        assert clinician
        clinician.practice = willow
        midnight = datetime.combine(day, time(), ZoneInfo(NEW_YORK)).astimezone(UTC)
        loaded = availability.load([clinician], midnight, midnight + DAY)
        found = loaded.open(clinician, midnight, midnight + DAY, Purpose(**purpose))
        zone = ZoneInfo(NEW_YORK)
        return " ".join(f"{a.astimezone(zone):%H:%M}-{b.astimezone(zone):%H:%M}" for a, b in found)

    return tell


@pytest.fixture
def hours(willow: Practice) -> Any:
    def add(whose: Any, starts: int, ends: int, **facts: Any) -> Hours:
        return Hours.objects.create(
            practice=willow, clinician=whose, starts=starts * 60, ends=ends * 60, **facts
        )

    return add


WEDNESDAY, THANKSGIVING, SATURDAY = date(2026, 11, 18), date(2026, 11, 26), date(2026, 11, 21)


def test_without_any_hours_it_is_the_practices_day_monday_to_friday(rules: Any) -> None:
    assert rules(WEDNESDAY) == "08:00-18:00"
    assert rules(SATURDAY) == ""


def test_personal_beats_practice_and_a_single_day_beats_the_week(
    rules: Any, hours: Any, osei_person: Any
) -> None:
    hours(None, 7, 12, weekday=2)
    assert rules(WEDNESDAY) == "07:00-12:00"

    hours(osei_person.clinician, 9, 17, weekday=2)
    assert rules(WEDNESDAY) == "09:00-17:00"

    hours(osei_person.clinician, 13, 15, day=WEDNESDAY)
    assert rules(WEDNESDAY) == "13:00-15:00"


def test_hours_may_be_for_a_contact_type_only(rules: Any, hours: Any, osei_person: Any) -> None:
    hours(osei_person.clinician, 9, 12, weekday=2, contact_types=["telehealth"])
    hours(osei_person.clinician, 13, 17, weekday=2)

    assert rules(WEDNESDAY, contact_type="telehealth") == "09:00-12:00 13:00-17:00"
    assert rules(WEDNESDAY, contact_type="in_person") == "13:00-17:00"


def test_a_holiday_is_closed_unless_somebody_has_hours_on_that_very_day(
    rules: Any, hours: Any, osei_person: Any, willow: Practice
) -> None:
    willow.holidays = "us"
    hours(osei_person.clinician, 9, 17, weekday=3)
    assert rules(THANKSGIVING) == ""

    hours(osei_person.clinician, 10, 12, day=THANKSGIVING)
    assert rules(THANKSGIVING) == "10:00-12:00"

    TimeOff.objects.create(
        practice=willow, clinician=osei_person.clinician, time_zone=NEW_YORK, created_at=TEN,
        starts_at=datetime(2026, 11, 26, 16, tzinfo=UTC), ends_at=datetime(2026, 11, 27, tzinfo=UTC),
    )  # fmt: skip
    assert rules(THANKSGIVING) == "10:00-11:00"


def test_wall_time_is_kept_over_a_clock_change(rules: Any, hours: Any, osei_person: Any) -> None:
    for weekday in range(7):
        hours(osei_person.clinician, 1, 9, weekday=weekday)

    assert rules(date(2027, 3, 13)) == "01:00-09:00"
    assert rules(date(2027, 3, 14)) == "01:00-09:00"
    assert rules(date(2027, 11, 7)) == "01:00-09:00"


def test_hours_that_begin_in_the_gap_begin_when_the_clock_has_jumped_over_it(
    rules: Any, hours: Any, osei_person: Any
) -> None:
    hours(osei_person.clinician, 2, 5, day=date(2027, 3, 14))

    assert rules(date(2027, 3, 14)) == "03:00-05:00"


def test_two_questions_load_the_rules_of_many_for_months(
    willow: Practice, osei_person: Any, hours: Any
) -> None:
    more = [cast.person(willow, f"Dr N {n}", ["clinician"]).clinician for n in "abc"]
    people = [osei_person.clinician, *more]
    for one in people:
        hours(one, 9, 17, weekday=1)

    with CaptureQueriesContext(connection) as asked:
        loaded = availability.load(people, TEN, TEN + 90 * DAY)
        for one in people:
            assert len(loaded.open(one, TEN, TEN + 90 * DAY)) == 13
    assert len(asked) == 2
