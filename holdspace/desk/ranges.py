"""What a calendar's address says: view, day, zone and filters; the same address shows the same."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from holdspace.desk.screens import CLINICIANS, EVERYONE, VIEWS, WEEKEND, Shown
from holdspace.desk.web import DeskRequest
from holdspace.kit import zones
from holdspace.practices.models import Clinician
from holdspace.scheduling.models import ContactType, SeatStatus

ZONE = "zone"  # the sign-in session's key for the zone chosen in the menu


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
