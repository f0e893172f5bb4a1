"""Times in words, for refusals and the trail: always with the zone they are meant in."""

from datetime import datetime

from django.utils.formats import date_format

from holdspace.kit import zones


def span(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    """*Wed, Nov 18, 11:00 – 11:50 AM Eastern*."""
    start, end = (zones.wall_of(moment, zone).replace(tzinfo=None) for moment in (starts_at, ends_at))
    shown = "g:i" if start.strftime("%p") == end.strftime("%p") else "g:i A"
    times = f"{date_format(start, shown)} – {date_format(end, 'g:i A')}"
    return f"{date_format(start, 'D, M j')}, {times} {zones.zone_short(zone)}"
