"""Correcting what was written down of a spoken answer; the entry that was wrong stays beside it."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from holdspace.clients.models import Tie
from holdspace.consents import actions, deciding, queries
from holdspace.consents.models import Consent
from holdspace.desk.forms.start import OTHER, CorrectionForm, checklist, states
from holdspace.desk.forms.whom import CLIENT
from holdspace.desk.views.consents import consent_of
from holdspace.desk.web import DeskRequest, desk
from holdspace.kit.clock import now
from holdspace.kit.refusals import Refusal

SAME = (
    "ticks",
    "alone",
    "giver",
    "relation",
    "by",
    "location",
    "state",
    "others_present",
    "present_here",
    "interpreter",
    "interpreter_language",
    "another_way",
)


@desk("record_verbal_consent")
def correct(request: DeskRequest, pk: UUID) -> HttpResponse:
    """GET: the entry as it stands, to be put right.  POST: the correction."""
    consent = consent_of(request, pk)
    if consent.way != Consent.Way.VERBAL or queries.recorder(consent.seat, request.actor) is None:
        raise Http404
    guardians = deciding.guardians_of(consent.seat)
    if request.method == "POST":
        return _corrected(request, consent, guardians)
    if not consent.is_correctable:
        return redirect("desk:consent", pk=consent.pk)
    form = CorrectionForm(guardians=guardians, initial=_as_it_stands(consent, guardians))
    return _page(request, consent, form, guardians)


def _corrected(request: DeskRequest, consent: Consent, guardians: list[Tie]) -> HttpResponse:
    form = CorrectionForm(request.POST, guardians=guardians)
    if not form.is_valid():
        return _page(request, consent, form, guardians)
    answer = "no" if request.POST.get("answer") == "no" else "yes"
    try:
        made = actions.correct(consent=consent, answer=answer, actor=request.actor, at=now(), **form.said())
    except Refusal as refusal:
        return _page(request, consent, form, guardians, refusal)
    return redirect("desk:consent", pk=made.pk)


def _as_it_stands(consent: Consent, guardians: list[Tie]) -> dict[str, Any]:
    said = consent.facts
    known = next((tie for tie in guardians if str(tie.contact_id) == said.get("on_file")), None)
    who = CLIENT if said["given_by"] == CLIENT else str(known.pk) if known else OTHER
    return {name: said.get(name, "") for name in SAME} | {"given_by": who}


def _page(
    request: DeskRequest,
    consent: Consent,
    form: CorrectionForm,
    guardians: list[Tie],
    refusal: Refusal | None = None,
) -> HttpResponse:
    seat = consent.seat
    rule = queries.rule_for(seat, str(form["state"].value() or ""))
    facts = {
        "consent": consent,
        "seat": seat,
        "verbal": form,
        "refusal": refusal,
        "ticks": checklist(rule, seat.client.greeting, form["ticks"].value() or []),
        "states": states(),
        "for_them": deciding.is_asked_for(seat, guardians),
    }
    return render(request, "desk/consent_correct.html", facts, status=409 if refusal else 200)
