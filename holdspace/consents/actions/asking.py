"""Asking in writing: the form waits behind the seat's own link, and a message says so."""

import json
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from holdspace.clients.models import Client, Contact, Tie
from holdspace.consents import queries, refusals, texts
from holdspace.consents.actions import addressing
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
    guardian: Tie | None = None,
    alone: bool = False,
) -> Consent:
    """Ask this seat's client, or `guardian`, to read and answer the form; however often, one request is open.

    `channel` is sms, email or portal (nothing is sent: it waits behind the link they have).
    `new_address` is a number or e-mail address to be saved first, `texts_agreed` that they agree
    to texts, on this member's word; both are the guardian's where one is asked.  `alone` says that the
    client may decide without a guardian, under the law where they are.  Of several forms the first that
    is unanswered is asked.  An earlier request is superseded, unless its reader is already at the same
    text: then only the message goes out again.
    """
    if channel not in CHANNELS:
        raise ValueError("a form goes by sms, email or portal")
    _check(seat, actor, at)
    with transaction.atomic():
        # The appointment's row first, like every change of it; whoever else asks now waits for us.
        Appointment.objects.select_for_update(of=("self",)).get(pk=seat.appointment_id)
        addressing.add(seat, guardian, channel, new_address, texts_agreed, actor, at)
        consent = _open_one(seat, text_for(seat, at), {**_asked_of(guardian), "alone": alone}, actor, at)
        if channel in SENT_BY:
            _send(seat, guardian.contact if guardian else seat.client, channel, actor, at)
        of = {"of": guardian.contact_id} if guardian else {}
        tell(consent, "requested", actor, at, channel=channel, version=consent.version.number, **of)
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


def _asked_of(guardian: Tie | None) -> dict[str, Any]:
    """Whom the form was sent to, if it wasn't the client."""
    if guardian is None:
        return {}
    contact = guardian.contact
    return {"asked_of": {"contact": str(contact.pk), "name": contact.name, "relation": guardian.relation}}


def _open_one(
    seat: Seat, version: ConsentVersion, whom: dict[str, Any], actor: Actor, at: datetime
) -> Consent:
    earlier = queries.live_request(seat)
    if earlier and earlier.version_id == version.pk and earlier.status != S.REQUESTED:
        earlier.details = json.dumps(whom)
        earlier.save(update_fields=["details"])
        return earlier
    if earlier:
        earlier.move_to(S.SUPERSEDED)
        tell(earlier, "superseded", actor, at)
    try:
        with transaction.atomic():
            return _asked(seat, version, whom, actor, at)
    except IntegrityError as two_at_once:
        raise MoveNotAllowed from two_at_once


def _asked(seat: Seat, version: ConsentVersion, whom: dict[str, Any], actor: Actor, at: datetime) -> Consent:
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
        details=json.dumps(whom),
    )


def _send(seat: Seat, whom: Client | Contact, channel: str, actor: Actor, at: datetime) -> None:
    to = whom.phone if channel == "sms" else whom.email
    if not to:
        raise refusals.NowhereToSend
    if channel == "sms" and not reach.may_text(whom):
        raise refusals.TextsNotAllowed
    if channel == "email" and not whom.may_email:
        raise refusals.EmailNotAllowed
    text = texts.request_text(seat, channel, whom)
    messages.send(
        practice=seat.practice,
        channel=channel,
        to=to,
        kind="consent_request",
        subject=text.subject,
        body=text.body,
        client_id=seat.client_id,
        about=seat,
        at=at,
        tell=actor.user_id if isinstance(actor, Member) else None,
    )
    Appointment.objects.filter(pk=seat.appointment_id).update(announced=True)
