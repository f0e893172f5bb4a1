"""*Where are you right now?*: asked before every session, answered with two taps or typed."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from holdspace.clients import charts
from holdspace.kit.clock import now
from holdspace.kit.refusals import Refusal
from holdspace.portal import web
from holdspace.portal.forms.where import WhereForm, choices_of
from holdspace.portal.steps import onward
from holdspace.scheduling.actions.where import Place, say_where
from holdspace.scheduling.whereabouts import place_before


@web.visit
@web.with_place
def where(request: web.VisitRequest) -> HttpResponse:
    """GET asks; POST keeps the answer.  The browser's own place is only ever asked for by a tap."""
    saved = charts.addresses_of(request.visit, request.seat.client)
    choices = choices_of(saved, _last(request))
    if request.method != "POST":
        first = WhereForm.said_before(request.seat, saved, choices)
        return _page(request, WhereForm(choices=choices, initial=first))
    form = WhereForm(request.POST, choices=choices)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        say_where(seat=request.seat, place=form.place, alone=form.is_alone, actor=request.visit, at=now())
    except Refusal as refusal:
        return _page(request, form, refusal, status=409)
    return redirect(onward(request.seat, at=now()))


def _last(request: web.VisitRequest) -> Place | None:
    """Where they were last time; kept back where somebody else decides for the client.

    What a child typed at one parent's is not for the other one's eyes.
    """
    return None if request.visit_row.came else place_before(request.seat)


def _page(
    request: web.VisitRequest, form: WhereForm, refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    facts = {
        "seat": request.seat,
        "practice": request.practice,
        "clinician": request.seat.appointment.clinicians.first(),
        "form": form,
        "refusal": refusal,
    }
    return render(request, "portal/where.html", facts, status=status)
