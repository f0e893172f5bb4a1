"""Asking in writing: the form waits behind the seat's own link, and a message says so."""

from contextlib import suppress
from datetime import datetime

from django.db import IntegrityError, transaction

from holdspace.clients import actions as clients
from holdspace.consents import queries, refusals, texts
from holdspace.consents.actions.calling_in import waiting_for
from holdspace.consents.actions.forms import ensure_default_form
from holdspace.consents.actions.news import tell
from holdspace.consents.models import Consent, ConsentVersion
from holdspace.kit.actor import Actor, Member
from holdspace.kit.refusals import MoveNotAllowed
from holdspace.messaging import actions as messages
from holdspace.messaging import queries as reach
from holdspace.scheduling import links
from holdspace.scheduling.models import Appointment, Seat

S = Consent.Status
SENT_BY = ("sms", "email")
CHANNELS = (*SENT_BY, "portal")


def request(
    *,
    seat: Seat,
    channel: str,
    actor: Actor,
    at: datetime,
    new_address: str = "",
    texts_agreed: bool = False,
) -> Consent:
    """Ask this seat's client to read and answer the form; however often, one request is open.

    `channel` is sms, email or portal (nothing is sent: it waits behind the link they have).
    `new_address` is a number or e-mail address to be saved first, `texts_agreed` that they agree
    to texts, on this member's word.  Of several forms the first that is unanswered is asked.  An
    earlier request is superseded, unless its reader is already at the same text: then only the
    message goes out again.
    """
    if channel not in CHANNELS:
        raise ValueError("a form goes by sms, email or portal")
    _check(seat, actor, at)
    with transaction.atomic():
        # The appointment's row first, like every change of it; whoever else asks now waits for us.
        Appointment.objects.select_for_update(of=("self",)).get(pk=seat.appointment_id)
        _add_address(seat, channel, new_address, texts_agreed, actor, at)
        consent = _open_one(seat, text_for(seat, at), actor, at)
        if channel in SENT_BY:
            _send(seat, channel, actor, at)
        tell(consent, "requested", actor, at, channel=channel, version=consent.version.number)
    return consent


def text_for(seat: Seat, at: datetime) -> ConsentVersion:
    """What is asked of this seat's client now; the form we ship where the practice has none."""
    return queries.text_to_ask(seat, at=at) or ensure_default_form(seat.practice, at)


def go_on(answered: Consent, actor: Actor, at: datetime) -> Consent | None:
    """The next form that the same client is asked waits from now on, without another message.

    After a no to one that must be accepted nothing else is asked, and nothing twice by itself.
    """
    seat = answered.seat
    stopped = any(need.declined for need in queries.in_the_way(seat, at=at))
    text = None if stopped or not seat.stands else queries.next_text(seat, at=at)
    if text is None or text.form_id == answered.version.form_id or queries.live_request(seat):
        return None
    with suppress(IntegrityError), transaction.atomic():  # somebody else asked this very moment
        waits = waiting_for(answered, text, at)
        tell(waits, "requested", actor, at, channel="portal", version=text.number)
        return waits
    return None


def _check(seat: Seat, actor: Actor, at: datetime) -> None:
    if isinstance(actor, Member) and not actor.may("send_consent_forms"):
        raise refusals.NotAllowedToAsk
    if not seat.stands:
        raise refusals.NotOnAnymore
    if seat.link_revoked_at or at >= links.works_until(seat):
        raise refusals.LinkOver


def _add_address(seat: Seat, channel: str, new: str, agreed: bool, actor: Actor, at: datetime) -> None:
    client = seat.client
    if channel == "sms" and (new or agreed) and (new or client.phone):
        word = (actor.name if isinstance(actor, Member) else "client") if agreed else ""
        clients.add_phone(client=client, raw=new or client.phone, agreed_by=word, actor=actor, at=at)
    if channel == "email" and new:
        clients.add_email(client=client, raw=new, actor=actor, at=at)


def _open_one(seat: Seat, version: ConsentVersion, actor: Actor, at: datetime) -> Consent:
    earlier = queries.live_request(seat)
    if earlier and earlier.version_id == version.pk and earlier.status != S.REQUESTED:
        return earlier
    if earlier:
        earlier.move_to(S.SUPERSEDED)
        tell(earlier, "superseded", actor, at)
    try:
        with transaction.atomic():
            return _asked(seat, version, actor, at)
    except IntegrityError as two_at_once:
        raise MoveNotAllowed from two_at_once


def _asked(seat: Seat, version: ConsentVersion, actor: Actor, at: datetime) -> Consent:
    return Consent.objects.create(
        practice_id=seat.practice_id,
        version=version,
        client_id=seat.client_id,
        seat=seat,
        way=Consent.Way.DIGITAL,
        status=S.REQUESTED,
        taken_by=actor.id,
        taken_by_name=actor.name if isinstance(actor, Member) else "",
        time_zone=seat.client_time_zone,
        requested_at=at,
    )


def _send(seat: Seat, channel: str, actor: Actor, at: datetime) -> None:
    client = seat.client
    to = client.phone if channel == "sms" else client.email
    if not to:
        raise refusals.NowhereToSend
    if channel == "sms" and not reach.may_text(client):
        raise refusals.TextsNotAllowed
    if channel == "email" and not client.may_email:
        raise refusals.EmailNotAllowed
    text = texts.request_text(seat, channel)
    messages.send(
        practice=seat.practice,
        channel=channel,
        to=to,
        kind="consent_request",
        subject=text.subject,
        body=text.body,
        client_id=client.pk,
        about=seat,
        at=at,
        tell=actor.user_id if isinstance(actor, Member) else None,
    )
    Appointment.objects.filter(pk=seat.appointment_id).update(announced=True)
