"""Questions about the people and places on a client's chart, each with one question to the database."""

from datetime import datetime

from django.db.models import Q

from holdspace.clients.models import Address, Client, Contact, Guardianship, Tie
from holdspace.kit.actor import Actor
from holdspace.kit.fields import keyed_index


def addresses_of(actor: Actor, client: Client) -> list[Address]:
    """The client's addresses, the usual one first."""
    return list(Address.objects.visible_to(actor).filter(client=client))


def ties_of(actor: Actor, client: Client) -> list[Tie]:
    """Everybody on the chart: whom to ring in an emergency first, then in the order they were added."""
    ties = list(Tie.objects.visible_to(actor).filter(client=client).select_related("contact"))
    for tie in ties:
        tie.client = client
    return ties


def emergency_contacts(actor: Actor, client: Client, *, at: datetime) -> list[Tie]:
    """Whom to call about the client: those named for it, and whoever decides for them then."""
    return [tie for tie in ties_of(actor, client) if tie.emergency or tie.acts(at)]


def guardians(actor: Actor, client: Client, *, at: datetime) -> list[Tie]:
    """Who decides for the client then; several may, and each may alone unless the practice knows better."""
    return [tie for tie in ties_of(actor, client) if tie.acts(at)]


def deciding_for(client: Client, *, at: datetime) -> list[Tie]:
    """The same, for whoever found the client through `visible_to` or a link.  One query."""
    known = Tie.objects.filter(client=client).exclude(guardianship=Guardianship.NONE)
    ties = list(known.select_related("contact"))
    for tie in ties:
        tie.client = client
    return [tie for tie in ties if tie.acts(at)]


def wards(contact: Contact, *, at: datetime) -> list[Client]:
    """The clients for whom this contact decides then.  The caller got the contact through `visible_to`."""
    ties = Tie.objects.filter(contact=contact).exclude(guardianship=Guardianship.NONE)
    found = [tie.client for tie in ties.select_related("client") if tie.acts(at)]
    return sorted(found, key=lambda client: (client.last_name, client.first_name))


def contacts_alike(actor: Actor, *, phone: str, email: str) -> list[Contact]:
    """Contacts on file who may be the same person: same number or same address."""
    same = Q(pk__in=[])
    if phone:
        same |= Q(phone_index=keyed_index("phone", phone))
    if email:
        same |= Q(email_index=keyed_index("email", email.lower()))
    return list(Contact.objects.visible_to(actor).filter(same).order_by("name", "pk")[:8])
