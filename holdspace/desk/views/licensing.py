"""The start screen's word on licenses, and going on without one."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from holdspace.desk.web import DeskRequest, desk
from holdspace.kit.clock import now
from holdspace.scheduling.models import Seat
from holdspace.telehealth import actions, licensing, queries
from holdspace.telehealth.models import Session


def license_facts(request: DeskRequest, seat: Seat, at: datetime) -> dict[str, Any]:
    """How who leads stands to where the client is; and whether this person may decide to go on."""
    leads = {lead.pk for lead in seat.appointment.clinicians.all()}
    return {
        "licensed": licensing.licensed_for(seat, at),
        "license_reason": licensing.reason_for(seat) if seat.location_state else None,
        "said_today": seat.where_is_known(at),
        "license_stops": licensing.stops(seat),
        "may_go_on": request.actor.may("hold_sessions") and request.actor.clinician_id in leads,
    }


@require_POST
@desk("hold_sessions")
def go_on(request: DeskRequest, pk: UUID) -> HttpResponse:
    """The reason, then back to the room where a session is open, else to the start screen."""
    known = Seat.objects.visible_to(request.actor).select_related("practice", "appointment")
    seat = get_object_or_404(known, pk=pk)
    actions.go_on(seat=seat, reason=request.POST.get("reason", ""), actor=request.actor, at=now())
    session = queries.open_session(seat.appointment_id)
    if session and Session.objects.visible_to(request.actor).filter(pk=session.pk).exists():
        return redirect("desk:room", pk=session.pk)
    return redirect("desk:start", pk=seat.pk)
