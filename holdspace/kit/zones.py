"""Wall time and instants: half-open intervals, IANA zones, clock changes asked about, never guessed."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.utils.translation import gettext_lazy as _

from holdspace.kit.refusals import Refusal

# The zones people in the United States choose from first; every other IANA zone is accepted.
COMMON = {
    "America/New_York": _("Eastern (New York)"),
    "America/Chicago": _("Central (Chicago)"),
    "America/Denver": _("Mountain (Denver)"),
    "America/Phoenix": _("Arizona (Phoenix)"),
    "America/Los_Angeles": _("Pacific (Los Angeles)"),
    "America/Anchorage": _("Alaska (Anchorage)"),
    "Pacific/Honolulu": _("Hawaii (Honolulu)"),
    "America/Puerto_Rico": _("Atlantic (Puerto Rico)"),
    "Europe/London": _("London"),
    "UTC": _("UTC"),
}


class HourDoesNotExist(Refusal):
    """The clock skips this wall time."""

    sentence = _(
        "On that day the clocks go forward and this hour doesn't exist. Choose a time before or after."
    )


class HourHappensTwice(Refusal):
    """The clock passes this wall time twice."""

    sentence = _(
        "On that day the clocks go back and this hour happens twice. "
        "Say whether you mean the first or the second."
    )


@cache
def _known() -> frozenset[str]:
    """Every zone there is; asking the system reads hundreds of files."""
    return frozenset(available_timezones())


def is_zone(name: str) -> bool:
    return name in _known()


def zone_label(name: str) -> str:
    """The zone's name for people: *Eastern (New York)*."""
    return str(COMMON.get(name) or name.rsplit("/", maxsplit=1)[-1].replace("_", " "))


def zone_short(name: str) -> str:
    """The zone's short name: *Eastern*."""
    return zone_label(name).split(" (")[0]


def exists(wall: datetime, zone: str) -> bool:
    """Whether the naive wall time occurs in the zone at all."""
    return instant(wall, zone).astimezone(ZoneInfo(zone)).replace(tzinfo=None) == wall


def is_twice(wall: datetime, zone: str) -> bool:
    """Whether the naive wall time occurs twice in the zone."""
    return exists(wall, zone) and instant(wall, zone, fold=0) != instant(wall, zone, fold=1)


def instant(wall: datetime, zone: str, fold: int = 0) -> datetime:
    """The UTC instant of a naive wall time; no questions asked."""
    return wall.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)


def reached(wall: datetime, zone: str) -> datetime:
    """The instant at which the zone's clock first shows a wall time, or jumps past one that it skips."""
    while not exists(wall, zone):
        wall += timedelta(minutes=1)
    return instant(wall, zone)


def asked_instant(wall: datetime, zone: str, fold: int | None = None) -> datetime:
    """The UTC instant of a wall time that a person typed, or a refusal where they must be asked.

    `fold` answers the question of HourHappensTwice: 0 the first, 1 the second.
    """
    if not exists(wall, zone):
        raise HourDoesNotExist
    if fold is None and is_twice(wall, zone):
        raise HourHappensTwice
    return instant(wall, zone, fold or 0)


def wall_of(moment: datetime, zone: str) -> datetime:
    """The aware wall time of an instant in a zone."""
    return moment.astimezone(ZoneInfo(zone))


def day_bounds(day: date, zone: str) -> tuple[datetime, datetime]:
    """The half-open interval [midnight, next midnight) of a calendar day, as instants."""
    return instant(datetime.combine(day, time()), zone), instant(
        datetime.combine(day + timedelta(days=1), time()), zone
    )
