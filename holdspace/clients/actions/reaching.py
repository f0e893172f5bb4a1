"""How a client is reached, and what they allow each way."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from holdspace.audit import trail
from holdspace.clients import phones, refusals
from holdspace.clients.models import Client
from holdspace.clients.models.reachable import Reachable
from holdspace.kit.actor import Actor

BY_CLIENT = "client"


def add_phone(*, client: Client, raw: str, agreed_by: str, actor: Actor, at: datetime) -> None:
    """Keep this number for the client; with `agreed_by` they agree to texts at it.

    `agreed_by` is "client" or the name of the member whose word it is; empty for a number that is
    only for calling.  Refuses what isn't a number, and texts to one that can't take them.
    """
    phone = phones.normal(raw)
    if agreed_by and not phones.can_take_texts(phone):
        raise refusals.CannotTakeTexts
    if phone != client.phone:
        # A STOP was about the old number.
        client.texts_stopped_at = None
    set_phone(client, phone, agreed_by=agreed_by, at=at)
    with transaction.atomic():
        client.save()
        # Sealed: the trail keeps the field's name, never the number.
        trail.record(
            actor, "clients.client.reached_by", client, at=at, fields=["phone"], texts_agreed=bool(agreed_by)
        )


def add_email(*, client: Client, raw: str, actor: Actor, at: datetime) -> None:
    """Keep this e-mail address for the client, or refuse."""
    email = address(raw)
    if email != client.email:
        # An address is given to be written to; what was said before was about the old one.
        client.email_ok = True
    client.email = email
    with transaction.atomic():
        client.save()
        trail.record(actor, "clients.client.reached_by", client, at=at, fields=["email"])


def allow(
    *,
    client: Client,
    email_ok: bool,
    voicemail_ok: bool,
    texts: bool,
    agreed_by: str,
    actor: Actor,
    at: datetime,
) -> None:
    """Write down what the client allows each way; what is already so leaves no entry.

    `agreed_by` says on whose word texts are newly allowed.  Refuses texts to a number that can't take them.
    """
    before = _allowed(client)
    client.email_ok, client.voicemail_ok = email_ok, voicemail_ok
    if texts and not client.texts_agreed_at:
        agree(client, agreed_by, at)
    elif not texts:
        client.texts_agreed_at, client.texts_agreed_by = None, ""
    after = _allowed(client)
    changes = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    if changes:
        with transaction.atomic():
            client.save(update_fields=["email_ok", "voicemail_ok", "texts_agreed_at", "texts_agreed_by"])
            trail.record(actor, "clients.client.allowed", client, at=at, changes=changes)


def _allowed(client: Client) -> dict[str, bool]:
    texts = client.texts_agreed_at is not None
    return {"texts": texts, "email_ok": client.email_ok, "voicemail_ok": client.voicemail_ok}


def set_phone(who: Reachable, phone: str, *, agreed_by: str, at: datetime) -> None:
    """Give a client or contact this number, not saved yet: an agreement belonged to the old one."""
    if phone != who.phone:
        who.texts_agreed_at, who.texts_agreed_by = None, ""
    who.phone = phone
    if agreed_by:
        agree(who, agreed_by, at)


def agree(who: Reachable, agreed_by: str, at: datetime) -> None:
    """They agree to texts at their number, not saved yet; refuses a number that can't take them."""
    if not who.phone or not phones.can_take_texts(who.phone):
        raise refusals.CannotTakeTexts
    # A STOP stays: only the client's own START takes it back.
    who.texts_agreed_at, who.texts_agreed_by = at, agreed_by[:140]


def address(raw: str) -> str:
    """The e-mail address without blanks around it, or NotAnAddress."""
    said = raw.strip()
    try:
        validate_email(said)
    except ValidationError as error:
        raise refusals.NotAnAddress from error
    return said
