"""Calendar files (RFC 5545), one event at a time: only what an appointment needs is kept of each."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from icalendar import Event
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from holdspace.kit import zones
from holdspace.scheduling.imports import reading
from holdspace.scheduling.imports.reading import Record
from holdspace.scheduling.refusals import LineRefused, Unreadable

WANTED = {
    "UID", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID", "SUMMARY",
    "STATUS", "ATTENDEE",
}  # fmt: skip
ONCE = WANTED - {"RRULE", "RDATE", "EXDATE", "EXRULE", "ATTENDEE"}
# Of all that is wanted of one event: room for a thousand days left out.
LONGEST = 64_000


def records(pk: UUID) -> Iterator[Record]:
    """Every VEVENT; a repeating one knows the days that other events of the file change."""
    alone, from_then_on = _changed_alone(pk)
    for number, offset, parts in _events(pk):
        event = _parsed(parts)
        if event is None:
            yield Record(number, offset, _summary(parts), fault=_("This event can’t be read."))
            continue
        uid = str(event.get("UID", ""))
        facts = {
            "event": event,
            "alone": set() if "RECURRENCE-ID" in event else alone.get(uid, set()),
            "from_then_on": uid in from_then_on,
            "text": "\n".join(parts),
        }
        yield Record(number, offset, _summary(parts), facts)


def when(prop: Any, otherwise: str) -> tuple[Any, str]:
    """An instant and its zone; floating time is the practice's.  Refuses what has no hour."""
    value = prop.dt
    if not isinstance(value, datetime):
        raise LineRefused(_("It lasts all day: an appointment has an hour."))
    named = str(prop.params.get("TZID", ""))
    if not named and value.tzinfo is not None:
        return value, otherwise
    zone = zone_of(named) if named else otherwise
    return zones.asked_instant(value.replace(tzinfo=None), zone), zone


def zone_of(named: str) -> str:
    """The IANA zone that a TZID means."""
    parts = named.strip("/").split("/")
    for name in (named, "/".join(parts[-2:]), "/".join(parts[-3:]), WINDOWS_TO_OLSON.get(named, "")):
        if name and zones.is_zone(name):
            return name
    raise LineRefused(_("Its time zone, %(zone)s, isn’t one we know.") % {"zone": named[:60]})


def _changed_alone(pk: UUID) -> tuple[dict[str, set[Any]], set[str]]:
    """By UID, the days that have an event of their own (RECURRENCE-ID); and whom one changes from then on."""
    found: dict[str, set[Any]] = {}
    from_then_on = set()
    for _number, _offset, parts in _events(pk):
        if not any(part.upper().startswith("RECURRENCE-ID") for part in parts):
            continue
        event = _parsed(parts)
        if event is not None and "RECURRENCE-ID" in event:
            moment: Any = event["RECURRENCE-ID"]
            found.setdefault(str(event.get("UID", "")), set()).add(moment.dt)
            if "RANGE" in moment.params:
                from_then_on.add(str(event.get("UID", "")))
    return found, from_then_on


def _events(pk: UUID) -> Iterator[tuple[int, int, list[str]]]:
    """Line number, bytes so far, and the wanted lines of each VEVENT."""
    inside, depth, number, size = 0, 0, 0, 0
    parts: list[str] = []
    for number, offset, line in _unfolded(pk):
        word = line.strip().upper()
        if number == 1 and word != "BEGIN:VCALENDAR":
            raise Unreadable(1, _("a calendar file begins with BEGIN:VCALENDAR."))
        if word == "BEGIN:VEVENT":
            if inside:
                raise Unreadable(number, _("an event begins inside of another one."))
            inside, depth, size, parts = number, 0, 0, []
        elif word.startswith("BEGIN:") and inside:
            depth += 1
        elif word == "END:VEVENT":
            if not inside:
                raise Unreadable(number, _("an event ends here that never began."))
            yield inside, offset, parts
            inside = 0
        elif word.startswith("END:") and inside:
            depth -= 1
        elif inside and not depth and _name(line) in WANTED and size <= LONGEST:
            parts.append(line)
            size += len(line)
    if inside:
        raise Unreadable(inside, _("the event that begins here never ends."))
    if number == 0:
        raise Unreadable(1, _("the file is empty."))


def _unfolded(pk: UUID) -> Iterator[tuple[int, int, str]]:
    """Logical lines, each with the number of its first; what is longer than any we want is cut."""
    held: tuple[int, int, str] | None = None
    for number, offset, text in reading.lines(pk):
        if text[:1] in {" ", "\t"} and held:
            held = (held[0], offset, held[2] + text[1:] if len(held[2]) <= LONGEST else held[2])
            continue
        if held:
            yield held
        held = (number, offset, text)
    if held:
        yield held


def _name(line: str) -> str:
    return line.replace(";", ":", 1).partition(":")[0].strip().upper()


def _parsed(parts: list[str]) -> Event | None:
    """The event; nothing if it can't be read, or not whole: half of its left-out days would be a lie."""
    if sum(map(len, parts)) > LONGEST:
        return None
    try:
        event = Event.from_ical("\r\n".join(["BEGIN:VEVENT", *parts, "END:VEVENT", ""]))
    except (ValueError, KeyError, TypeError, IndexError):
        return None
    if not isinstance(event, Event) or event.errors or any(isinstance(event.get(one), list) for one in ONCE):
        return None
    return event


def _summary(parts: list[str]) -> str:
    shown = [part.partition(":")[2] for part in parts if _name(part) in {"SUMMARY", "DTSTART", "RRULE"}]
    return " · ".join(shown)[:300]
