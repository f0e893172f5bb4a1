"""One screenful of calendar: its days, what it is called, and the addresses of all the others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from holdspace.kit import zones

CLINICIANS = "clinicians"  # the view with a column for each
VIEWS = {
    "day": _("Day"),
    "work-week": _("Work week"),
    "week": _("Week"),
    "month": _("Month"),
    "agenda": _("Agenda"),
    CLINICIANS: _("Side by side"),
}
ON_A_PHONE = ("day", "agenda")
GRIDS = ("day", "work-week", "week", CLINICIANS)
EVERYONE = "all"
AGENDA_DAYS = 14
WEEKEND = 5
FILTERS = ("contact_type", "status", "type", "site")


@dataclass(frozen=True)
class Shown:
    """One screenful of calendar."""

    view: str
    day: date
    zone: str
    today: date
    clinician: str = EVERYONE  # an id, or all
    contact_type: str = ""
    status: str = ""
    type: str = ""  # an id
    site: str = ""  # an id

    @property
    def first(self) -> date:
        match self.view:
            case "day" | "agenda" | "clinicians":
                return self.day
            case "month":
                return _monday(self.day.replace(day=1))
            case _:
                return _monday(self.day)

    @property
    def length(self) -> int:
        if self.view == "month":
            return (_monday(_months_on(self.day, 1) - timedelta(days=1)) - self.first).days + 7
        return {"work-week": WEEKEND, "week": 7, "agenda": AGENDA_DAYS}.get(self.view, 1)

    @property
    def last(self) -> date:
        return self.first + timedelta(days=self.length - 1)

    @property
    def starts(self) -> datetime:
        return zones.day_bounds(self.first, self.zone)[0]

    @property
    def ends(self) -> datetime:
        return zones.day_bounds(self.last, self.zone)[1]

    @property
    def title(self) -> str:
        """*November 16 – 20, 2026*, as short as it can be said."""
        first, last = self.first, self.last
        if self.view == "month":
            return date_format(self.day, "F Y")
        if first == last:
            return date_format(first, "l, F j, Y")
        if (first.year, first.month) == (last.year, last.month):
            return f"{date_format(first, 'F j')} – {last.day}, {last.year}"
        opening = "M j" if first.year == last.year else "M j, Y"
        return f"{date_format(first, opening)} – {date_format(last, 'M j, Y')}"

    @property
    def said(self) -> dict[str, str]:
        """Everything the address says, by name."""
        said = {"view": self.view, "date": self.day.isoformat(), "clinician": self.clinician}
        said |= {name: getattr(self, name) for name in FILTERS}
        return {name: value for name, value in said.items() if value}

    def query(self, **changes: Any) -> str:
        """The address of this screen with something else instead."""
        return "?" + urlencode(replace(self, **changes).said)

    @property
    def here(self) -> str:
        return self.query()

    @property
    def printed(self) -> str:
        return self.here + "&print=1"

    @property
    def back(self) -> str:
        return self.query(day=self.beside(-1))

    @property
    def forward(self) -> str:
        return self.query(day=self.beside(1))

    @property
    def to_today(self) -> str:
        return self.query(day=self.today)

    @property
    def whole_week(self) -> str:
        return self.query(view="week")

    @property
    def views(self) -> list[tuple[str, str, str]]:
        return [(name, str(label), self._in(name)) for name, label in VIEWS.items()]

    @property
    def filters(self) -> int:
        """How many filters are on."""
        return sum(bool(one) for one in self.chosen) + (
            self.view == CLINICIANS and self.clinician != EVERYONE
        )

    @property
    def chosen(self) -> list[str]:
        return [getattr(self, name) for name in FILTERS]

    @property
    def cleared(self) -> str:
        whose = EVERYONE if self.view == CLINICIANS else self.clinician
        return self.query(**dict.fromkeys(FILTERS, ""), clinician=whose)

    @property
    def but_filters(self) -> dict[str, str]:
        """What a form that asks for the filters has to carry along."""
        asked = {*FILTERS, "clinician"} if self.view == CLINICIANS else {*FILTERS}
        return {name: value for name, value in self.said.items() if name not in asked}

    @property
    def but_day(self) -> dict[str, str]:
        return {name: value for name, value in self.said.items() if name != "date"}

    @property
    def but_clinician(self) -> dict[str, str]:
        return {name: value for name, value in self.said.items() if name != "clinician"}

    def to_book(self, day: date | None = None) -> str:
        """What the form is told: whose calendar this is, and the day, unless today is on the screen."""
        wanted = day or (None if self.first <= self.today <= self.last else self.day)
        said = {"clinician": "" if self.clinician == EVERYONE else self.clinician}
        # A day that was pressed is meant, also when it is over; one that is only looked at is not.
        said |= {"on" if day else "date": wanted.isoformat() if wanted else ""}
        return "?" + urlencode({name: value for name, value in said.items() if value})

    def _in(self, view: str) -> str:
        """Another view of the same.  Side by side is everyone's, and leaving it is one's own again."""
        if view == CLINICIANS != self.view:
            return self.query(view=view, clinician=EVERYONE)
        if self.view == CLINICIANS != view and self.clinician == EVERYONE:
            return self.query(view=view, clinician="")
        return self.query(view=view)

    def beside(self, way: int) -> date:
        """A day of the screen before or after."""
        if self.view == "month":
            return _months_on(self.day, way)
        return self.day + way * timedelta(days=7 if self.view == "work-week" else self.length)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _months_on(day: date, way: int) -> date:
    """The first of the month so many months on."""
    months = day.year * 12 + day.month - 1 + way
    return date(months // 12, months % 12 + 1, 1)
