"""What becomes of an appointment: its status, the reason, and calling it off."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from holdspace.desk import notices
from holdspace.desk.forms.repeats import SCOPES
from holdspace.desk.looks import SEAT as LOOKED_AT
from holdspace.desk.looks import looked
from holdspace.desk.meanwhile import differing, marks, seen
from holdspace.desk.ranges import shown_zone
from holdspace.desk.together import others_at
from holdspace.desk.views.appointments import details_page, frame_of, seat_of, series_of
from holdspace.desk.web import DeskRequest, desk
from holdspace.kit.clock import now
from holdspace.kit.refusals import Refusal
from holdspace.scheduling import actions, refusals
from holdspace.scheduling.actions.notices import CANCELLED, tells
from holdspace.scheduling.actions.seats import cancelled_as
from holdspace.scheduling.models import Seat, SeatStatus
from holdspace.scheduling.reasons import reasons_of


@require_POST
@desk("book")
def status(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Set the status; refused or asked for a reason, the page comes back with what was chosen."""
    seat = seat_of(request, pk)
    back = "desk:roster" if request.POST.get("back") == "roster" else "desk:appointment"
    wanted, reason = request.POST.get("status", ""), reason_of(request)
    if wanted == seat.status or wanted not in SeatStatus.values:
        return redirect(back, pk=pk)
    facts: dict[str, Any] = {"actor": request.actor, "at": now(), "seen": seen(seat, request.POST)}
    try:
        actions.set_status(seat=seat, status=wanted, reason=reason, **facts)
    except Refusal as no:
        return details_page(request, seat_of(request, pk), no, wanted=wanted)
    return redirect(back, pk=pk)


def reason_of(request: DeskRequest) -> str:
    """What was written, or else the one that was chosen."""
    return request.POST.get("reason", "").strip() or request.POST.get("chosen_reason", "")


@require_POST
@desk("book")
def explain(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Say afterwards why it isn't held: one press on a reason, or a few words."""
    seat = seat_of(request, pk)
    try:
        actions.explain(seat=seat, reason=reason_of(request), actor=request.actor, at=now())
    except Refusal as no:
        return details_page(request, seat_of(request, pk), no)
    return redirect("desk:appointment", pk=pk)


@desk("book")
def cancel(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Ask once, then cancel; Session Details offers to undo it."""
    seat = seat_of(request, pk)
    looked(request, LOOKED_AT, seat)
    if request.method != "POST":
        return _cancel_page(request, seat)
    try:
        _cancel(request, seat)
    except refusals.ReasonNeeded as no:
        return _cancel_page(request, seat, no)
    except refusals.ChangedMeanwhile as no:
        seat = seat_of(request, pk)
        # Called off by somebody else already: there is nothing to ask again.
        return _cancel_page(request, seat, no) if seat.stands else details_page(request, seat, no)
    except Refusal as no:
        return details_page(request, seat_of(request, pk), no)
    return redirect("desk:appointment", pk=pk)


def _cancel_page(request: DeskRequest, seat: Seat, refusal: Refusal | None = None) -> HttpResponse:
    becomes, said = SeatStatus(cancelled_as(seat, now())), request.POST
    ticked = said.get("tell_client") == "on" if refusal else tells(request.practice, CANCELLED)
    facts = {"page": frame_of(request), "seat": seat, "zone": shown_zone(request), "refusal": refusal}
    facts |= {"scopes": SCOPES, "series": series_of(seat.appointment), "scope": said.get("scope", "one")}
    facts |= {"cancels_as": becomes.label, "why": reasons_of(seat.practice_id).get(becomes)}
    facts |= {"tell_how": notices.how(seat.client), "tell_ticked": ticked}
    facts |= {name: said.get(name, "") for name in ("reason", "chosen_reason")}
    facts |= {"marks": marks(seat)} | others_at(seat.appointment, request.actor, now())
    if isinstance(refusal, refusals.ChangedMeanwhile):
        facts["differs"] = differing(seat, said, shown_zone(request))
    return render(request, "desk/appointment_cancel.html", facts, status=409 if refusal else 200)


def _cancel(request: DeskRequest, seat: Seat) -> None:
    said = request.POST
    scope, chosen = said.get("scope", "one"), said.get("tell_client") == "on"
    facts: dict[str, Any] = {"actor": request.actor, "at": now(), "reason": reason_of(request)}
    facts["seen"] = seen(seat, said)
    # What the practice does anyway is nobody's choice.
    facts["tell_client"] = None if chosen == tells(request.practice, CANCELLED) else chosen
    if scope in {"following", "all"} and series_of(seat.appointment):
        verb = actions.cancel_all if scope == "all" else actions.cancel_from
        verb(appointment=seat.appointment, **facts)
    else:
        actions.cancel(seat=seat, **facts)
