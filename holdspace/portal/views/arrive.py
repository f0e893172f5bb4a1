"""The link's own pages: opening changes nothing, getting in takes a person."""

import secrets
import time
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from holdspace.consents import deciding
from holdspace.kit.clock import now
from holdspace.portal import web
from holdspace.portal.forms.arrive import ReachForm, WhoForm
from holdspace.portal.steps import ready_facts
from holdspace.portal.tasks import resend_link
from holdspace.scheduling import links
from holdspace.scheduling.actions.codes import channel_of_codes, send_code
from holdspace.scheduling.actions.links import NotThem, identify
from holdspace.scheduling.clients_files import rest_of_series
from holdspace.scheduling.models import Seat
from holdspace.scheduling.moved import moved_from


@web.public
def arrive(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """GET: the practice, the time, and one question.  POST: the answer; then on to `/v/`."""
    seat = links.seat_behind(slug, key, at=now())
    if seat is None:
        return web.gone(request, links.practice_at(slug))
    if request.method == "POST":
        return answer_of(request, seat)
    return ask(request, seat)


def ask(request: HttpRequest, seat: Seat, form: WhoForm | None = None, **said: Any) -> HttpResponse:
    """The one question, whichever way somebody came."""
    by_code = channel_of_codes(seat)
    facts = {
        "practice": seat.practice,
        "seat": seat,
        "asks_for": asks_for(seat, by_code),
        "by_code": by_code,
        # Whoever decides for a client is asked who they are, and for the client's date of birth.
        "for_them": deciding.is_asked_for(seat, deciding.guardians_of(seat)),
        "form": form or WhoForm(),
        **said,
    }
    status = 422 if said.get("unread") or said.get("nobody") else 200
    return render(request, "portal/arrive.html", facts, status=status)


def asks_for(seat: Seat, by_code: str) -> str:
    """Which answer counts: the code where there is a channel for one, else the birth date, else the name."""
    if by_code:
        return "code"
    return "birth_date" if seat.client.birth_date else "full_name"


def answer_of(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Somebody's answer to it; to where the right one leads, the address says nothing of the way."""
    if "send_code" in request.POST:
        send_code(seat=seat, at=now())
        return ask(request, seat, sent=True)
    form = WhoForm(request.POST)
    form.is_valid()
    if not form.answer[asks_for(seat, channel_of_codes(seat))]:
        return ask(request, seat, form, unread=True)
    guardians = deciding.guardians_of(seat)
    for_them = deciding.is_asked_for(seat, guardians)
    if for_them and form.unclear:
        return ask(request, seat, form, nobody=form.unclear)
    try:
        along = {"devices_tried_at": web.devices_tried_at(request)}
        came = form.came(guardians) if for_them else None
        row, cookie = identify(seat=seat, at=now(), came=came, **along, **form.answer)
    except NotThem:
        return ask(request, seat, form, wrong=True)
    # The secret leaves the address bar here and never comes back.
    return web.keep(redirect("portal:home"), cookie, row)


@web.public
def resend(request: HttpRequest, slug: str) -> HttpResponse:
    """*Send me my link*: the same answer to everybody, in the same time, whatever is on file."""
    practice = links.practice_at(slug)
    form = ReachForm(request.POST)
    began = time.monotonic()
    if request.method == "POST" and form.is_valid() and practice:
        # The look-up and the text are a job's: nothing here takes longer for a number on file.
        resend_link(practice, form.cleaned_data["reach"], by=web.address_of(request), at=now())
    time.sleep(max(0.0, 0.15 + secrets.randbelow(50) / 1000 - (time.monotonic() - began)))
    return web.gone(request, practice, asked=True)


@web.visit
def home(request: web.VisitRequest) -> HttpResponse:
    """After identity, the truth: moved, cancelled, too early; what is ready, and the one next step."""
    seat, at = request.seat, now()
    opens, closes = links.join_window(seat)
    facts = {
        "seat": seat,
        "practice": request.practice,
        "clinician": seat.appointment.clinicians.first(),
        "opens_at": opens,
        "closes_at": closes,
        "by_name": request.visit_row.identity_how == "name",
        "moved_from": moved_from(seat.appointment) if seat.appointment.announced else "",
        "of_series": len(rest_of_series(seat, at=at)) > 1,
        **ready_facts(seat, at=at),
    }
    return render(request, "portal/home.html", facts)
