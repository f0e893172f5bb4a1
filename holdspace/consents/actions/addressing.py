"""A number or address that was missing, kept on the chart as the form, or the way in, is sent."""

from dataclasses import replace
from datetime import datetime

from holdspace.clients import actions as clients
from holdspace.clients.models import Tie
from holdspace.kit.actor import Actor, Member
from holdspace.scheduling.models import Seat


def add(
    seat: Seat, guardian: Tie | None, channel: str, new: str, agreed: bool, actor: Actor, at: datetime
) -> None:
    """To whoever the message goes to."""
    if guardian:
        add_guardians(guardian, channel, new, agreed, actor, at)
    else:
        add_clients(seat, channel, new, agreed, actor, at)


def add_clients(seat: Seat, channel: str, new: str, agreed: bool, actor: Actor, at: datetime) -> None:
    """The client's own."""
    client = seat.client
    if channel == "sms" and (new or agreed) and (new or client.phone):
        word = (actor.name if isinstance(actor, Member) else "client") if agreed else ""
        clients.add_phone(client=client, raw=new or client.phone, agreed_by=word, actor=actor, at=at)
    if channel == "email" and new:
        clients.add_email(client=client, raw=new, actor=actor, at=at)


def add_guardians(tie: Tie, channel: str, new: str, agreed: bool, actor: Actor, at: datetime) -> None:
    """The guardian's own number or address, kept for every client they decide for."""
    if not (new or agreed):
        return
    contact = tie.contact
    word = contact.texts_agreed_by
    if channel == "sms" and agreed:
        word = actor.name if isinstance(actor, Member) else "client"
    person = clients.Person(
        name=contact.name,
        phone=contact.phone,
        email=contact.email,
        texts_agreed_by=word,
        email_ok=contact.email_ok,
        voicemail_ok=contact.voicemail_ok,
        birth_date=contact.birth_date,
        language=contact.language,
    )
    if new:
        person = replace(person, phone=new) if channel == "sms" else replace(person, email=new)
    clients.change_contact(tie=tie, person=person, role=_role_of(tie), actor=actor, at=at)


def _role_of(tie: Tie) -> clients.Role:
    return clients.Role(
        relation=tie.relation,
        emergency=tie.emergency,
        guardianship=tie.guardianship,
        basis=tie.basis,
        guardian_from=tie.guardian_from,
        guardian_until=tie.guardian_until,
    )
