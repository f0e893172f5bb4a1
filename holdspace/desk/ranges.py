"""What a calendar's address says: view, day, zone and filters; the same address shows the same."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from holdspace.desk.web import DeskRequest
from holdspace.kit import zones
from holdspace.practices.models import Clinician
from holdspace.scheduling.models import ContactType, SeatStatus

ZONE = "zone"  # the sign-in session's key for the zone chosen in the menu
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
        opening = "F j" if first.year == last.year else "F j, Y"
        return f"{date_format(first, opening)} – {date_format(last, 'F j, Y')}"

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


def shown_zone(request: DeskRequest) -> str:
    """The zone in the address, else the one chosen in the menu, else the clinician's or practice's own."""
    for said in (request.GET.get(ZONE, ""), request.session.get(ZONE, "")):
        if said and zones.is_zone(said):
            return str(said)
    if request.actor.clinician_id is None:
        return request.practice.time_zone
    own = Clinician.objects.filter(pk=request.actor.clinician_id).values_list("time_zone", flat=True).first()
    return own or request.practice.time_zone


def shown(request: DeskRequest, clinicians: list[Clinician], at: datetime) -> Shown:
    """What the address asks for; whatever in it makes no sense is as if it weren't there."""
    zone = shown_zone(request)
    today = zones.wall_of(at, zone).date()
    said, day = request.GET, _day(request.GET.get("date", ""), today)
    view = _view(said.get("view", "") or _usual_view(request, clinicians), day)
    return Shown(
        view=view,
        day=day,
        zone=zone,
        today=today,
        clinician=_whose(request, clinicians, view),
        contact_type=_one_of(said.get("contact_type", ""), ContactType.values, ""),
        status=_one_of(said.get("status", ""), SeatStatus.values, ""),
        type=_id(said.get("type", "")),
        site=_id(said.get("site", "")),
    )


def _usual_view(request: DeskRequest, clinicians: list[Clinician]) -> str:
    """Where one begins: one's own week, or everybody's day for who keeps the days of several."""
    return CLINICIANS if request.actor.clinician_id is None and len(clinicians) > 1 else ""


def _view(said: str, day: date) -> str:
    """The view asked for; a Saturday is never looked for behind the work week."""
    view = _one_of(said, VIEWS, "work-week")
    return "week" if view == "work-week" and day.weekday() >= WEEKEND else view


def _id(said: str) -> str:
    try:
        return str(UUID(said))
    except ValueError:
        return ""


def _one_of(said: str, known: Any, otherwise: str) -> str:
    return said if said in known else otherwise


def _day(said: str, today: date) -> date:
    try:
        day = date.fromisoformat(said)
    except ValueError:
        return today
    # The calendar's own edges: beyond them weeks can't be counted.
    return day if 1900 <= day.year <= 2200 else today


def _whose(request: DeskRequest, clinicians: list[Clinician], view: str) -> str:
    said, known = request.GET.get("clinician", ""), {str(clinician.pk) for clinician in clinicians}
    if said == EVERYONE or said in known:
        return said
    if view == CLINICIANS:
        return EVERYONE
    own = str(request.actor.clinician_id)
    if own in known:
        return own
    return str(clinicians[0].pk) if len(clinicians) > 1 else EVERYONE


def clinician_id(shown: Shown) -> UUID | None:
    return None if shown.clinician == EVERYONE else UUID(shown.clinician)
