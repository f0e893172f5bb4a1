"""The way in: how the link reaches the client, or who decides for them; again, anew, unlocked."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from holdspace.clients import phones
from holdspace.clients.models import Client, Contact, Tie
from holdspace.consents import deciding
from holdspace.consents import queries as consents
from holdspace.desk.forms.sessions import SendForm
from holdspace.desk.forms.whom import CLIENT
from holdspace.desk.looks import START, looked
from holdspace.desk.web import DeskRequest, desk, posted
from holdspace.kit.actor import NOBODY
from holdspace.kit.clock import now
from holdspace.kit.refusals import Refusal
from holdspace.messaging import segments
from holdspace.messaging.queries import may_text
from holdspace.scheduling import links
from holdspace.scheduling.actions import links as link_actions
from holdspace.scheduling.models import Seat
from holdspace.telehealth import actions, queries
from holdspace.telehealth.actions.sending import SENT_BY
from holdspace.telehealth.texts import link_text

COMES_FROM = {"desk:delivery", "desk:send_link", "desk:start", "desk:appointment"}


def seat_of(request: DeskRequest, pk: UUID) -> Seat:
    known = Seat.objects.visible_to(request.actor).select_related("practice", "appointment__type", "client")
    return get_object_or_404(known, pk=pk)


@desk("send_links")
def send_link(request: DeskRequest, pk: UUID) -> HttpResponse:
    """How the link should reach the client; **Next** sends it and opens the room."""
    seat = seat_of(request, pk)
    looked(request, START, seat)
    guardians = deciding.guardians_of(seat)
    form = SendForm(posted(request), guardians=guardians, initial=_first(seat, guardians))
    if request.method == "POST" and form.is_valid():
        return _next(request, seat, form)
    return _send_page(request, seat, form)


def _send_page(
    request: DeskRequest, seat: Seat, form: SendForm, refusal: Refusal | None = None
) -> HttpResponse:
    whom = form.guardian.contact if form.guardian else seat.client
    text = link_text(seat, "sms", whom).body
    count = segments.count(text)
    facts = {
        "seat": seat,
        "form": form,
        "consent": consents.standing(seat, at=now()),
        "waiting_since": queries.waiting_seats(request.practice.pk).get(seat.pk),
        "session": queries.open_session(seat.appointment_id),
        "text": text,
        "letter": link_text(seat, "email", whom),
        "phone": phones.shown(seat.client.phone),
        "may_text": may_text(seat.client),
        "segments": count,
        "cost": segments.price(count),
        "link": links.link_for(seat),
        "refusal": refusal,
        "holds": request.actor.may("hold_sessions") and _is_theirs(request, seat),
    }
    return render(request, "desk/send_link.html", facts, status=409 if refusal else 200)


def _is_theirs(request: DeskRequest, seat: Seat) -> bool:
    return seat.appointment.clinicians.filter(pk=request.actor.clinician_id or NOBODY).exists()


def _first(seat: Seat, guardians: list[Tie]) -> dict[str, str]:
    """To the client, or where nothing reaches them to whoever decides; by text where one may go."""
    tie = None if _reached(seat.client) else next((tie for tie in guardians if _reached(tie.contact)), None)
    whom = tie.contact if tie else seat.client
    how = "email" if whom.may_email and not may_text(whom) else "sms"
    return {"to": str(tie.contact_id) if tie else CLIENT, "how": how}


def _reached(whom: Client | Contact) -> bool:
    return may_text(whom) or whom.may_email


def _next(request: DeskRequest, seat: Seat, form: SendForm) -> HttpResponse:
    """Opens the room for who holds the session; from anybody else the link goes and nothing is opened."""
    said = form.cleaned_data
    facts = {"seat": seat, "channel": said["how"], "actor": request.actor, "at": now()}
    facts |= {
        "new_address": form.new_address,
        "texts_agreed": said["texts_agreed"],
        "guardian": form.guardian,
    }
    try:
        if not _is_theirs(request, seat):
            actions.give_link(**facts)
            return _given(request, seat, said["how"])
        session = actions.open_and_send(**facts)
    except Refusal as refusal:
        # Shown on the form itself: what was typed stays.
        return _send_page(request, seat, form, refusal)
    return redirect("desk:room", pk=session.pk)


def _given(request: DeskRequest, seat: Seat, how: str) -> HttpResponse:
    if how in SENT_BY:
        messages.success(request, _("The link is on its way."))
    return redirect("desk:appointment", pk=seat.pk)


@require_POST
@desk("hold_sessions")
def open_room(request: DeskRequest, pk: UUID) -> HttpResponse:
    """**Open the room** where the client already waits: nothing is sent."""
    seat = seat_of(request, pk)
    session = actions.open_and_send(seat=seat, channel="copy", actor=request.actor, at=now())
    return redirect("desk:room", pk=session.pk)


@require_POST
@desk("send_links")
def resend_link(request: DeskRequest, pk: UUID) -> HttpResponse:
    """The link once more, by the channel that was pressed."""
    seat = seat_of(request, pk)
    channel = request.POST.get("channel", "email")
    if channel in SENT_BY:
        actions.send_link(seat=seat, channel=channel, actor=request.actor, at=now())
    back = request.POST.get("next", "")
    return redirect(back if back in COMES_FROM else "desk:appointment", pk=seat.pk)


@require_POST
@desk("send_links")
def new_link(request: DeskRequest, pk: UUID) -> HttpResponse:
    """*New link*: every earlier one to this seat is worthless from now on."""
    seat = seat_of(request, pk)
    link_actions.renew_link(seat=seat, actor=request.actor, at=now())
    messages.success(request, _("The old link is stopped. Nothing has been sent yet: send the new one."))
    return redirect("desk:send_link", pk=seat.pk)


@require_POST
@desk("send_links")
def unlock_link(request: DeskRequest, pk: UUID) -> HttpResponse:
    seat = seat_of(request, pk)
    link_actions.unlock_link(seat=seat, actor=request.actor, at=now())
    return redirect("desk:start", pk=seat.pk)
