"""The calendar's background: when nobody is there to be booked, time off, and when the practice is closed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.html import format_html

from holdspace.desk.screens import CLINICIANS, EVERYONE, Shown
from holdspace.kit import zones
from holdspace.practices.models import Clinician, Practice
from holdspace.scheduling import availability
from holdspace.scheduling.availability import Availability, Off, Purpose
from holdspace.scheduling.intervals import Interval, both, minus, union
from holdspace.scheduling.models import TimeOff

OUTSIDE = "outside"


@dataclass(frozen=True)
class Band:
    """[starts_at, ends_at) behind the tiles, and what it says."""

    starts_at: datetime
    ends_at: datetime
    kind: str
    label: str | Promise = ""


def bands_of(practice: Practice, asked: Shown, clinicians: Sequence[Clinician]) -> list[dict[str, Any]]:
    """The bands of a screen as events for the widget, in two queries; an agenda has none."""
    whose = _whose(practice, asked, clinicians)
    if not whose or asked.view == "agenda":
        return []
    rules = availability.load(whose, asked.starts, asked.ends)
    if asked.view == CLINICIANS:
        return [event | {"resourceIds": [str(one.pk)]} for one in whose for event in _of(rules, [one], asked)]
    return list(_of(rules, whose, asked))


def days_off(practice: Practice, asked: Shown, clinicians: Sequence[Clinician]) -> dict[date, Band]:
    """The days of a screen that are off from end to end: closed, or of the one clinician shown."""
    whose = _whose(practice, asked, clinicians)
    rules = availability.load(whose, asked.starts, asked.ends)
    found = [band for band in _bands(rules, whose, asked) if band.kind != OUTSIDE] if whose else []
    days = [asked.first + timedelta(days=number) for number in range(asked.length)]
    return {day: band for day in days for band in found if _covers(band, day, asked.zone)}


def _covers(band: Band, day: date, zone: str) -> bool:
    starts, ends = zones.day_bounds(day, zone)
    return band.starts_at <= starts and band.ends_at >= ends


def _whose(practice: Practice, asked: Shown, clinicians: Sequence[Clinician]) -> list[Clinician]:
    found = [one for one in clinicians if asked.clinician in {EVERYONE, str(one.pk)}]
    for one in found:
        one.practice = practice
    return found


def _of(rules: Availability, whose: Sequence[Clinician], asked: Shown) -> Iterator[dict[str, Any]]:
    return (event for band in _bands(rules, whose, asked) for event in _events(band, asked))


def _bands(rules: Availability, whose: Sequence[Clinician], asked: Shown) -> Iterator[Band]:
    """For one clinician with their time off; for several what is true of all of them."""
    starts, ends, purpose = asked.starts, asked.ends, Purpose(asked.contact_type)
    opened = union(part for one in whose for part in rules.open(one, starts, ends, purpose))
    away = rules.away(whose[0], starts, ends) if len(whose) == 1 else []
    shown = list(_named([*away, *rules.closed(starts, ends)], opened))
    yield from shown
    taken = [*opened, *((band.starts_at, band.ends_at) for band in shown)]
    for begin, end in minus([(starts, ends)], taken):
        yield Band(begin, end, OUTSIDE)


def _named(found: Iterable[Off], opened: Iterable[Interval]) -> Iterator[Band]:
    """Each with its words; where two overlap the first is shown, and where one is open neither."""
    taken = list(opened)
    for off in found:
        for begin, end in minus([off.interval], taken):
            yield Band(begin, end, off.kind, off.label or TimeOff.Kind(off.kind).label)
        taken.append(off.interval)


def _events(band: Band, asked: Shown) -> Iterator[dict[str, Any]]:
    """A piece a day, in the wall time that is shown."""
    for number in range(asked.length):
        day = zones.day_bounds(asked.first + timedelta(days=number), asked.zone)
        for begin, end in both([(band.starts_at, band.ends_at)], [day]):
            walls = [zones.wall_of(moment, asked.zone).replace(tzinfo=None) for moment in (begin, end)]
            # Inside an hour that happens twice there is nothing to draw.
            if walls[0] < walls[1]:
                yield _event(band, *walls)


def _event(band: Band, start: datetime, end: datetime) -> dict[str, Any]:
    words = format_html('<span class="hs-band-words">{}</span>', band.label) if band.label else ""
    return {
        "start": start.isoformat(),
        "end": end.isoformat(),
        "display": "background",
        "classNames": ["hs-band", f"is-{band.kind}"],
        "extendedProps": {"html": words},
    }
