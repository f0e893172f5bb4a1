"""Sending the link: by SMS or e-mail, to what is on file or was just added, and opening the room."""

from datetime import datetime

from django.db import transaction

from holdspace.audit import trail
from holdspace.clients.models import Client, Contact, Tie
from holdspace.consents.actions import addressing
from holdspace.kit.actor import Actor
from holdspace.live import bus
from holdspace.messaging import actions as messages
from holdspace.messaging.models import Message
from holdspace.messaging.queries import may_text
from holdspace.scheduling import links
from holdspace.scheduling.models import Appointment, Seat
from holdspace.telehealth import queries, refusals
from holdspace.telehealth.actions.sessions import open_for
from holdspace.telehealth.models import Session
from holdspace.telehealth.texts import link_text

SENT_BY = ("sms", "email")


def open_and_send(
    *,
    seat: Seat,
    channel: str,
    actor: Actor,
    at: datetime,
    new_address: str = "",
    texts_agreed: bool = False,
    guardian: Tie | None = None,
) -> Session:
    """Open the room and send the way in, to the client or to `guardian`; there is one room, however often.

    `channel` is sms, email, copy or portal; only the first two send a text.  `new_address` is a
    number or e-mail address to be saved first; `texts_agreed` that they agree to texts, on this
    member's word; both are the guardian's where it goes to one.  Refuses without a standing consent,
    a startable status and somewhere to send to.
    """
    queries.check_startable(seat)
    queries.check_agreed(seat, at)
    with transaction.atomic():
        addressing.add(seat, guardian, channel, new_address, texts_agreed, actor, at)
        fresh = queries.open_session(seat.appointment_id) is None
        session = open_for(appointment=seat.appointment, actor=actor, at=at)
        whom = _whom(seat, guardian)
        if channel in SENT_BY and (fresh or not _just_sent(seat, whom, channel, session)):
            send_link(seat=seat, channel=channel, guardian=guardian, actor=actor, at=at)
    return session


def give_link(
    *,
    seat: Seat,
    channel: str,
    actor: Actor,
    at: datetime,
    new_address: str = "",
    texts_agreed: bool = False,
    guardian: Tie | None = None,
) -> None:
    """The way in alone, from whoever doesn't hold the session: nothing is opened.

    Needs no consent and no status: the link is where the client is asked, and the same one in every message.
    """
    if not seat.appointment.is_telehealth:
        raise refusals.NotTelehealth
    if not seat.stands:
        raise refusals.NotStandingAnymore
    with transaction.atomic():
        addressing.add(seat, guardian, channel, new_address, texts_agreed, actor, at)
        if channel in SENT_BY:
            send_link(seat=seat, channel=channel, guardian=guardian, actor=actor, at=at)


def _whom(seat: Seat, guardian: Tie | None) -> Client | Contact:
    return guardian.contact if guardian else seat.client


def _just_sent(seat: Seat, whom: Client | Contact, channel: str, session: Session) -> bool:
    """Whether this session's link already went to them, or is going, by this channel."""
    sent = Message.objects.filter(about_id=seat.pk, channel=channel, kind="link")
    sent = sent.filter(queued_at__gte=session.opened_at).exclude(status=Message.Status.FAILED)
    return _address(whom, channel) in {message.to for message in sent}


def send_link(
    *, seat: Seat, channel: str, actor: Actor, at: datetime, guardian: Tie | None = None
) -> Message:
    """Send the seat's link to what is on file for the client, or for `guardian`; or refuse."""
    whom = _whom(seat, guardian)
    to, text = reach(whom, channel), link_text(seat, channel, whom)
    with transaction.atomic():
        message = messages.send(
            practice=seat.practice,
            channel=channel,
            to=to,
            kind="link",
            subject=text.subject,
            body=text.body,
            client_id=seat.client_id,
            about=seat,
            at=at,
            tell=getattr(actor, "user_id", None),
        )
        Appointment.objects.filter(pk=seat.appointment_id).update(announced=True)
        of = {"of": guardian.contact_id} if guardian else {}
        trail.record(actor, "telehealth.link.sent", seat, at=at, channel=channel, **of)
        bus.publish("seat.changed", seat.topics, seat=seat.pk)
    return message


def _address(whom: Client | Contact, channel: str) -> str:
    return str(whom.phone if channel == "sms" else whom.email)


def reach(whom: Client | Contact, channel: str) -> str:
    """The number or address for a channel, or the refusal that says what is missing."""
    to = _address(whom, channel)
    if not to:
        raise refusals.NowhereToSend
    if channel == "sms" and not may_text(whom):
        raise refusals.TextsNotAllowed
    if channel == "email" and not whom.may_email:
        raise refusals.EmailNotAllowed
    return to


def resend(*, seat: Seat, actor: Actor, at: datetime, guardian: Tie | None = None) -> bool:
    """Send the link again to whatever is on file for the client, or for `guardian`, texts first.

    Whether anything went; nothing on file is no refusal.
    """
    for channel in SENT_BY:
        try:
            send_link(seat=seat, channel=channel, guardian=guardian, actor=actor, at=at)
        except (refusals.NowhereToSend, refusals.TextsNotAllowed, refusals.EmailNotAllowed):
            continue
        return True
    return False


def link_of(seat: Seat) -> str:
    """The address to copy or read out."""
    return links.link_for(seat)
