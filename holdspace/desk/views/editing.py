"""Pages tell each other who is at an appointment: by themselves, so none of it is a person's activity."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from holdspace.desk.together import others_at
from holdspace.desk.views.appointments import SEEN_BY, seat_of
from holdspace.desk.web import DeskRequest, desk
from holdspace.kit.clock import now
from holdspace.kit.web import answer
from holdspace.scheduling import actions
from holdspace.scheduling.actions.holds import name_of
from holdspace.scheduling.models import Appointment


@require_safe
@desk(*SEEN_BY)
def others(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Who else is editing this; and on a form, that somebody changed it since the form was opened."""
    appointment = seat_of(request, pk).appointment
    facts = others_at(appointment, request.actor, now()) | _newer(appointment, request.GET.get("version", ""))
    return render(request, "desk/parts/appointment_others.html", facts)


def _newer(appointment: Appointment, shown: str) -> dict[str, Any]:
    if not shown.isdecimal() or int(shown) == appointment.version:
        return {}
    return {"is_newer": True, "changed_by": name_of(appointment.changed_by)}


@require_POST
@desk("book")
def editing(request: DeskRequest, pk: UUID) -> HttpResponse:
    """This person's page has the form open (`over`: no longer).  Said again and again while it has."""
    appointment = seat_of(request, pk).appointment
    if request.POST.get("over"):
        actions.stop_editing(appointment=appointment, actor=request.actor)
    else:
        unseen = bool(request.POST.get("unseen"))
        actions.keep_editing(appointment=appointment, actor=request.actor, at=now(), unseen=unseen)
    return answer(request, HttpResponse(status=204))
