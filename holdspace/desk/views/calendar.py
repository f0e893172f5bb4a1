"""The calendar: one screenful of appointments, its feed for the widget, and the zone it is shown in."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from holdspace.desk.bands import bands_of, days_off
from holdspace.desk.columns import columns
from holdspace.desk.licensed import doubtful_among
from holdspace.desk.ranges import ZONE, clinician_id, shown
from holdspace.desk.readiness import agreed_among
from holdspace.desk.screens import CLINICIANS, EVERYONE, FILTERS, GRIDS, ON_A_PHONE, WEEKEND, Shown
from holdspace.desk.sheets import Day, by_day, on_paper, weeks
from holdspace.desk.tiles import TILE_ICONS, Screen, Tile, as_event, tiles
from holdspace.desk.web import DeskRequest, desk
from holdspace.kit import zones
from holdspace.kit.clock import now
from holdspace.practices.models import Clinician, Site
from holdspace.scheduling import queries
from holdspace.scheduling.models import AppointmentType, ContactType, SeatStatus
from holdspace.telehealth import queries as telehealth

SEEN_BY = ("see_every_calendar", "see_own_calendar")
OF_ITSELF = [name for name in FILTERS if name != "status"]  # a status is its seats'


@require_safe
@desk(*SEEN_BY)
def calendar(request: DeskRequest) -> HttpResponse:
    """One screen of the calendar; without script the same as a list, with `print` a sheet of paper."""
    at = now()
    clinicians = list(Clinician.objects.visible_to(request.actor))
    asked = shown(request, clinicians, at)
    made = tiles_of(request, asked, at)
    if request.GET.get("print") == "1":
        return render(request, "desk/calendar_print.html", _paper(request, asked, clinicians, made, at))
    return render(request, "desk/calendar.html", _page(request, asked, clinicians, made, at))


@require_safe
@desk(*SEEN_BY)
def feed(request: DeskRequest) -> HttpResponse:
    """The same screen's appointments as the widget wants them."""
    at = now()
    clinicians = list(Clinician.objects.visible_to(request.actor))
    asked = shown(request, clinicians, at)
    made = tiles_of(request, asked, at)
    said = {"events": [as_event(tile) for tile in made], "offset": _offset(at, asked.zone)}
    said |= {"bands": bands_of(request.practice, asked, clinicians)}
    return JsonResponse(said | {"columns": _columns(asked, clinicians, made)})


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
    found = queries.with_leads(_filtered(request, asked, asked.starts, asked.ends))
    seats = [seat for appointment in found for seat in appointment.taken if appointment.is_telehealth]
    led = [(seat, one.leads) for one in found if one.is_telehealth for seat in one.taken]
    screen = Screen(
        practice=request.practice,
        zone=asked.zone,
        at=at,
        waiting=telehealth.waiting_seats(request.practice.pk),
        agreed=agreed_among(seats, at),
        doubtful=doubtful_among(led, at),
        movable=movable(request),
        with_clinician=asked.clinician == EVERYONE and asked.view != CLINICIANS,
    )
    return tiles(found, screen)


def _filtered(request: DeskRequest, asked: Shown, starts: datetime, ends: datetime) -> Any:
    found = queries.between(request.actor, starts, ends)
    whose = clinician_id(asked)
    # Who sees only their own calendar has been narrowed to it already: not twice.
    if whose and request.actor.may("see_every_calendar"):
        found = found.led_by(whose)
    found = found.filter(**{name: getattr(asked, name) for name in OF_ITSELF if getattr(asked, name)})
    return found.filter(seats__status=asked.status).distinct() if asked.status else found


def movable(request: DeskRequest) -> list[UUID] | None:
    """In whose calendars this person books; None is everyone's."""
    if request.actor.may("book_for_everyone"):
        return None
    own = request.actor.clinician_id if request.actor.may("book") else None
    return [own] if own else []


def _page(
    request: DeskRequest, asked: Shown, clinicians: list[Clinician], made: list[Tile], at: datetime
) -> dict[str, Any]:
    return {
        "shown": asked,
        "clinicians": clinicians,
        "days": by_day(made),
        "weeks": _weeks(request, asked, clinicians, made) if asked.view == "month" else None,
        "weekend": _behind_the_work_week(request, asked),
        "grid": _grid(request, asked, clinicians, made, at) if asked.view in GRIDS else None,
        "zones": zones.COMMON,
        "choices": _choices(request),
        "on_a_phone": ON_A_PHONE,
        "icons": TILE_ICONS,
        "may_book": request.actor.may("book"),
        "may_search": request.actor.may("see_clients"),
        "everyone": EVERYONE,
    }


def _weeks(
    request: DeskRequest, asked: Shown, clinicians: list[Clinician], made: list[Tile]
) -> list[list[Day]]:
    return weeks(asked, made, days_off(request.practice, asked, clinicians))


def _paper(
    request: DeskRequest, asked: Shown, clinicians: list[Clinician], made: list[Tile], at: datetime
) -> dict[str, Any]:
    whose = [one.name for one in clinicians if str(one.pk) == asked.clinician]
    sheets = on_paper(asked, clinicians, made)
    return {"shown": asked, "sheets": sheets, "whose": whose, "at": at, "practice": request.practice}


def _choices(request: DeskRequest) -> list[tuple[str, Any, list[tuple[str, Any]]]]:
    """What the filters offer: name, label, values."""
    types = AppointmentType.objects.filter(practice=request.practice, active=True)
    sites = Site.objects.visible_to(request.actor).filter(open=True).order_by("name")
    return [
        ("type", _("Appointment Type"), [(str(one.pk), one.name) for one in types]),
        ("contact_type", _("Contact Type"), list(ContactType.choices)),
        ("status", _("Status"), list(SeatStatus.choices)),
        ("site", _("Location (Site)"), [(str(one.pk), one.name) for one in sites]),
    ]


def _behind_the_work_week(request: DeskRequest, asked: Shown) -> int:
    """How many appointments its weekend has: they are said, not hidden."""
    if asked.view != "work-week":
        return 0
    weekend = replace(asked, view="day", day=asked.first + timedelta(days=WEEKEND))
    sunday = replace(weekend, day=weekend.day + timedelta(days=1))
    found: int = _filtered(request, asked, weekend.starts, sunday.ends).count()
    return found


def _grid(
    request: DeskRequest, asked: Shown, clinicians: list[Clinician], made: list[Tile], at: datetime
) -> dict[str, Any]:
    """What the page's script needs to draw the grid, besides the tiles that stand in the page."""
    return {
        "view": asked.view,
        "first": asked.first.isoformat(),
        "zone": asked.zone,
        "zoneShort": zones.zone_short(asked.zone),
        "offset": _offset(at, asked.zone),
        "dayStarts": request.practice.day_starts,
        "columns": _columns(asked, clinicians, made),
        "bands": bands_of(request.practice, asked, clinicians),
        "feed": reverse("desk:feed") + asked.here,
        "move": reverse("desk:appointment_drop"),
        "new": reverse("desk:appointment_new") if request.actor.may("book") else "",
        "clinician": "" if asked.clinician == EVERYONE else asked.clinician,
    }


def _columns(asked: Shown, clinicians: list[Clinician], made: list[Tile]) -> list[dict[str, Any]]:
    return columns(asked, clinicians, made) if asked.view == CLINICIANS else []


def _offset(at: datetime, zone: str) -> str:
    """*-05:00*: where the line of the present time belongs, whatever zone the browser is in."""
    return zones.wall_of(at, zone).isoformat()[-6:]
