"""*Where are you right now?*: asked before every session, answered with two taps or typed."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from holdspace.clients import charts
from holdspace.kit.clock import now
from holdspace.kit.refusals import Refusal
from holdspace.portal import web
from holdspace.portal.forms.where import WhereForm
from holdspace.portal.steps import onward
from holdspace.practices import places
from holdspace.scheduling.actions.where import say_where


@web.visit
@web.with_place
def where(request: web.VisitRequest) -> HttpResponse:
    """GET asks; POST keeps the answer.  The browser's own place is only ever asked for by a tap."""
    saved = charts.addresses_of(request.visit, request.seat.client)
    if request.method != "POST":
        return _page(request, WhereForm(saved=saved, initial=WhereForm.said_before(request.seat, saved)))
    form = WhereForm(request.POST, saved=saved)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        say_where(seat=request.seat, place=form.place, alone=form.is_alone, actor=request.visit, at=now())
    except Refusal as refusal:
        return _page(request, form, refusal, status=409)
    return redirect(onward(request.seat, at=now()))


def _page(
    request: web.VisitRequest, form: WhereForm, refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    facts = {
        "seat": request.seat,
        "practice": request.practice,
        "clinician": request.seat.appointment.clinicians.first(),
        "form": form,
        "saved": [(key, one, places.name_of(one.state)) for key, one in form.saved.items()],
        "refusal": refusal,
    }
    return render(request, "portal/where.html", facts, status=status)
