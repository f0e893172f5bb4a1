"""Times in words, for refusals and the trail: always with the zone they are meant in."""

from datetime import datetime, time, timedelta

from django.utils.formats import date_format

from holdspace.kit import zones


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
