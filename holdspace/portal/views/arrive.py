"""The link's own pages: opening changes nothing, getting in takes a person."""

import secrets
import time
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from holdspace.consents import queries as consents
from holdspace.consents.models import Consent
from holdspace.kit.clock import now
from holdspace.portal import web
from holdspace.portal.forms.arrive import ReachForm, WhoForm
from holdspace.portal.tasks import resend_link
from holdspace.scheduling import links
from holdspace.scheduling.actions.codes import channel_of_codes, send_code
from holdspace.scheduling.actions.links import NotThem, identify
from holdspace.scheduling.clients_files import rest_of_series
from holdspace.scheduling.models import Seat
from holdspace.telehealth import queries


@web.public
def arrive(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """GET: the practice, the time, and one question.  POST: the answer; then on to `/v/`."""
    seat = links.seat_behind(slug, key, at=now())
    if seat is None:
        return web.gone(request, links.practice_at(slug))
    if request.method == "POST":
        return _answer(request, seat)
    return _ask(request, seat)


def _ask(request: HttpRequest, seat: Seat, wrong: bool = False, sent: bool = False) -> HttpResponse:
    facts = {
        "practice": seat.practice,
        "seat": seat,
        "by_code": channel_of_codes(seat),
        "by_name": seat.client.birth_date is None,
        "sent": sent,
        "wrong": wrong,
        "form": WhoForm(),
    }
    return render(request, "portal/arrive.html", facts)


def _answer(request: HttpRequest, seat: Seat) -> HttpResponse:
    if "send_code" in request.POST:
        send_code(seat=seat, at=now())
        return _ask(request, seat, sent=True)
    form = WhoForm(request.POST)
    form.is_valid()
    said = {"full_name": form.said_name, "code": form.said_code}
    try:
        row, cookie = identify(seat=seat, at=now(), birth_date=form.birth_date, **said)
    except NotThem:
        return _ask(request, seat, wrong=True)
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
        resend_link(practice, form.cleaned_data["reach"], at=now())
    time.sleep(max(0.0, 0.15 + secrets.randbelow(50) / 1000 - (time.monotonic() - began)))
    return web.gone(request, practice, asked=True)


@web.visit
def home(request: web.VisitRequest) -> HttpResponse:
    """After identity, the truth: moved, cancelled, too early; or on to what comes next."""
    seat, at = request.seat, now()
    opens, closes = links.join_window(seat)
    facts = {
        "seat": seat,
        "practice": request.practice,
        "clinician": seat.appointment.clinicians.first(),
        "opens_at": opens,
        "session": queries.open_session(seat.appointment_id),
        "state": _state(seat, at),
        "closes_at": closes,
        "of_series": len(rest_of_series(seat, at=at)) > 1,
        "past": queries.newest_session(seat.appointment_id),
        **consent_facts(seat, at),
    }
    return render(request, "portal/home.html", facts)


def consent_facts(seat: Seat, at: datetime) -> dict[str, Consent | None]:
    """What the client's pages say about the form: signed, waiting to be read, or nothing."""
    consent, asked = consents.standing(seat, at=at), consents.live_request(seat)
    again = consent and asked and asked.version.form_id == consent.version.form_id
    return {"consent": consent, "asked_consent": None if again else asked}


def _state(seat: Seat, at: datetime) -> str:
    """cancelled, not_video, early, join or over."""
    opens, closes = links.join_window(seat)
    if not seat.stands:
        return "cancelled"
    if not seat.appointment.is_telehealth:
        return "not_video"
    if queries.open_session(seat.appointment_id):
        return "join"
    if at < opens:
        return "early"
    return "join" if at < closes else "over"
