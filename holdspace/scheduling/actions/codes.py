"""A code by the other channel: for practices that would rather not ask for a birth date."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from holdspace.audit import trail
from holdspace.clients import charts
from holdspace.clients.models import Client, Contact
from holdspace.kit.actor import System
from holdspace.kit.fields import keyed_index
from holdspace.messaging import actions as messages
from holdspace.messaging.models import Channel, Message
from holdspace.messaging.queries import may_text
from holdspace.messaging.texts import render
from holdspace.practices.models import Practice
from holdspace.scheduling.models import Seat

GOOD_FOR, AGAIN_AFTER = timedelta(minutes=10), timedelta(minutes=1)
CARRIED_THE_LINK = ("link", "consent_request", "booked", "moved", "papers")


def channel_of_codes(seat: Seat) -> str:
    """The channel that didn't carry the link last, if whoever got the link can be reached there; else none.

    None also where the practice asks for birth dates.
    """
    return _way(seat)[1]


def _way(seat: Seat) -> tuple[Client | Contact, str]:
    """Whose code it is, and the channel; none where nothing can be sent."""
    if seat.practice.identity_by != Practice.Identity.CODE:
        return seat.client, ""
    sent = Message.objects.filter(about_id=seat.pk, kind__in=CARRIED_THE_LINK).order_by("-queued_at").first()
    other = Channel.EMAIL if sent is None or sent.channel == Channel.SMS else Channel.SMS
    whom = _who_got(seat, sent)
    if whom is None:
        return seat.client, ""
    reachable = may_text(whom) if other == Channel.SMS else whom.may_email
    return whom, str(other) if reachable else ""


def _who_got(seat: Seat, sent: Message | None) -> Client | Contact | None:
    """Who holds the link, by where it went; None where somebody else decides and nobody knows who that is.

    A number on file for both is taken as the guardian's: no code goes to a child instead.
    """
    begins, client = seat.appointment.starts_at, seat.client
    deciding = charts.deciding_for(client, at=begins)
    known: list[Client | Contact] = [*(tie.contact for tie in deciding), client]
    for one in known:
        if sent and sent.to in {one.phone, one.email}:
            return one
    return None if deciding or client.is_minor(begins) else client


def send_code(*, seat: Seat, at: datetime) -> None:
    """Send six figures by the channel that didn't carry the link; at most one a minute, silently."""
    whom, channel = _way(seat)
    if not channel or (seat.code_sent_at and at < seat.code_sent_at + AGAIN_AFTER):
        return
    code = f"{secrets.randbelow(10**6):06}"
    text = render("code", fields={"practice": seat.practice.shown_name, "code": code}, channel=channel)
    with transaction.atomic():
        Seat.objects.filter(pk=seat.pk).update(code_index=_index(seat, code), code_sent_at=at)
        messages.send(
            practice=seat.practice,
            channel=channel,
            to=whom.phone if channel == Channel.SMS else whom.email,
            kind="code",
            subject=text.subject,
            body=text.body,
            client_id=seat.client_id,
            about=seat,
            at=at,
        )
        of = {"of": whom.pk} if isinstance(whom, Contact) else {}
        trail.record(
            System(seat.practice_id), "scheduling.link.code_sent", seat, at=at, channel=channel, **of
        )


def is_right(seat: Seat, code: str, *, at: datetime) -> bool:
    """Whether this is the code that was sent to them within the last ten minutes."""
    fresh = seat.code_sent_at is not None and at < seat.code_sent_at + GOOD_FOR
    said = "".join(code.split())
    return bool(fresh and seat.code_index and secrets.compare_digest(_index(seat, said), seat.code_index))


def _index(seat: Seat, code: str) -> str:
    return keyed_index("code", f"{seat.pk}:{code}")
