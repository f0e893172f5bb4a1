"""Passkeys: a key that a person's own device keeps, and opens by face, finger or PIN.

It is both factors in one, so it signs in by itself; beside a password it is the second factor of
whoever works here.  The page and the device talk in two turns: the server's options, and an answer
to the challenge in them, which the browser's session remembers.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.mfa.base.internal.flows import delete_dangling_recovery_codes
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from holdspace.accounts import refusals
from holdspace.accounts.models import User
from holdspace.accounts.queries import actors_of, has_app
from holdspace.audit import trail
from holdspace.kit.actor import System

LONGEST_NAME = 60
# What reading a browser's answer may stumble over, whoever sent it.
UNREADABLE = (ValidationError, ValueError, TypeError, KeyError, AttributeError, IndexError)


@dataclass(frozen=True)
class Passkey:
    """What a person sees of a passkey of theirs."""

    pk: int
    name: str
    added_at: datetime
    used_at: datetime | None


@dataclass(frozen=True)
class NewPasskey:
    """A passkey that a device has just made for a sign-in that isn't there yet."""

    user_id: UUID
    credential: dict[str, Any]


def passkeys_of(user: User) -> list[Passkey]:
    """This person's passkeys, the oldest first."""
    return [
        Passkey(row.pk, row.wrap().name, row.created_at, row.last_used_at)
        for row in _rows(user).order_by("created_at", "pk")
    ]


def passkey_of(user: User, pk: int) -> Passkey | None:
    """One of this person's own; for another's there is none."""
    return next((one for one in passkeys_of(user) if one.pk == pk), None)


def next_name(user: User) -> str:
    """What a new one is called until somebody says otherwise."""
    had = _rows(user).count()
    return _("Passkey {number}").format(number=had + 1) if had else _("My passkey")


def options_for_new(user: User) -> dict[str, Any]:
    """What the browser needs to make one; those that exist are named, so that no device makes a second."""
    options: dict[str, Any] = auth.begin_registration(user, True)
    return options


def options_for_known(user: User | None = None) -> dict[str, Any]:
    """What the browser needs to use one: any of this user's, or whichever the person chooses."""
    options: dict[str, Any] = auth.begin_authentication(user)
    return options


def read_new(said: str) -> dict[str, Any]:
    """The new passkey in a browser's answer, checked against the challenge; or the refusal."""

    def read() -> dict[str, Any]:
        credential: dict[str, Any] = json.loads(said)
        auth.parse_registration_response(credential)
        auth.complete_registration(credential)
        return credential

    credential: dict[str, Any] = _reading(read, refusals.PasskeyNotKept)
    return credential


def read_known(said: str, user: User | None = None) -> Authenticator:
    """The passkey that answered the challenge: this user's, or whoever's it is; or the refusal."""

    def read() -> Authenticator:
        answer = json.loads(said)
        auth.parse_authentication_response(answer)
        return auth.complete_authentication(user or auth.extract_user_from_response(answer), answer)

    return _reading(read, refusals.PasskeyUnknown)


def _reading(read: Callable[[], Any], otherwise: type[Exception]) -> Any:
    try:
        return read()
    except UNREADABLE as nonsense:
        raise otherwise from nonsense


def keep(*, user: User, credential: dict[str, Any], at: datetime, name: str = "") -> None:
    """Keep a passkey that `read_new` has checked."""
    with transaction.atomic():
        row = auth.WebAuthn.add(user, _plain(name) or next_name(user), credential).instance
        _record(user, "accounts.passkey.added", at, row.pk)


def add(*, user: User, said: str, name: str, at: datetime) -> None:
    """Keep the passkey that a device has just made for somebody signed in; or refuse."""
    keep(user=user, credential=read_new(said), name=name, at=at)


def add_with_codes(*, user: User, said: str, name: str, at: datetime) -> bool:
    """The same at work, where it is a second factor: with recovery codes, if there are none.

    Answers whether there are fresh ones, which the person should see now.
    """
    with transaction.atomic():
        add(user=user, said=said, name=name, at=at)
        fresh = not _codes(user).exists()
        if fresh:
            RecoveryCodes.activate(user)
        return fresh


def rename(*, user: User, pk: int, name: str, at: datetime) -> None:
    """Call one's own passkey otherwise; an empty name changes nothing."""
    with transaction.atomic():
        row = _rows(user).get(pk=pk)
        wrapped, said = row.wrap(), _plain(name)
        if said and said != wrapped.name:
            wrapped.name = said
            row.save(update_fields=["data"])
            _record(user, "accounts.passkey.renamed", at, pk)


def remove(*, user: User, pk: int, at: datetime) -> None:
    """From now on it opens nothing.  Refuses the only way in of whoever has no password."""
    with transaction.atomic():
        # Of two presses at once the second finds what the first left.
        User.objects.select_for_update().get(pk=user.pk)
        if not user.has_usable_password() and not _rows(user).exclude(pk=pk).exists():
            raise refusals.OnlyWayIn
        if _rows(user).filter(pk=pk).delete()[0]:
            delete_dangling_recovery_codes(user)
            _record(user, "accounts.passkey.removed", at, pk)


def is_last_factor(user: User) -> bool:
    """Whether this person has one passkey and no authenticator app."""
    return not has_app(user) and _rows(user).count() == 1


def used(passkey: Authenticator, *, at: datetime) -> None:
    """Note on the trail that somebody signed in by it."""
    _record(passkey.user, "accounts.passkey.used", at, passkey.pk)


def _rows(user: User) -> Any:
    return Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.WEBAUTHN)


def _codes(user: User) -> Any:
    return Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.RECOVERY_CODES)


def _plain(name: str) -> str:
    return " ".join(name.split())[:LONGEST_NAME]


def _record(user: User, what: str, at: datetime, passkey: int) -> None:
    """On the trail of every practice that knows this sign-in; its id only: a name may say whose it is."""
    for actor in actors_of(user, at=at) or [System()]:
        trail.record(actor, what, user, at=at, passkey=passkey)
