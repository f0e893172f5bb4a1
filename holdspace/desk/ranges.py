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
VIEWS = {"day": _("Day"), "work-week": _("Work week"), "week": _("Week"), "agenda": _("Agenda")}
EVERYONE = "all"
AGENDA_DAYS = 14


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

    @property
    def first(self) -> date:
        return self.day if self.view in {"day", "agenda"} else self.day - timedelta(days=self.day.weekday())

    @property
    def length(self) -> int:
        return {"day": 1, "work-week": 5, "week": 7, "agenda": AGENDA_DAYS}[self.view]

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
        if first == last:
            return date_format(first, "l, F j, Y")
        if (first.year, first.month) == (last.year, last.month):
            return f"{date_format(first, 'F j')} – {last.day}, {last.year}"
        opening = "F j" if first.year == last.year else "F j, Y"
        return f"{date_format(first, opening)} – {date_format(last, 'F j, Y')}"

    def query(self, **changes: Any) -> str:
        """The address of this screen with something else instead."""
        other = replace(self, **changes)
        said = {"view": other.view, "date": other.day.isoformat(), "clinician": other.clinician}
        said |= {"contact_type": other.contact_type, "status": other.status}
        return "?" + urlencode({name: value for name, value in said.items() if value})

    @property
    def here(self) -> str:
        return self.query()

    @property
    def back(self) -> str:
        return self.query(day=self.day - self._step)

    @property
    def forward(self) -> str:
        return self.query(day=self.day + self._step)

    @property
    def to_today(self) -> str:
        return self.query(day=self.today)

    @property
    def views(self) -> list[tuple[str, str, str]]:
        return [(name, str(label), self.query(view=name)) for name, label in VIEWS.items()]

    @property
    def is_filtered(self) -> bool:
        return bool(self.contact_type or self.status)

    @property
    def _step(self) -> timedelta:
        return timedelta(days=7 if self.view == "work-week" else self.length)


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
    said = request.GET
    return Shown(
        view=_one_of(said.get("view", ""), VIEWS, "work-week"),
        day=_day(said.get("date", ""), today),
        zone=zone,
        today=today,
        clinician=_whose(request, clinicians),
        contact_type=_one_of(said.get("contact_type", ""), ContactType.values, ""),
        status=_one_of(said.get("status", ""), SeatStatus.values, ""),
    )


def _one_of(said: str, known: Any, otherwise: str) -> str:
    return said if said in known else otherwise


def _day(said: str, today: date) -> date:
    try:
        day = date.fromisoformat(said)
    except ValueError:
        return today
    # The calendar's own edges: beyond them weeks can't be counted.
    return day if 1900 <= day.year <= 2200 else today


def _whose(request: DeskRequest, clinicians: list[Clinician]) -> str:
    said, known = request.GET.get("clinician", ""), {str(clinician.pk) for clinician in clinicians}
    if said == EVERYONE or said in known:
        return said
    own = str(request.actor.clinician_id)
    if own in known:
        return own
    return str(clinicians[0].pk) if len(clinicians) > 1 else EVERYONE


def clinician_id(shown: Shown) -> UUID | None:
    return None if shown.clinician == EVERYONE else UUID(shown.clinician)
