"""A consent on one page: its life, who gave it, and its papers."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from holdspace.consents import actions, appointment, queries
from holdspace.consents.models import Consent, Paper
from holdspace.consents.spoke import SPOKE
from holdspace.consents.states import TICKS, rules
from holdspace.desk.lives import signer_shown, steps_of
from holdspace.desk.looks import CONSENT, looked
from holdspace.desk.ranges import shown_zone
from holdspace.desk.views.start import STARTERS
from holdspace.desk.web import DeskRequest, desk
from holdspace.kit.clock import now
from holdspace.messaging.models import Channel

# A no has nothing to take along, and what was written down wrongly nobody should keep.
NO_COPY = {Consent.Status.DECLINED, Consent.Status.REFUSED, Consent.Status.CORRECTED}


def consent_of(request: DeskRequest, pk: UUID) -> Consent:
    known = Consent.objects.visible_to(request.actor).select_related(
        "version__form", "client", "seat__appointment"
    )
    return get_object_or_404(known.defer("document").distinct(), pk=pk)


@require_GET
@desk(*STARTERS)
def consent(request: DeskRequest, pk: UUID) -> HttpResponse:
    """The page.  Looking is on the trail, once an hour."""
    consent = consent_of(request, pk)
    looked(request, CONSENT, consent)
    at = now()
    steps = steps_of(consent, at=at)
    has_copy = consent.answered_at and consent.status not in NO_COPY
    facts = {
        "consent": consent,
        "zone": shown_zone(request),
        "steps": steps,
        "paper": Paper.objects.filter(consent=consent).defer("body").first(),
        "at": at,
        "may_correct": consent.is_correctable and queries.recorder(consent.seat, request.actor),
        "correction": queries.correction_of(consent),
        "signer": signer_shown(consent, request.actor, steps) if has_copy else None,
    }
    return render(request, "desk/consent.html", facts | _given(consent))


def _given(consent: Consent) -> dict[str, Any]:
    """Who gave it, and how: what is sealed in the row."""
    said = consent.facts
    named = {"name": consent.client.greeting}
    rule = rules().get(said.get("rule", {}).get("state", ""))
    return {
        "said": said,
        "begins": appointment.begins(said),
        "contact_type": appointment.way(said),
        "ticks": [words % named for tick, words in TICKS.items() if tick in said.get("ticks", [])],
        "rule": rule,
        "spoke": SPOKE.get(said.get("by", ""), ""),
    }


@require_GET
@desk(*STARTERS)
def pdf(request: DeskRequest, pk: UUID) -> HttpResponse:
    """The sealed PDF, byte for byte."""
    consent = consent_of(request, pk)
    get_object_or_404(Paper.objects.only("pk"), consent=consent, status=Paper.Status.SEALED)
    return as_file(actions.read_pdf(consent=consent, actor=request.actor, at=now()))


def as_file(body: bytes) -> HttpResponse:
    """A download whose name says nothing of whom or what it is about."""
    file = HttpResponse(body, content_type="application/pdf")
    file["Content-Disposition"] = 'attachment; filename="form.pdf"'
    file["X-Content-Type-Options"] = "nosniff"
    return file


@require_POST
@desk(*STARTERS)
def send_copy(request: DeskRequest, pk: UUID) -> HttpResponse:
    """The way to their copy for whoever signed, once more."""
    consent = consent_of(request, pk)
    channel = Channel.SMS if request.POST.get("channel") == Channel.SMS else Channel.EMAIL
    actions.send_copy(consent=consent, channel=channel, actor=request.actor, at=now())
    return redirect("desk:consent", pk=consent.pk)


@require_POST
@desk(*STARTERS)
def send_pdf(request: DeskRequest, pk: UUID) -> HttpResponse:
    """The PDF itself, by e-mail, because they asked for it."""
    consent = consent_of(request, pk)
    actions.send_pdf(consent=consent, wanted="wanted" in request.POST, actor=request.actor, at=now())
    return redirect("desk:consent", pk=consent.pk)


@require_POST
@desk(*STARTERS)
def try_again(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Have the PDF made now rather than later."""
    consent = consent_of(request, pk)
    actions.try_again(consent=consent, actor=request.actor, at=now())
    return redirect("desk:consent", pk=consent.pk)
