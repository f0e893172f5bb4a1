"""Times in words, for refusals and the trail: always with the zone they are meant in."""

from datetime import datetime

from django.utils.formats import date_format

from holdspace.kit import zones


def span(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    """*Wed, Nov 18, 11:00 – 11:50 AM Eastern*."""
    day = date_format(zones.wall_of(starts_at, zone).replace(tzinfo=None), "D, M j")
    return f"{day}, {_times(starts_at, ends_at, zone)} {zones.zone_short(zone)}"


def clock_span(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    """*Wed, 11:00 – 11:50 AM*, where day and zone already stand beside it."""
    day = date_format(zones.wall_of(starts_at, zone).replace(tzinfo=None), "D")
    return f"{day}, {_times(starts_at, ends_at, zone)}"


def _times(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    start, end = (zones.wall_of(moment, zone).replace(tzinfo=None) for moment in (starts_at, ends_at))
    shown = "g:i" if start.strftime("%p") == end.strftime("%p") else "g:i A"
    return f"{date_format(start, shown)} – {date_format(end, 'g:i A')}"
