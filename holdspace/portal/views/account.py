"""A client's own pages: what comes, what to sign, the papers, and how they are reached."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from holdspace.accounts.passkeys import passkeys_of
from holdspace.accounts.queries import has_app
from holdspace.clients import phones
from holdspace.consents import actions as consents
from holdspace.consents import own, queries
from holdspace.consents.models import Consent
from holdspace.kit.clock import now
from holdspace.messaging.queries import may_text
from holdspace.portal import web
from holdspace.portal.holding import HolderRequest, holder
from holdspace.portal.views.consent import paper_of, pdf_of
from holdspace.scheduling import mine
from holdspace.scheduling.actions.entering import enter as enter_seat
from holdspace.scheduling.models import Seat
from holdspace.telehealth.turns import in_turn

GOES_TO = {"form": "portal:consent"}


@require_GET
@holder
def account(request: HolderRequest) -> HttpResponse:
    """Everything on one page, the next appointment and its one button first."""
    at, person = now(), request.account.person
    facts: dict[str, Any] = {
        "client": request.client,
        "person": person,
        "is_self": request.account.client_id is not None,
        "several": len(request.held) > 1,
        "phone": phones.shown(person.phone),
        "texts": may_text(person),
        "app": has_app(request.user),
        "passkeys": passkeys_of(request.user),
        "to_sign": own.waiting_for(request.holder, at=at),
        "papers": _papers(request, at),
    }
    return render(request, "portal/account.html", facts | _comings(request, at))


def _comings(request: HolderRequest, at: datetime) -> dict[str, Any]:
    """The appointments: the one by video that is on or comes next apart, the others as the days go."""
    turns = [turn for turn in in_turn(mine.coming(request.holder, at=at), at=at) if turn.is_ahead]
    first = next((turn for turn in turns if turn.seat.appointment.is_telehealth), None)
    others = [turn for turn in turns if turn is not first]
    others.sort(key=lambda turn: turn.seat.appointment.starts_at)
    return {"next": first, "others": others}


def _papers(request: HolderRequest, at: datetime) -> list[tuple[Consent, bool]]:
    """Every yes, also one taken back, and every signed document; each with whether it still counts."""
    said = queries.papers(request.holder)
    every = [paper for paper in said if paper.is_yes or paper.revoked_at or paper.document_digest]
    return [(paper, own.may_be_withdrawn(paper, at=at)) for paper in every]


@require_POST
@holder
def enter(request: HolderRequest, seat: UUID) -> HttpResponse:
    """On to this appointment's own pages, without being asked who they are a second time."""
    mine_too = get_object_or_404(Seat.objects.visible_to(request.holder), pk=seat)
    tried = web.devices_tried_at(request)
    row, cookie = enter_seat(seat=mine_too, actor=request.holder, at=now(), devices_tried_at=tried)
    return web.keep(redirect(GOES_TO.get(request.POST.get("to", ""), "portal:home")), cookie, row)


@require_GET
@holder
def paper(request: HolderRequest, consent: UUID) -> HttpResponse:
    """The signed document, byte for byte, as a file."""
    return paper_of(request.holder, consent)


@require_GET
@holder
def pdf(request: HolderRequest, consent: UUID) -> HttpResponse:
    """The sealed PDF of an answer, once it is made."""
    return pdf_of(request.holder, consent)


@require_POST
@holder
def take_back(request: HolderRequest, consent: UUID) -> HttpResponse:
    """Withdrawing is as easy as giving: one press."""
    said = get_object_or_404(Consent.objects.visible_to(request.holder), pk=consent)
    consents.revoke(consent=said, actor=request.holder, at=now())
    return redirect("portal:account", client=request.client.pk)
