"""A series with days skipped, moved alone, called off and changed from a day on, beside another program."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import icalendar
import pytest
import recurring_ical_events
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as some

from holdspace.kit import zones
from holdspace.scheduling import actions, feeds
from holdspace.scheduling.actions.feeds import make_feed
from holdspace.scheduling.actions.series import rest_of
from holdspace.scheduling.choices import Choice
from holdspace.scheduling.models import Appointment, Series
from holdspace.scheduling.plans import Plan, plan_of
from holdspace.scheduling.recurrence import DAYS, Repeat
from tests import cast
from tests.cast import TEN

MakePlan = Callable[..., Plan]
# Clocks that change at other times, by half an hour, not at all, and count in quarters of an hour.
ZONES = ("America/New_York", "Australia/Lord_Howe", "Pacific/Chatham", "Asia/Kathmandu", "America/Santiago")
LENGTH = timedelta(minutes=50)


@dataclass(frozen=True)
class Story:
    """Nine days of a rule by number: which are skipped, moved by minutes, called off, and the rest."""

    zone: str
    starts: datetime
    rule: str
    skipped: frozenset[int] = frozenset()
    moved: tuple[tuple[int, int], ...] = ()
    called_off: frozenset[int] = frozenset()
    cut: int | None = None
    later: int = 1

    @property
    def walls(self) -> list[datetime]:
        return [datetime.combine(day, self.starts.time()) for day in Repeat(self.rule, 9).days(self.starts)]


@some.composite
def stories(draw: some.DrawFn) -> Story:
    days = some.datetimes(datetime(2026, 12, 1), datetime(2027, 4, 20))
    starts = draw(days).replace(hour=draw(some.integers(6, 17)), minute=15, second=0, microsecond=0)
    # Nine times a 31st are more than the twelve months that have rows.
    starts = starts.replace(day=min(starts.day, 30))
    day = DAYS[starts.weekday()]
    rules = [
        f"FREQ=WEEKLY;INTERVAL={draw(some.integers(1, 3))};BYDAY={day}",
        f"FREQ=WEEKLY;BYDAY={day},{DAYS[(starts.weekday() + 3) % 7]}",
        f"FREQ=DAILY;INTERVAL={draw(some.integers(2, 9))}",
        f"FREQ=MONTHLY;BYMONTHDAY={starts.day}",
    ]
    kinds = draw(some.lists(some.sampled_from(["", "", "skip", "move", "off"]), min_size=8, max_size=8))
    of = {kind: [n for n, said in enumerate(kinds, start=1) if said == kind] for kind in ("", *set(kinds))}
    by = some.integers(-300, 300).filter(bool)
    return Story(
        draw(some.sampled_from(ZONES)),
        starts,
        draw(some.sampled_from(rules)),
        frozenset(of.get("skip", ())),
        tuple((n, draw(by)) for n in of.get("move", ())),
        frozenset(of.get("off", ())),
        draw(some.sampled_from([None, *of[""]])),
        draw(some.sampled_from([-2, -1, 1, 2])),
    )


def told(story: Story) -> list[datetime]:
    """The story as a calendar file of two series at most, and what the other program reads in it."""
    found = icalendar.Calendar()
    walls, parts = story.walls, [(0, story.cut or 9, 0)]
    if story.cut is not None:
        parts.append((story.cut, 9, story.later))
    for first, last, hours in parts:
        event, shift = icalendar.Event(), timedelta(hours=hours)
        event.add("UID", str(first))
        event.add("DTSTART", zoned(walls[first] + shift, story.zone))
        event.add("DURATION", LENGTH)
        event.add("RRULE", icalendar.vRecur.from_ical(f"{story.rule};COUNT={last - first}"))
        moved = dict(story.moved)
        for n in range(first, last):
            if n in story.skipped or n in story.called_off:
                event.add("EXDATE", zoned(walls[n] + shift, story.zone))
            elif n in moved:
                other = icalendar.Event()
                other.add("UID", str(first))
                other.add("RECURRENCE-ID", zoned(walls[n] + shift, story.zone))
                instant = zones.instant(walls[n], story.zone) + timedelta(minutes=moved[n])
                other.add("DTSTART", instant)
                other.add("DURATION", LENGTH)
                found.add_component(other)
        found.add_component(event)
    read = recurring_ical_events.of(icalendar.Calendar.from_ical(found.to_ical())).between(
        datetime(2026, 1, 1), datetime(2029, 1, 1)
    )
    return sorted(one["DTSTART"].dt.astimezone(UTC) for one in read)


def zoned(wall: datetime, zone: str) -> datetime:
    return zones.wall_of(zones.instant(wall, zone), zone)


def lived(story: Story, plan: Plan, rosa: Any, actor: Any) -> None:
    """The same with our own verbs, in the order in which people press them."""
    series = actions.book_series(
        plan=plan,
        repeat=Repeat(story.rule, 9),
        clients=[rosa],
        actor=actor,
        at=TEN,
        choices={story.walls[n].date(): Choice("skip") for n in story.skipped},
    )
    for n, minutes in story.moved:
        one = nth(series, story, n)
        to = one.starts_at + timedelta(minutes=minutes)
        actions.move(appointment=one, starts_at=to, version=one.version, actor=actor, at=TEN)
    for n in story.called_off:
        actions.cancel(seat=nth(series, story, n).seats.get(), actor=actor, at=TEN)
    if story.cut is not None:
        one = nth(series, story, story.cut)
        starts_at = zones.instant(story.walls[story.cut] + timedelta(hours=story.later), story.zone)
        later = replace(plan_of(one), starts_at=starts_at, ends_at=starts_at + LENGTH)
        repeat = rest_of(one.occurrence, later, from_now=False, at=TEN)
        actions.change_from(
            appointment=one, plan=later, repeat=repeat, version=one.version, actor=actor, at=TEN
        )


def nth(series: Series, story: Story, number: int) -> Appointment:
    return Appointment.objects.get(occurrence__series=series, occurrence__day=story.walls[number].date())


@pytest.mark.timeout(400)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(story=stories())
@example(
    Story("America/New_York", datetime(2027, 2, 22, 9, 15), "FREQ=WEEKLY;BYDAY=MO", frozenset({5}), cut=3)
)
def test_a_series_is_where_another_program_says_it_is_and_our_feed_says_so_too(
    plan: MakePlan, rosa: Any, osei_person: cast.Person, open_always: None, story: Story
) -> None:
    whole = plan(zones.instant(story.starts, story.zone), time_zone=story.zone)
    assert osei_person.clinician
    with transaction.atomic():
        lived(story, whole, rosa, osei_person.actor)
        standing = [one for one in Appointment.objects.all() if any(seat.stands for seat in one.seats.all())]
        booked = sorted(one.starts_at for one in standing)
        feed = make_feed(clinician=osei_person.clinician, shows="busy", actor=osei_person.actor, at=TEN)
        text = feeds.text_of(feed, at=TEN)
        transaction.set_rollback(True)

    assert booked == told(story)
    read = recurring_ical_events.of(icalendar.Calendar.from_ical(text)).between(
        datetime(2026, 1, 1), datetime(2029, 1, 1)
    )
    shown = [one for one in booked if one < TEN + feeds.AHEAD]
    assert sorted(one["DTSTART"].dt.astimezone(UTC) for one in read) == shown
