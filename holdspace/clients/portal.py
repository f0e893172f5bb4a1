"""Questions about portal accounts: whom a sign-in holds, and where an invitation leads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from holdspace.accounts.models import User
from holdspace.clients import charts
from holdspace.clients.models import Client, Contact, PortalAccount, PortalInvitation
from holdspace.kit.actor import Actor, Holder
from holdspace.kit.crypto import keys

SECRET_LENGTH = 32


@dataclass(frozen=True)
class Held:
    """A client whose pages a sign-in may see, and the account by which it may."""

    account: PortalAccount
    client: Client

    @property
    def is_self(self) -> bool:
        return self.account.client_id == self.client.pk

    def as_actor(self) -> Holder:
        return Holder(
            account_id=self.account.pk,
            user_id=self.account.user_id,
            client_id=self.client.pk,
            practice_id=self.account.practice_id,
        )


def held_by(user_id: UUID, *, at: datetime) -> list[Held]:
    """Everyone whose pages this sign-in may see now: oneself first, then those one decides for.

    Whoever comes of age is no longer among them from that day on.
    """
    found = PortalAccount.objects.filter(user_id=user_id, closed_at=None)
    accounts = found.select_related("practice", "client", "contact").order_by("opened_at")
    held = {client.pk: Held(account, client) for account in accounts for client in clients_of(account, at=at)}
    return sorted(held.values(), key=lambda one: not one.is_self)


def clients_of(held: PortalAccount | PortalInvitation, *, at: datetime) -> list[Client]:
    """The client whose own it is, or all for whom the contact decides then."""
    return clients_for(held.person, at=at)


def clients_for(person: Client | Contact, *, at: datetime) -> list[Client]:
    return [person] if isinstance(person, Client) else charts.wards(person, at=at)


def holds_an_account(user_id: UUID) -> bool:
    return PortalAccount.objects.filter(user_id=user_id, closed_at=None).exists()


def fingerprint(secret: str) -> str:
    """What is kept of an invitation's secret."""
    return keys.links.mac(b"portal invitation " + secret.encode()).hex()


def invitation_behind(slug: str, secret: str, *, at: datetime) -> PortalInvitation | None:
    """The invitation this address leads to, while it is good; every reason why not looks the same."""
    known = PortalInvitation.objects.select_related("practice", "client", "contact")
    found = known.filter(fingerprint=fingerprint(secret), practice__slug=slug).first()
    return found if found and found.works(at) else None


def invitation_shown(pk: str, *, at: datetime) -> PortalInvitation | None:
    """The invitation of whoever has just said who they are in this browser, while it is good."""
    known = PortalInvitation.objects.select_related("practice", "client", "contact")
    found = known.filter(pk=pk).first()
    return found if found and found.works(at) else None


def signs_in_already(person: Client | Contact) -> bool:
    """Whether somebody signs in with this person's address: here, or at another practice."""
    return User.objects.filter(email=person.email.lower()).exists()


def accounts_among(actor: Actor, people: Iterable[Client | Contact]) -> dict[UUID, PortalAccount]:
    """The open accounts of these people, by whose they are."""
    found = PortalAccount.objects.visible_to(actor).filter(closed_at=None).select_related("user")
    wanted = {person.pk for person in people}
    of = found.filter(client__in=wanted) | found.filter(contact__in=wanted)
    return {account.client_id or account.contact_id: account for account in of}


def invitations_among(
    actor: Actor, people: Iterable[Client | Contact], *, at: datetime
) -> dict[UUID, PortalInvitation]:
    """The invitations of these people that still work, by whose they are."""
    good = PortalInvitation.objects.visible_to(actor).filter(used_at=None, ended_at=None, ends_at__gt=at)
    wanted = {person.pk for person in people}
    of = good.filter(client__in=wanted) | good.filter(contact__in=wanted)
    return {one.client_id or one.contact_id: one for one in of}
