"""Questions about sign-ins: is this one awake, who is it, have they a second factor."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any
from uuid import UUID

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils.crypto import constant_time_compare
from django.utils.module_loading import import_string

from holdspace.accounts.models import User
from holdspace.kit.actor import Actor, Member

SEEN = "seen"  # when a person last did something in this sign-in, in seconds
WAS = "was"  # whose sign-in ended in this browser


def is_awake(session: Mapping[str, Any], *, at: datetime) -> bool:
    """Whether somebody used this sign-in within the idle time.  A fresh one is awake."""
    seen = session.get(SEEN)
    return seen is None or at.timestamp() - seen < timedelta(minutes=settings.IDLE_MINUTES).total_seconds()


def who_is(session_key: str, *, at: datetime) -> tuple[User, Mapping[str, Any]] | None:
    """The user of a sign-in that stands and is awake, and what it remembers; asking is no activity.

    For sockets, which have the cookie and no request.
    """
    session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    if session.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS or not is_awake(
        session, at=at
    ):
        return None
    user = User.objects.filter(pk=session.get(SESSION_KEY), is_active=True).first()
    # A changed password ends the other sign-ins.
    if user and constant_time_compare(session.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash()):
        return user, session
    return None


def has_second_factor(user: User) -> bool:
    return bool(get_adapter().is_mfa_enabled(user, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]))


def has_app(user: User) -> bool:
    return bool(get_adapter().is_mfa_enabled(user, [Authenticator.Type.TOTP]))


def actors_of(user: User, *, at: datetime) -> list[Actor]:
    """What this sign-in is at each practice, by whom the settings name: this room knows none."""
    found: list[Actor] = import_string(settings.SIGN_IN_ACTORS)(user.pk, at=at)
    return found


def is_asked_for_more(user: User, *, at: datetime) -> bool:
    """Whether a password alone doesn't let this user in.

    A client's passkey is a second door, not a second lock: whoever loses the device still gets in by
    password.  For whoever works here the second factor is compulsory, and a passkey is one.
    """
    return has_app(user) or works_here(user, at=at)


def works_here(user: User, *, at: datetime) -> bool:
    return any(isinstance(actor, Member) for actor in actors_of(user, at=at))


def recovery_codes_left(user: User) -> int:
    codes = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(codes.wrap().get_unused_codes()) if codes else 0


def user_of(user_id: UUID) -> User | None:
    return User.objects.filter(pk=user_id, is_active=True).first()
