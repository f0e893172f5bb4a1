"""A portal account: invited to by staff, closed by staff."""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from holdspace.audit import trail
from holdspace.clients import portal, refusals
from holdspace.clients.models import Client, Contact, PortalAccount, PortalInvitation
from holdspace.kit.actor import Actor, Member
from holdspace.messaging import actions as messages
from holdspace.messaging.models import Channel
from holdspace.messaging.queries import may_text
from holdspace.messaging.texts import Rendered, render

GOOD_FOR = timedelta(days=7)


def invite(*, person: Client | Contact, channel: str, actor: Actor, at: datetime) -> PortalInvitation:
    """Send this person the way to an account: once, seven days; what was sent before leads nowhere now.

    Refuses without an e-mail address (they sign in with it), without a client's date of birth on file
    (they say it), for whoever decides for nobody, and where they can't be written to.
    """
    clients = _shown_to(person, at)
    to = _reach(person, channel)
    secret = secrets.token_urlsafe(24)
    with transaction.atomic():
        PortalInvitation.objects.of(person).filter(used_at=None, ended_at=None).update(ended_at=at)
        invitation = PortalInvitation.objects.create(
            practice_id=person.practice_id,
            client=person if isinstance(person, Client) else None,
            contact=person if isinstance(person, Contact) else None,
            fingerprint=portal.fingerprint(secret),
            channel=channel,
            made_at=at,
            ends_at=at + GOOD_FOR,
        )
        text = _text(person, secret, channel)
        messages.send(
            practice=person.practice,
            channel=channel,
            to=to,
            kind="portal_invitation",
            subject=text.subject,
            body=text.body,
            client_id=clients[0].pk,
            about=person,
            at=at,
            tell=actor.user_id if isinstance(actor, Member) else None,
        )
        trail.record(actor, "clients.portal.invited", person, at=at, channel=channel)
    return invitation


def _shown_to(person: Client | Contact, at: datetime) -> list[Client]:
    """Whose pages the account would show, one at least; or the refusal that says what is missing."""
    if PortalAccount.objects.of(person).filter(closed_at=None).exists():
        raise refusals.HasAnAccount
    if not person.email:
        raise refusals.AddressForAccountMissing
    clients = portal.clients_for(person, at=at)
    if not clients:
        raise refusals.DecidesForNobody
    if not any(client.birth_date for client in clients):
        raise refusals.BirthDateForAccountMissing
    return clients


def _reach(person: Client | Contact, channel: str) -> str:
    if channel == Channel.SMS and not may_text(person):
        raise refusals.NoTextsAgreed
    if channel == Channel.EMAIL and not person.may_email:
        raise refusals.NoEmailWanted
    to: str = person.phone if channel == Channel.SMS else person.email
    return to


def _text(person: Client | Contact, secret: str, channel: str) -> Rendered:
    practice = person.practice
    fields = {
        "first_name": greeting_of(person),
        "practice": practice.shown_name,
        "link": f"{settings.PUBLIC_URL}/{practice.slug}/portal/{secret}",
    }
    return render("portal_invitation", fields=fields, channel=channel)


def greeting_of(person: Client | Contact) -> str:
    return person.greeting if isinstance(person, Client) else person.name.split()[0]


def withdraw_invitation(*, invitation: PortalInvitation, actor: Actor, at: datetime) -> None:
    """From now on it leads nowhere; withdrawing it again changes nothing."""
    with transaction.atomic():
        open_ones = PortalInvitation.objects.filter(pk=invitation.pk, used_at=None, ended_at=None)
        if open_ones.update(ended_at=at):
            trail.record(actor, "clients.portal.withdrawn", invitation.person, at=at)


def close_account(*, account: PortalAccount, actor: Actor, at: datetime) -> None:
    """This sign-in no longer sees these pages, from its next click on.  What it did stays on the trail."""
    with transaction.atomic():
        if PortalAccount.objects.filter(pk=account.pk, closed_at=None).update(closed_at=at):
            trail.record(actor, "clients.portal.closed", account.person, at=at, account=account.pk)
