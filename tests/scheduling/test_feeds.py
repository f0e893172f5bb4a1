"""A clinician's calendar as other programs read it: the same instants as the database, nothing clinical."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import icalendar
import pytest
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st

from holdspace.kit import zones
from holdspace.kit.refusals import NotYours
from holdspace.practices.models import Practice
from holdspace.scheduling import actions, feeds, recurrence
from holdspace.scheduling.actions.feeds import make_feed, revoke_feed, show_in_feed
from holdspace.scheduling.choices import Choice
from holdspace.scheduling.models import Appointment, Feed, Hours, Series
from holdspace.scheduling.plans import Plan, plan_of
from holdspace.scheduling.recurrence import Repeat
from holdspace.scheduling.vcalendar import Shown, calendar
from tests import cast
from tests.cast import TEN

MakePlan = Callable[..., Plan]
NEW_YORK = "America/New_York"


@pytest.fixture
def feed(osei_person: cast.Person) -> Feed:
    assert osei_person.clinician
    return make_feed(clinician=osei_person.clinician, shows="initials", actor=osei_person.actor, at=TEN)


@pytest.fixture(autouse=True)
def always_open(willow: Practice) -> None:
    """Day and night: what a feed says has nothing to do with hours."""
    for weekday in range(7):
        Hours.objects.create(practice=willow, weekday=weekday, starts=0, ends=24 * 60)


@pytest.fixture
def book(plan: MakePlan, rosa: Any, osei_person: cast.Person, open_always: None) -> Callable[..., Series]:
    """A series at this wall time in this zone."""

    def make(
        wall: datetime, rule: str = "", zone: str = NEW_YORK, choices: Any = None, **ends: Any
    ) -> Series:
        starts_at = zones.instant(wall, zone)
        return actions.book_series(
            plan=plan(starts_at, time_zone=zone),
            repeat=Repeat(rule or recurrence.weekly(wall), **(ends or {"times": 30})),
            clients=[rosa],
            actor=osei_person.actor,
            at=TEN - timedelta(days=60),
            choices=choices,
        )

    return make


def read(text: bytes) -> list[tuple[datetime, datetime]]:
    """Every instant another program makes of it."""
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(text)).between(
        TEN - timedelta(days=400), TEN + timedelta(days=800)
    )
    return sorted((one["DTSTART"].dt.astimezone(UTC), one["DTEND"].dt.astimezone(UTC)) for one in found)


def booked() -> list[tuple[datetime, datetime]]:
    """Every instant in the database that a feed shows."""
    found = Appointment.objects.filter(starts_at__gte=TEN - feeds.BEFORE, starts_at__lt=TEN + feeds.AHEAD)
    ones = [one for one in found if any(seat.stands for seat in one.seats.all())]
    return sorted((one.starts_at, one.ends_at) for one in ones)


def move(one: Appointment, by: timedelta, person: cast.Person) -> None:
    to = one.starts_at + by
    actions.move(appointment=one, starts_at=to, version=one.version, actor=person.actor, at=TEN)


def of(series: Series) -> Sequence[Appointment]:
    return list(Appointment.objects.filter(occurrence__series=series).order_by("starts_at"))


@pytest.mark.parametrize(
    ("zone", "wall", "rule"),
    [
        (NEW_YORK, datetime(2026, 12, 7, 9), ""),
        ("Australia/Sydney", datetime(2026, 12, 7, 9), ""),
        ("America/Santiago", datetime(2026, 12, 8, 17, 30), "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        ("Europe/London", datetime(2026, 12, 31, 9), "FREQ=MONTHLY;BYMONTHDAY=31"),
        ("Australia/Lord_Howe", datetime(2026, 12, 9, 9), "FREQ=MONTHLY;BYDAY=2WE"),
        ("Pacific/Honolulu", datetime(2026, 12, 7, 9), "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH"),
        (NEW_YORK, datetime(2026, 12, 7, 9), "FREQ=DAILY;INTERVAL=3"),
    ],
)
def test_a_series_is_read_at_every_instant_it_is_booked_in_both_hemispheres(
    feed: Feed, book: Callable[..., Series], zone: str, wall: datetime, rule: str
) -> None:
    book(wall, rule, zone, last_day=wall.date() + timedelta(days=330))

    text = feeds.text_of(feed, at=TEN)

    assert len(booked()) > 6
    assert read(text) == booked()
    assert text.count(b"BEGIN:VEVENT") == 1
    assert b"RRULE" in text
    assert f"TZID:{zone}".encode() in text


def test_hours_that_are_skipped_or_twice_are_where_they_really_are(
    feed: Feed, book: Callable[..., Series]
) -> None:
    anyway = {date(2027, 3, 14): Choice("anyway")}
    book(datetime(2027, 3, 7, 2, 30), times=3, choices=anyway)
    book(datetime(2026, 10, 25, 1, 30), times=3)

    assert read(feeds.text_of(feed, at=TEN)) == booked()


def test_days_moved_called_off_skipped_or_made_longer_are_told_alone(
    feed: Feed, book: Callable[..., Series], osei_person: cast.Person
) -> None:
    series = book(datetime(2026, 12, 7, 9), times=20)
    ones = of(series)
    move(ones[0], timedelta(hours=2), osei_person)
    move(ones[3], timedelta(days=1, hours=5), osei_person)
    actions.cancel(seat=ones[5].seats.get(), actor=osei_person.actor, at=TEN)
    to = plan_of(ones[7])
    longer = Plan(**{**to.__dict__, "ends_at": to.ends_at + timedelta(minutes=30)})
    actions.edit(appointment=ones[7], plan=longer, version=1, actor=osei_person.actor, at=TEN)
    actions.cancel(seat=ones[-1].seats.get(), actor=osei_person.actor, at=TEN)

    text = feeds.text_of(feed, at=TEN)

    assert len(booked()) == 18
    assert read(text) == booked()
    assert text.count(b"RECURRENCE-ID") == 3
    assert text.count(b"EXDATE") == 1
    assert b"SEQUENCE:1" in text


def test_a_series_that_began_years_ago_shows_from_thirty_days_ago(
    feed: Feed, book: Callable[..., Series]
) -> None:
    book(datetime(2026, 12, 7, 9), "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", times=40)
    later = TEN + timedelta(days=200)

    found = read(feeds.text_of(feed, at=later))

    shown = Appointment.objects.filter(starts_at__gte=later - feeds.BEFORE)
    assert found == sorted((one.starts_at, one.ends_at) for one in shown)


def test_this_and_following_is_two_series_and_no_day_twice(
    feed: Feed, book: Callable[..., Series], osei_person: cast.Person
) -> None:
    third = of(book(datetime(2026, 12, 7, 9), times=8))[2]
    to = plan_of(third)
    hour = timedelta(hours=3)
    later = Plan(**{**to.__dict__, "starts_at": to.starts_at + hour, "ends_at": to.ends_at + hour})
    rule = recurrence.weekly(datetime(2026, 12, 21, 12))
    actions.change_from(
        appointment=third,
        plan=later,
        repeat=Repeat(rule, times=6),
        version=third.version,
        actor=osei_person.actor,
        at=TEN,
    )

    assert read(feeds.text_of(feed, at=TEN)) == booked()


@settings(deadline=None)  # how long the other program takes is not the question
@given(
    days=st.lists(st.integers(0, 25), unique=True, max_size=6),
    by=st.lists(st.integers(-600, 600), min_size=6, max_size=6),
    hour=st.integers(0, 23),
    zone=st.sampled_from(
        [NEW_YORK, "Australia/Sydney", "America/Sao_Paulo", "Asia/Kathmandu", "Africa/Cairo"]
    ),
)
def test_whatever_was_moved_the_file_says_what_the_rows_say(
    days: list[int], by: list[int], hour: int, zone: str
) -> None:
    """Without a database: rows made up, moved at will, read back."""
    first = datetime(2026, 12, 7, hour, 15)
    series = Series(
        rule="FREQ=WEEKLY;BYDAY=MO",
        first_day=first.date(),
        wall_time=time(hour, 15),
        time_zone=zone,
        minutes=50,
    )
    shown = []
    for week in range(26):
        wall = first + timedelta(days=7 * week)
        starts = zones.instant(wall, zone)
        if week in days:
            starts += timedelta(minutes=by[days.index(week)])
        ends = starts + timedelta(minutes=50)
        place: dict[str, Any] = {"series": series, "series_uid": series.pk, "day": wall.date()}
        shown.append(Shown(uuid4(), starts, ends, zone, "Busy", 1, TEN, **place))

    assert read(calendar(shown, name="Willow")) == sorted((one.starts_at, one.ends_at) for one in shown)


def test_it_says_initials_or_busy_and_nothing_else_about_anybody(
    feed: Feed, book: Callable[..., Series], plan: MakePlan, rosa: Any, osei_person: cast.Person
) -> None:
    secret = plan(TEN, notes="Panic attacks")
    actions.book(plan=secret, clients=[rosa], actor=osei_person.actor, at=TEN, status="requested")
    book(datetime(2026, 12, 7, 9), times=3)

    text = feeds.text_of(feed, at=TEN).decode()
    show_in_feed(feed=feed, shows="busy", actor=osei_person.actor, at=TEN)
    less = feeds.text_of(feed, at=TEN).decode()

    for word in ("Rosa", "Marin", "Panic", "Individual", "Telehealth", "3125550118", "http", "Osei"):
        assert word not in text
    assert text.count("SUMMARY:RM") == 2
    assert "STATUS:TENTATIVE" in text
    assert less.count("SUMMARY:Busy") == 2
    assert "SUMMARY:RM" not in less


def test_the_same_calendar_is_the_same_bytes(feed: Feed, book: Callable[..., Series]) -> None:
    book(datetime(2026, 12, 7, 9), times=30)

    later = feeds.text_of(feed, at=TEN + timedelta(minutes=50))

    assert feeds.text_of(feed, at=TEN) == later
    assert all(len(line) <= 75 for line in later.split(b"\r\n"))


def test_a_renewed_or_revoked_address_never_works_again(feed: Feed, osei_person: cast.Person) -> None:
    first = feeds.secret_of(feed)
    assert feeds.feed_behind(feed.handle, first) == feed
    again = make_feed(clinician=feed.clinician, shows="busy", actor=osei_person.actor, at=TEN)

    assert feeds.feed_behind(feed.handle, first) is None
    assert feeds.feed_behind(feed.handle, feeds.secret_of(again)) == again
    revoke_feed(feed=again, actor=osei_person.actor, at=TEN)
    assert feeds.feed_behind(feed.handle, feeds.secret_of(again)) is None
    assert feeds.feed_behind("nothere", first) is None


def test_who_no_longer_works_here_has_no_calendar(feed: Feed, osei_person: cast.Person) -> None:
    osei_person.membership.active = False
    osei_person.membership.save()

    assert feeds.feed_behind(feed.handle, feeds.secret_of(feed)) is None


def test_nobody_makes_or_sees_anothers(feed: Feed, front_desk: Any, owner: Any) -> None:
    for actor in (front_desk, owner):
        assert not Feed.objects.visible_to(actor).exists()
        with pytest.raises(NotYours):
            make_feed(clinician=feed.clinician, shows="busy", actor=actor, at=TEN)
