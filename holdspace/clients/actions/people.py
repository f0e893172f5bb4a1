"""A client's record: added, and its plain facts corrected."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from holdspace.audit import trail
from holdspace.clients import languages, phones, refusals
from holdspace.clients.actions.reaching import address, agree
from holdspace.clients.models import Client
from holdspace.kit.actor import Actor
from holdspace.practices.models import Practice

PLAIN = ("first_name", "last_name", "called", "pronouns", "birth_date", "time_zone", "state", "language")


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
    """A new client.  `facts` are other plain fields (birth_date, time_zone, state, called, language).

    Whether somebody alike is on file is `queries.alike`, asked by whoever offers the choice.
    """
    client = Client(practice=practice, first_name=first_name.strip(), last_name=last_name.strip(), **facts)
    _check(client, at)
    client.phone = phones.normal(phone) if phone.strip() else ""
    client.email = address(email) if email.strip() else ""
    if client.phone and texts_agreed_by:
        agree(client, texts_agreed_by, at)
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


def _check(client: Client, at: datetime) -> None:
    if not client.first_name or not client.last_name:
        raise refusals.NameMissing
    longest = {"first_name": 80, "last_name": 80, "called": 80, "pronouns": 40}
    if any(len(getattr(client, name)) > most for name, most in longest.items()):
        raise refusals.TextTooLong
    if client.birth_date and client.birth_date > at.date():
        raise refusals.BornInTheFuture
    if not languages.is_language(client.language):
        raise refusals.NotALanguage


def _given(client: Client) -> list[str]:
    return [name for name in (*PLAIN, "phone", "email") if getattr(client, name)]


def _said(value: date | str | None) -> str:
    return "" if value is None else str(value)
