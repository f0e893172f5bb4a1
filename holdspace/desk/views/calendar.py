"""The calendar: one screenful of appointments, its feed for the widget, and the zone it is shown in."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import get_template
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from holdspace.desk.bands import bands_of
from holdspace.desk.ranges import EVERYONE, ZONE, Shown, clinician_id, shown
from holdspace.desk.readiness import agreed_among
from holdspace.desk.tiles import Screen, Tile, as_event, tiles
from holdspace.desk.web import DeskRequest, desk
from holdspace.kit import zones
from holdspace.kit.clock import now
from holdspace.practices.models import Clinician
from holdspace.scheduling import queries
from holdspace.scheduling.models import ContactType, SeatStatus
from holdspace.telehealth import queries as telehealth

SEEN_BY = ("see_every_calendar", "see_own_calendar")


@require_safe
@desk(*SEEN_BY)
def calendar(request: DeskRequest) -> HttpResponse:
    """One screen of the calendar; without script the same as an agenda."""
    at = now()
    clinicians = list(Clinician.objects.visible_to(request.actor))
    asked = shown(request, clinicians, at)
    made = tiles_of(request, asked, at)
    return render(request, "desk/calendar.html", _page(request, asked, clinicians, made, at))


@require_safe
@desk(*SEEN_BY)
def feed(request: DeskRequest) -> HttpResponse:
    """The same screen's appointments as the widget wants them."""
    at = now()
    clinicians = list(Clinician.objects.visible_to(request.actor))
    asked = shown(request, clinicians, at)
    return JsonResponse(
        {
            "events": events(request, tiles_of(request, asked, at)),
            "bands": bands_of(request.practice, asked, clinicians),
            "offset": _offset(at, asked.zone),
        }
    )


@require_POST
@desk(*SEEN_BY)
def zone(request: DeskRequest) -> HttpResponse:
    """Show the calendar in another zone until signing out; an unknown one changes nothing."""
    said = request.POST.get("zone", "")
    if zones.is_zone(said):
        request.session[ZONE] = said
    return redirect(safe_next(request))


def safe_next(request: DeskRequest) -> str:
    """Where the form came from, if that is ours; else the calendar."""
    said = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(said, allowed_hosts={request.get_host()})
    return said if ours else reverse("desk:calendar")


def tiles_of(request: DeskRequest, asked: Shown, at: datetime) -> list[Tile]:
    """The screen's appointments, in a fixed number of queries."""
    found = list(_filtered(request, asked))
    seats = [seat for appointment in found for seat in appointment.seats.all() if appointment.is_telehealth]
    screen = Screen(
        practice=request.practice,
        zone=asked.zone,
        at=at,
        waiting=telehealth.waiting_seats(request.practice.pk),
        agreed=agreed_among(seats, at),
        movable=movable(request),
        with_clinician=asked.clinician == EVERYONE,
    )
    return tiles(found, screen)


def _filtered(request: DeskRequest, asked: Shown) -> Any:
    found = queries.between(request.actor, asked.starts, asked.ends)
    whose = clinician_id(asked)
    # Who sees only their own calendar has been narrowed to it already: not twice.
    if whose and request.actor.may("see_every_calendar"):
        found = found.led_by(whose)
    found = found.filter(contact_type=asked.contact_type) if asked.contact_type else found
    return found.filter(seats__status=asked.status).distinct() if asked.status else found


def movable(request: DeskRequest) -> list[UUID] | None:
    """In whose calendars this person books; None is everyone's."""
    if request.actor.may("book_for_everyone"):
        return None
    own = request.actor.clinician_id if request.actor.may("book") else None
    return [own] if own else []


def events(request: DeskRequest, made: list[Tile]) -> list[dict[str, Any]]:
    template = get_template("desk/parts/calendar_tile.html")
    return [
        as_event(tile, template.render({"tile": tile}), reverse("desk:appointment", args=[tile.seat.pk]))
        for tile in made
    ]


def _page(
    request: DeskRequest, asked: Shown, clinicians: list[Clinician], made: list[Tile], at: datetime
) -> dict[str, Any]:
    return {
        "shown": asked,
        "clinicians": clinicians,
        "days": _by_day(asked, made),
        "grid": _grid(request, asked, clinicians, made, at) if asked.view != "agenda" else None,
        "zones": zones.COMMON,
        "contact_types": ContactType.choices,
        "statuses": SeatStatus.choices,
        "may_book": request.actor.may("book"),
        "everyone": EVERYONE,
    }


def _grid(
    request: DeskRequest, asked: Shown, clinicians: list[Clinician], made: list[Tile], at: datetime
) -> dict[str, Any]:
    """What the page's script needs to draw the grid; nothing of it needs a second request."""
    return {
        "view": asked.view,
        "first": asked.first.isoformat(),
        "zone": asked.zone,
        "zoneShort": zones.zone_short(asked.zone),
        "offset": _offset(at, asked.zone),
        "dayStarts": request.practice.day_starts,
        "events": events(request, made),
        "bands": bands_of(request.practice, asked, clinicians),
        "feed": reverse("desk:feed") + asked.here,
        "move": reverse("desk:appointment_drop"),
        "new": reverse("desk:appointment_new") if request.actor.may("book") else "",
        "clinician": "" if asked.clinician == EVERYONE else asked.clinician,
    }


def _offset(at: datetime, zone: str) -> str:
    """*-05:00*: where the line of the present time belongs, whatever zone the browser is in."""
    return zones.wall_of(at, zone).isoformat()[-6:]


def _by_day(asked: Shown, made: list[Tile]) -> list[tuple[date, list[Tile]]]:
    """The agenda: days that have something, with what they have."""
    days: dict[date, list[Tile]] = {}
    for tile in made:
        days.setdefault(tile.wall_start.date(), []).append(tile)
    return sorted(days.items())
