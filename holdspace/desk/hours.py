"""Hours and time off as lines of a list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from holdspace.kit import zones
from holdspace.practices.models import Practice
from holdspace.scheduling import holidays
from holdspace.scheduling.models import ContactType, Hours, TimeOff
from holdspace.scheduling.words import day_name, days_span, minute_clock

ICONS = {"away": "calendar-off", "block": "ban", "closed": "lock"}


@dataclass(frozen=True)
class Line:
    """One row: its day, its times, what limits it."""

    row: Hours | TimeOff
    day: str
    times: str
    limits: str = ""
    icon: str = "clock"


def days_of(rows: Iterable[Hours], at: datetime) -> tuple[list[Line], list[Line]]:
    """The week's hours and the single days that aren't over, in order."""
    yesterday = (at - timedelta(days=1)).date()
    weekly = [row for row in rows if row.day is None]
    single = [row for row in rows if row.day and row.day >= yesterday]
    return [_line(row) for row in weekly], [_line(row) for row in single]


def _line(row: Hours) -> Line:
    ways = [str(ContactType(way).label) for way in row.contact_types if way in ContactType.values]
    limits = ", ".join([*ways, *([row.site.name] if row.site else [])])
    times = f"{minute_clock(row.starts)} – {minute_clock(row.ends)}"
    return Line(row, day_name(row), times, _("only %(what)s") % {"what": limits} if limits else "")


def off_of(rows: Iterable[TimeOff]) -> list[Line]:
    """Time off to come or going on."""
    return [
        Line(
            row,
            days_span(row.starts_at, row.ends_at, row.time_zone),
            str(row.get_kind_display()),
            row.label,
            ICONS[row.kind],
        )
        for row in rows
    ]


def closings(practice: Practice, at: datetime) -> list[tuple[str, str | Promise]]:
    """The holidays of the next twelve months, with their days."""
    today = zones.wall_of(at, practice.time_zone).date()
    years = [holidays.named(practice, year) for year in (today.year, today.year + 1)]
    return [(_said(day), name) for year in years for day, name in year.items() if _near(day, today)]


def _near(day: date, today: date) -> bool:
    return today <= day < today + timedelta(days=365)


def _said(day: date) -> str:
    return date_format(day, "D, M j, Y")
