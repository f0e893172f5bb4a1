"""People to reach about a client: put on the chart, corrected, taken off."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from holdspace.audit import trail
from holdspace.clients import languages, phones, refusals
from holdspace.clients.actions.reaching import address, set_phone
from holdspace.clients.languages import ENGLISH
from holdspace.clients.models import Client, Contact, Guardianship, Tie
from holdspace.kit.actor import Actor

MOST = 20


@dataclass(frozen=True)
class Person:
    """Who a contact is and how they are reached; number and address as they were typed."""

    name: str
    phone: str = ""
    email: str = ""
    texts_agreed_by: str = ""
    email_ok: bool = True
    voicemail_ok: bool = False
    birth_date: date | None = None
    language: str = ENGLISH


@dataclass(frozen=True)
class Role:
    """What a contact is to one client."""

    relation: str
    emergency: bool = False
    guardianship: str = Guardianship.NONE
    basis: str = ""
    guardian_from: date | None = None
    guardian_until: date | None = None


def add_contact(*, client: Client, person: Person, role: Role, actor: Actor, at: datetime) -> Tie:
    """A new person on the chart.  Whether they are on file already is `queries.contacts_alike`."""
    contact = Contact(practice_id=client.practice_id, created_at=at)
    _describe(contact, person, at)
    tie = Tie(client=client, practice_id=client.practice_id, contact=contact)
    _cast(tie, role)
    with transaction.atomic():
        contact.save()
        _put_last(tie)
        detail = {"contact": contact.pk, "fields": _given(tie)}
        trail.record(actor, "clients.contact.added", client, at=at, **detail)
    return tie


def tie_contact(*, client: Client, contact: Contact, role: Role, actor: Actor, at: datetime) -> Tie:
    """Put somebody on this chart who is on another's: the same person, one row, one account."""
    if contact.practice_id != client.practice_id:
        raise LookupError("a contact of another practice")
    tie = Tie(client=client, practice_id=client.practice_id, contact=contact)
    _cast(tie, role)
    try:
        with transaction.atomic():
            _put_last(tie)
            detail = {"contact": contact.pk, "fields": _given(tie)}
            trail.record(actor, "clients.contact.added", client, at=at, **detail)
    except IntegrityError as error:
        raise refusals.AlreadyOnTheChart from error
    return tie


def change_contact(*, tie: Tie, person: Person, role: Role, actor: Actor, at: datetime) -> None:
    """Correct who they are, on every chart they are on, and what they are to this client."""
    before = _facts(tie)
    _describe(tie.contact, person, at)
    _cast(tie, role)
    after = _facts(tie)
    changed = [name for name in after if before[name] != after[name]]
    if not changed:
        return
    changes = {name: [before[name], after[name]] for name in changed if name not in SEALED}
    detail = {"changes": changes, "fields": [name for name in changed if name in SEALED]}
    with transaction.atomic():
        tie.contact.save()
        tie.save()
        trail.record(actor, "clients.contact.changed", tie.client, at=at, contact=tie.contact_id, **detail)


def remove_contact(*, tie: Tie, actor: Actor, at: datetime) -> None:
    """Take a person off this chart; on nobody's chart, they are no longer on file."""
    with transaction.atomic():
        detail = {"contact": tie.contact_id, "changes": {"name": [tie.contact.name, ""]}}
        trail.record(actor, "clients.contact.removed", tie.client, at=at, **detail)
        tie.delete()
        if not Tie.objects.filter(contact=tie.contact_id).exists():
            tie.contact.delete()


def _put_last(tie: Tie) -> None:
    """Save a tie behind the client's others."""
    Client.objects.select_for_update().get(pk=tie.client_id)
    others = Tie.objects.filter(client=tie.client_id)
    if others.count() >= MOST:
        raise refusals.TooMany
    tie.position = (others.aggregate(last=Max("position"))["last"] or 0) + 1
    tie.save()


def _describe(contact: Contact, person: Person, at: datetime) -> None:
    contact.name, contact.birth_date = " ".join(person.name.split()), person.birth_date
    if not contact.name:
        raise refusals.ContactNameMissing
    if len(contact.name) > 120:
        raise refusals.TextTooLong
    if contact.birth_date and contact.birth_date > at.date():
        raise refusals.BornInTheFuture
    if not languages.is_language(person.language):
        raise refusals.NotALanguage
    contact.language = person.language
    contact.email = address(person.email) if person.email.strip() else ""
    contact.email_ok, contact.voicemail_ok = person.email_ok, person.voicemail_ok
    phone = phones.normal(person.phone) if person.phone.strip() else ""
    _let_text(contact, phone, person.texts_agreed_by, at)


def _let_text(contact: Contact, phone: str, agreed_by: str, at: datetime) -> None:
    """The number, and whether they agree to texts at it; an agreement that stands keeps its date."""
    stands = contact.may_text and contact.phone == phone
    if not agreed_by or not phone:
        contact.texts_agreed_at, contact.texts_agreed_by = None, ""
    set_phone(contact, phone, agreed_by="" if stands or not phone else agreed_by, at=at)


def _cast(tie: Tie, role: Role) -> None:
    for field in fields(Role):
        value = getattr(role, field.name)
        setattr(tie, field.name, value.strip() if isinstance(value, str) else value)
    if not tie.relation:
        raise refusals.RelationMissing
    if len(tie.relation) > 60 or len(tie.basis) > 500:
        raise refusals.TextTooLong
    if tie.guardianship not in Guardianship.values:
        raise ValueError("no such guardianship")
    if not tie.guardianship:
        tie.basis, tie.guardian_from, tie.guardian_until = "", None, None
    if tie.guardian_from and tie.guardian_until and tie.guardian_until <= tie.guardian_from:
        raise refusals.EndsBeforeItBegins


SEALED = ("phone", "email", "basis")
ABOUT = ("name", "phone", "email", "email_ok", "voicemail_ok", "birth_date", "language", "may_text")


def _facts(tie: Tie) -> dict[str, Any]:
    about = {name: getattr(tie.contact, name) for name in ABOUT}
    return about | {field.name: getattr(tie, field.name) for field in fields(Role)}


def _given(tie: Tie) -> list[str]:
    return [name for name, value in _facts(tie).items() if value]
