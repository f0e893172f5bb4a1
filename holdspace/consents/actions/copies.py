"""A copy for whoever signed: a message with the way to it; or the PDF itself, where they ask for that."""

from contextlib import suppress
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import translation

from holdspace.audit import trail
from holdspace.clients import portal
from holdspace.clients.actions import greeting_of
from holdspace.clients.models import Client, Contact, PortalAccount
from holdspace.consents import refusals
from holdspace.consents.actions.papers import file_of, may_handle
from holdspace.consents.models import Consent, Paper
from holdspace.kit.actor import Actor, Member, System
from holdspace.kit.refusals import Refusal
from holdspace.messaging import actions as messages
from holdspace.messaging import queries as reach
from holdspace.messaging.attachments import Attachment
from holdspace.messaging.models import Channel, Message
from holdspace.messaging.texts import Rendered, render
from holdspace.scheduling import links
from holdspace.scheduling.models import Appointment, Seat
from holdspace.scheduling.models.seats import NOT_HELD

KIND, ITSELF = "papers", "papers_file"
# A paper that was made long after the answer tells nobody by itself: by then it would only startle.
FRESH = timedelta(days=1)


def offer_copy(*, consent: Consent, at: datetime) -> None:
    """Their paper is sealed: whoever signed hears of it by e-mail, else by text, if they allow either."""
    fresh = consent.answered_at is not None and at - consent.answered_at < FRESH
    if not fresh or consent.status != Consent.Status.SIGNED:
        return
    with suppress(Refusal):
        channel = _first_choice(signer_of(consent))
        send_copy(consent=consent, channel=channel, actor=System(consent.practice_id), at=at)


def _first_choice(person: Client | Contact | None) -> Channel:
    """E-mail, which says more; a text to whoever has no address or wants no mail."""
    return Channel.SMS if person and not person.may_email else Channel.EMAIL


def send_copy(*, consent: Consent, channel: str, actor: Actor, at: datetime) -> Message:
    """Send whoever signed the way to their papers; as often as it is asked for.

    Refuses before the PDF is sealed, where nobody is known to write to or they don't want it, and
    where no link of theirs works any more.
    """
    _sealed(consent, actor)
    person = _known(consent)
    if not consent.document_digest:
        raise refusals.SignerUnknown
    to = _address(person, channel)
    with transaction.atomic():
        text = _text(consent, person, channel, at)
        message = messages.send(
            practice=consent.practice,
            channel=channel,
            to=to,
            kind=KIND,
            subject=text.subject,
            body=text.body,
            client_id=consent.client_id,
            # The seat: whose link it carries is asked when a code goes by the other channel.
            about=consent.seat,
            at=at,
            tell=actor.user_id if isinstance(actor, Member) else None,
        )
        trail.record(actor, "consents.copy.sent", consent, at=at, channel=channel, message=message.pk)
    return message


def send_pdf(*, consent: Consent, wanted: bool, actor: Member, at: datetime) -> Message:
    """E-mail the sealed PDF itself to whoever answered: their link may be over, and an account nobody needs.

    `wanted` says that they asked for it, knowing that others may read an e-mail on its way.  Refuses without
    that word, before the PDF is sealed, and where nobody is known to write to or they don't want it.
    """
    paper = _sealed(consent, actor)
    person = _known(consent)
    if not wanted:
        raise refusals.NotAskedFor
    to, file = _address(person, Channel.EMAIL), Attachment.of("form.pdf", "application/pdf", file_of(paper))
    fields = {"first_name": greeting_of(person), "practice": consent.practice.shown_name}
    with translation.override(person.language):
        text = render(ITSELF, fields=fields, channel=Channel.EMAIL)
    with transaction.atomic():
        message = messages.send(
            practice=consent.practice,
            channel=Channel.EMAIL,
            to=to,
            kind=ITSELF,
            subject=text.subject,
            body=text.body,
            client_id=consent.client_id,
            about=consent.seat,
            at=at,
            tell=actor.user_id,
            attachment=file,
        )
        said = {"message": message.pk, "digest": paper.digest}
        trail.record(actor, "consents.copy.mailed", consent, at=at, channel=Channel.EMAIL, **said)
    return message


def _sealed(consent: Consent, actor: Actor) -> Paper:
    """The finished paper, for whoever has to do with papers."""
    if isinstance(actor, Member) and not may_handle(actor):
        raise refusals.NotAllowedToAsk
    paper = Paper.objects.filter(consent=consent, status=Paper.Status.SEALED).first()
    if paper is None:
        raise refusals.PaperNotThere
    return paper


def _known(consent: Consent) -> Client | Contact:
    person = signer_of(consent)
    if person is None:
        raise refusals.SignerUnknown
    return person


def signer_of(consent: Consent) -> Client | Contact | None:
    """Who signed, as the chart knows them; of a name that isn't on file, whom the form was sent to."""
    said = consent.facts
    if said.get("given_by", "client") == "client":
        return consent.client
    pk = said.get("on_file") or said.get("asked_of", {}).get("contact")
    return Contact.objects.filter(ties__client_id=consent.client_id, pk=pk).first() if pk else None


def _address(person: Client | Contact, channel: str) -> str:
    to: str = person.phone if channel == Channel.SMS else person.email
    if not to:
        raise refusals.NowhereToSend
    if channel == Channel.SMS and not reach.may_text(person):
        raise refusals.TextsNotAllowed
    if channel == Channel.EMAIL and not person.may_email:
        raise refusals.EmailNotAllowed
    return to


def _text(consent: Consent, person: Client | Contact, channel: str, at: datetime) -> Rendered:
    """In their own language, as far as we speak it."""
    kind, link = _way(consent, person, at)
    fields = {
        "first_name": greeting_of(person),
        "practice": consent.practice.shown_name,
        "link": link,
    }
    with translation.override(person.language):
        return render(kind, fields=fields, channel=channel)


def _way(consent: Consent, person: Client | Contact, at: datetime) -> tuple[str, str]:
    """Their own pages, where they have some; else the link of this appointment, or of the next."""
    has_account = PortalAccount.objects.of(person).filter(closed_at=None).exists()
    if has_account and consent.client in portal.clients_for(person, at=at):
        return "papers_of_account", f"{settings.PUBLIC_URL}/portal/"
    seat = _seat_with_link(consent, at)
    if seat is None:
        raise refusals.NoWayToPapers
    Appointment.objects.filter(pk=seat.appointment_id).update(announced=True)
    return KIND, links.link_for(seat)


def _seat_with_link(consent: Consent, at: datetime) -> Seat | None:
    found = Seat.objects.filter(client_id=consent.client_id, link_revoked_at=None).exclude(
        status__in=NOT_HELD
    )
    found = found.filter(appointment__ends_at__gt=at - timedelta(days=1))
    found = found.select_related("practice", "appointment", "client").order_by("appointment__starts_at")
    working = [seat for seat in found[:20] if seat.appointment.is_telehealth and at < links.works_until(seat)]
    return min(working, key=lambda seat: seat.pk != consent.seat_id, default=None)
