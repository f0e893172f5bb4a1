"""What can be done to a client's record: add, change, and how to reach them."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from holdspace.audit import trail
from holdspace.clients import phones, refusals
from holdspace.clients.models import Client
from holdspace.kit.actor import Actor
from holdspace.practices.models import Practice

PLAIN = ("first_name", "last_name", "called", "birth_date", "time_zone", "state")
BY_CLIENT = "client"


def add(
    *,
    practice: Practice,
    first_name: str,
    last_name: str,
    actor: Actor,
    at: datetime,
    phone: str = "",
    email: str = "",
    texts_agreed_by: str = "",
    **facts: Any,
) -> Client:
    """A new client.  `facts` are other plain fields (birth_date, time_zone, state, called).

    Whether somebody alike is on file is `queries.alike`, asked by whoever offers the choice.
    """
    client = Client(practice=practice, first_name=first_name.strip(), last_name=last_name.strip(), **facts)
    _check(client, at)
    client.phone = phones.normal(phone) if phone.strip() else ""
    client.email = address(email) if email.strip() else ""
    if client.phone and texts_agreed_by:
        _agree(client, texts_agreed_by, at)
    with transaction.atomic():
        client.save()
        # The name is the record itself: the trail says which record, not who.
        trail.record(actor, "clients.client.added", client, at=at, fields=_given(client))
    return client


def change(*, client: Client, actor: Actor, at: datetime, **facts: Any) -> None:
    """Correct plain fields; what is already so is no change and no entry."""
    unknown = set(facts) - set(PLAIN)
    if unknown:
        raise TypeError(f"not a plain field: {sorted(unknown)}")
    said = {name: [_said(getattr(client, name)), _said(value)] for name, value in facts.items()}
    said = {name: pair for name, pair in said.items() if pair[0] != pair[1]}
    for name, value in facts.items():
        setattr(client, name, value)
    _check(client, at)
    if said:
        with transaction.atomic():
            client.save()
            trail.record(actor, "clients.client.changed", client, at=at, changes=said)


def add_phone(*, client: Client, raw: str, agreed_by: str, actor: Actor, at: datetime) -> None:
    """Keep this number for the client; with `agreed_by` they agree to texts at it.

    `agreed_by` is "client" or the name of the member whose word it is; empty for a number that is
    only for calling.  Refuses what isn't a number, and texts to one that can't take them.
    """
    phone = phones.normal(raw)
    if agreed_by and not phones.can_take_texts(phone):
        raise refusals.CannotTakeTexts
    fresh = phone != client.phone
    client.phone = phone
    if fresh:
        # Agreement and STOP were about the old number.
        client.texts_agreed_at, client.texts_agreed_by, client.texts_stopped_at = None, "", None
    if agreed_by:
        _agree(client, agreed_by, at)
    with transaction.atomic():
        client.save()
        # Sealed: the trail keeps the field's name, never the number.
        trail.record(
            actor, "clients.client.reached_by", client, at=at, fields=["phone"], texts_agreed=bool(agreed_by)
        )


def add_email(*, client: Client, raw: str, actor: Actor, at: datetime) -> None:
    """Keep this e-mail address for the client, or refuse."""
    client.email = address(raw)
    with transaction.atomic():
        client.save()
        trail.record(actor, "clients.client.reached_by", client, at=at, fields=["email"])


def address(raw: str) -> str:
    """The address without blanks around it, or NotAnAddress."""
    said = raw.strip()
    try:
        validate_email(said)
    except ValidationError as error:
        raise refusals.NotAnAddress from error
    return said


def _check(client: Client, at: datetime) -> None:
    if not client.first_name or not client.last_name:
        raise refusals.NameMissing
    longest = {"first_name": 80, "last_name": 80, "called": 80}
    if any(len(getattr(client, name)) > most for name, most in longest.items()):
        raise refusals.TextTooLong
    if client.birth_date and client.birth_date > at.date():
        raise refusals.BornInTheFuture


def _agree(client: Client, agreed_by: str, at: datetime) -> None:
    if not phones.can_take_texts(client.phone):
        raise refusals.CannotTakeTexts
    # A STOP stays: only the client's own START takes it back.
    client.texts_agreed_at, client.texts_agreed_by = at, agreed_by[:140]


def _given(client: Client) -> list[str]:
    return [name for name in (*PLAIN, "phone", "email") if getattr(client, name)]


def _said(value: date | str | None) -> str:
    return "" if value is None else str(value)
