"""Appointments as RFC 5545 has them, for other programs to read.

What belongs to a series becomes one VEVENT with a rule; days the rule names and nobody is booked
on are its EXDATEs, and what differs from the rest of it an override of that day alone.  The rule
begins and ends with the occurrences that are handed in, never with a count: what is written is
what is booked, and nothing beyond.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, vCalAddress, vRecur

from holdspace.kit import zones
from holdspace.scheduling.models import Series
from holdspace.scheduling.recurrence import Repeat, as_rrule
from holdspace.scheduling.vtimezones import vtimezone

PRODID = "-//Holdspace//Calendar//EN"
CONFIRMED, TENTATIVE, CANCELLED = "CONFIRMED", "TENTATIVE", "CANCELLED"


@dataclass(frozen=True)
class Shown:
    """One appointment as it is to be shown; with a series, the day of the rule that it is."""

    uid: UUID
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    summary: str
    version: int
    changed_at: datetime
    status: str = CONFIRMED
    series: Series | None = None
    series_uid: UUID | None = None
    day: date | None = None

    @property
    def series_length(self) -> timedelta:
        return timedelta(minutes=self.series.minutes) if self.series else self.ends_at - self.starts_at


@dataclass(frozen=True)
class Sent:
    """Between whom a calendar file goes: the practice, the address it comes from, the client's."""

    practice: str
    sender: str
    to: str


def calendar(shown: Iterable[Shown], *, name: str) -> bytes:
    """The text of a calendar: the same appointments, the same bytes."""
    every = sorted(shown, key=lambda one: (one.starts_at, str(one.uid)))
    events = [*_events(every)]
    file = _file("PUBLISH")
    file.add("x-wr-calname", name)
    file.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    file.add("x-published-ttl", "PT1H")
    return _filled(file, every, events)


def invitation(shown: Iterable[Shown], *, sent: Sent | None) -> tuple[bytes, str]:
    """The text of what is sent to one person about their appointments, and its method (RFC 5546).

    A request, or a cancellation, is about one UID.  Of several, and where no address is set up that it
    could come from, it is only published.
    """
    every = sorted(shown, key=lambda one: (one.starts_at, str(one.uid)))
    events = [*_events(every)]
    method = _method(events) if sent else "PUBLISH"
    if sent:
        for event in events:
            _address(event, sent, asked=method != "PUBLISH")
    return _filled(_file(method), every, events), method


def _method(events: Sequence[Event]) -> str:
    if len({str(event["uid"]) for event in events}) > 1:
        return "PUBLISH"
    return "CANCEL" if all(event["status"] == CANCELLED for event in events) else "REQUEST"


def _address(event: Event, sent: Sent, *, asked: bool) -> None:
    event.add("organizer", vCalAddress(f"mailto:{sent.sender}"), parameters={"CN": sent.practice})
    if asked:
        # It is agreed already: nobody is asked for an answer.
        said = {"PARTSTAT": "ACCEPTED", "RSVP": "FALSE", "ROLE": "REQ-PARTICIPANT"}
        event.add("attendee", vCalAddress(f"mailto:{sent.to}"), parameters=said)


def _file(method: str) -> Calendar:
    file = Calendar()
    file.add("prodid", PRODID)
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    file.add("method", method)
    return file


def _filled(file: Calendar, every: Sequence[Shown], events: Sequence[Event]) -> bytes:
    for zone in _zones(every):
        file.add_component(zone)
    for event in events:
        file.add_component(event)
    return bytes(file.to_ical())


def _zones(every: Sequence[Shown]) -> Iterator[Timezone]:
    """Every zone used, in the years used and one more: a program may look a little further."""
    if not every:
        return
    first = min(one.starts_at.year for one in every) - 1
    last = max(one.ends_at.year for one in every) + 1
    names = {one.time_zone for one in every} | {one.series.time_zone for one in every if one.series}
    for zone in sorted(names):
        yield vtimezone(zone, first, last)


def _events(every: Sequence[Shown]) -> Iterator[Event]:
    by_series: dict[UUID, list[Shown]] = {}
    for one in every:
        uid = uid_of(one)
        if uid == one.series_uid:
            by_series.setdefault(uid, []).append(one)
        else:
            yield _event(one)
    for ones in by_series.values():
        yield from _series(sorted(ones, key=lambda one: one.day or date.max))


def uid_of(one: Shown) -> UUID:
    """Under which UID this one stands: its series', unless it stands alone."""
    return one.series_uid if one.series_uid and _rule_knows(one) else one.uid


def _rule_knows(one: Shown) -> bool:
    """Whether this occurrence's day is one of the rule's, at an hour every program reads alike.

    Hours that the clock skips or passes twice are read in two ways by the programs there are: such
    an occurrence stands alone, at the time it really is.
    """
    wall = _wall(one)
    if wall is None or one.series is None:
        return False
    zone = one.series.time_zone
    starts_at = zones.instant(wall, zone)
    plain = zones.exists(wall, zone) and _reads_alike(starts_at, one.series_length, zone)
    return plain and bool(_days(one.series, one, one))


def _reads_alike(starts_at: datetime, length: timedelta, zone: str) -> bool:
    """Whether wall times say this span without a doubt: no change of the clock in it, and not repeated."""
    first, last = zones.wall_of(starts_at, zone), zones.wall_of(starts_at + length, zone)
    twice = any(zones.is_twice(wall.replace(tzinfo=None, fold=0), zone) for wall in (first, last))
    return first.utcoffset() == last.utcoffset() and not twice


def _wall(one: Shown) -> datetime | None:
    """When the rule means it: naive wall time in the series' zone."""
    return datetime.combine(one.day, one.series.wall_time) if one.series and one.day else None


def _days(series: Series, first: Shown, last: Shown) -> list[date]:
    """The rule's days from one occurrence's to another's, both included."""
    if first.day is None or last.day is None or first.day < series.first_day:
        return []
    begins = datetime.combine(series.first_day, series.wall_time)
    return Repeat(series.rule).between(begins, first.day, last.day + timedelta(days=1))


def _series(ones: Sequence[Shown]) -> Iterator[Event]:
    """The rule over the first of them to the last, and those that differ from it."""
    first, last, series = ones[0], ones[-1], ones[0].series
    assert series is not None
    usual = Counter(one.summary for one in ones).most_common(1)[0][0]
    plain = {one.day: one for one in ones if _is_plain(one, series, usual)}
    left_out = set(_days(series, first, last)) - {one.day for one in ones if one.day}
    yield _master(series, ones, usual, left_out)
    for one in ones:
        if one.day not in plain:
            event = _event(one, uid=first.series_uid)
            event.add("recurrence-id", _local(_wall(one), series.time_zone))
            yield event


def _is_plain(one: Shown, series: Series, summary: str) -> bool:
    wall = _wall(one)
    meant = wall is not None and zones.instant(wall, series.time_zone) == one.starts_at
    lasts = one.ends_at - one.starts_at == one.series_length
    return meant and lasts and one.summary == summary and one.status == CONFIRMED


def _master(series: Series, ones: Sequence[Shown], summary: str, left_out: Iterable[date]) -> Event:
    first, last = _wall(ones[0]), _wall(ones[-1])
    assert first is not None
    assert last is not None
    starts_at = zones.instant(first, series.time_zone)
    event = _event(
        Shown(
            uid=ones[0].series_uid or series.pk,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=series.minutes),
            time_zone=series.time_zone,
            summary=summary,
            version=max(one.version for one in ones),
            changed_at=max(one.changed_at for one in ones),
        )
    )
    until = zones.instant(last, series.time_zone)
    event.add("rrule", vRecur.from_ical(as_rrule(Repeat(series.rule), until)))
    for day in sorted(left_out):
        event.add("exdate", _local(datetime.combine(day, series.wall_time), series.time_zone))
    return event


def _event(one: Shown, uid: UUID | None = None) -> Event:
    event = Event()
    event.add("uid", str(uid or one.uid))
    event.add("dtstamp", one.changed_at)
    event.add("last-modified", one.changed_at)
    event.add("sequence", one.version - 1)
    zone = ZoneInfo(one.time_zone) if _said_by_its_walls(one) else UTC
    event.add("dtstart", one.starts_at.astimezone(zone))
    event.add("dtend", one.ends_at.astimezone(zone))
    event.add("summary", one.summary)
    event.add("status", one.status)
    event.add("transp", "OPAQUE" if one.status == CONFIRMED else "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event


def _said_by_its_walls(one: Shown) -> bool:
    return _reads_alike(one.starts_at, one.ends_at - one.starts_at, one.time_zone)


def _local(wall: datetime | None, zone: str) -> datetime:
    assert wall is not None
    return wall.replace(tzinfo=ZoneInfo(zone))
