"""The emergency card: where the client is, whom to call there, what was agreed.

A plain page, for when all else fails.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from holdspace.clients import charts, phones
from holdspace.desk.forms.where import ToldForm
from holdspace.desk.looks import CARD, looked
from holdspace.desk.web import DeskRequest, desk
from holdspace.kit import zones
from holdspace.kit.clock import now
from holdspace.kit.refusals import Refusal
from holdspace.practices import places
from holdspace.practices.models import EmergencyNumber
from holdspace.scheduling import actions
from holdspace.scheduling.models import Seat

FEET = 3.28084


@dataclass(frozen=True)
class Point:
    """What the client's browser said: to be read out, never sent to anybody's map."""

    latitude: str
    longitude: str
    feet: int


def seat_of(request: DeskRequest, pk: UUID) -> Seat:
    known = Seat.objects.visible_to(request.actor).select_related("client", "practice", "appointment")
    return get_object_or_404(known, pk=pk)


@require_safe
@desk("see_clients")
def card(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Everything on one page; reading it is on the trail."""
    seat = seat_of(request, pk)
    looked(request, CARD, seat)
    return _page(request, seat, ToldForm(initial=ToldForm.facts_of(seat)))


@require_POST
@desk("book", "hold_sessions")
def told(request: DeskRequest, pk: UUID) -> HttpResponse:
    """They said where they are, by voice: written down by whoever asked."""
    seat = seat_of(request, pk)
    form = ToldForm(request.POST)
    if not form.is_valid():
        return _page(request, seat, form, status=422)
    try:
        actions.say_where(seat=seat, place=form.place, alone=form.alone_said, actor=request.actor, at=now())
    except Refusal as refusal:
        return _page(request, seat, form, refusal, status=409)
    messages.success(request, _("Written down."))
    return redirect("desk:emergency_card", pk=seat.pk)


def _page(
    request: DeskRequest, seat: Seat, form: ToldForm, refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    facts = _facts(request, seat, now()) | {"form": form, "refusal": refusal}
    return render(request, "desk/emergency.html", facts, status=status)


def _facts(request: DeskRequest, seat: Seat, at: datetime) -> dict[str, Any]:
    client = seat.client
    state = seat.location_state or client.state
    leads = {lead.pk for lead in seat.appointment.clinicians.all()}
    return {
        "seat": seat,
        "zone": seat.appointment.time_zone,
        "point": _point(seat.location_point),
        "cares": request.actor.clinician_id in leads,
        "said_today": seat.where_is_known(at),
        "addresses": [] if seat.where_is_known(at) else charts.addresses_of(request.actor, client),
        "phone": phones.shown(client.phone),
        "contacts": [(tie, phones.shown(tie.contact.phone)) for tie in _contacts(request, seat, at)],
        "numbers": _numbers(request, state, seat.location, at),
        "numbers_for": places.name_of(state),
        "abroad": state == places.ABROAD,
        "may_write": request.actor.may("book") or request.actor.may("hold_sessions"),
    }


def _contacts(request: DeskRequest, seat: Seat, at: datetime) -> list[Any]:
    found = charts.emergency_contacts(request.actor, seat.client, at=at)
    return [tie for tie in found if tie.contact.phone]


def _point(said: str) -> Point | None:
    if not said:
        return None
    latitude, longitude, meters = said.split(",")
    return Point(latitude, longitude, round(int(meters) * FEET))


def _numbers(request: DeskRequest, state: str, address: str, at: datetime) -> list[dict[str, Any]]:
    """Those of the state, the ones whose place the address names first."""
    today = zones.wall_of(at, request.practice.time_zone).date()
    found = EmergencyNumber.objects.visible_to(request.actor).filter(state=state) if state else ()
    lines = [
        {
            "row": one,
            "phone": phones.shown(one.number),
            "here": one.is_for(address),
            "stale": one.is_stale(today),
        }
        for one in found
    ]
    return sorted(lines, key=lambda line: not line["here"])
