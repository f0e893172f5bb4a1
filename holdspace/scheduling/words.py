"""Times in words, for refusals and the trail: always with the zone they are meant in."""

from datetime import datetime, time, timedelta

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format

from holdspace.kit import zones
from holdspace.kit.said import said_once
from holdspace.scheduling.models import Hours

MIDNIGHT = datetime(2000, 1, 1)  # noqa: DTZ001 - a wall time of no day in particular


@said_once
def span(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    """*Wed, Nov 18, 11:00 – 11:50 AM Eastern*."""
    day = date_format(zones.wall_of(starts_at, zone).replace(tzinfo=None), "D, M j")
    return f"{day}, {clock_times(starts_at, ends_at, zone)} {zones.zone_short(zone)}"


def clock_span(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    """*Wed, 11:00 – 11:50 AM*, where day and zone already stand beside it."""
    day = date_format(zones.wall_of(starts_at, zone).replace(tzinfo=None), "D")
    return f"{day}, {clock_times(starts_at, ends_at, zone)}"


def days_span(starts_at: datetime, ends_at: datetime, zone: str, *, shown_in: str = "") -> str:
    """*Wed, Nov 18 – Fri, Nov 20*: whole days of a zone by their names, anything else with its hours."""
    start, end = (zones.wall_of(moment, zone).replace(tzinfo=None) for moment in (starts_at, ends_at))
    if start.time() == end.time() == time():
        first, last = (date_format(day, "D, M j") for day in (start, end - timedelta(days=1)))
        return first if first == last else f"{first} – {last}"
    zone = shown_in or zone
    start, end = (zones.wall_of(moment, zone).replace(tzinfo=None) for moment in (starts_at, ends_at))
    if start.date() == end.date():
        return span(starts_at, ends_at, zone)
    first, last = (date_format(moment, "D, M j, g:i A") for moment in (start, end))
    return f"{first} – {last} {zones.zone_short(zone)}"


def clock_times(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    """*11:00 – 11:50 AM*."""
    start, end = (zones.wall_of(moment, zone).replace(tzinfo=None) for moment in (starts_at, ends_at))
    shown = "g:i" if start.strftime("%p") == end.strftime("%p") else "g:i A"
    return f"{date_format(start, shown)} – {date_format(end, 'g:i A')}"


def minute_clock(minute: int) -> str:
    """*9:30 AM* of minutes since midnight, which a day may end at."""
    return date_format(MIDNIGHT + timedelta(minutes=minute), "g:i A")


def day_name(hours: Hours) -> str:
    """*Monday*, or *Thu, Nov 26, 2026*."""
    return date_format(hours.day, "D, M j, Y") if hours.day else str(WEEKDAYS[hours.weekday or 0])


def hours_span(hours: Hours) -> str:
    """*Monday, 9:00 AM – 5:00 PM*."""
    return f"{day_name(hours)}, {minute_clock(hours.starts)} – {minute_clock(hours.ends)}"
