"""A new e-mail address to sign in to one's own pages with: it counts once its mailed link was opened."""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.db import IntegrityError, transaction

from holdspace.accounts.models import User
from holdspace.accounts.refusals import AddressTaken
from holdspace.audit import trail
from holdspace.clients import portal
from holdspace.clients.actions import greeting_of
from holdspace.clients.models import PortalAccount
from holdspace.kit.actor import Holder
from holdspace.kit.crypto import keys
from holdspace.messaging import actions as messages
from holdspace.messaging.models import Channel
from holdspace.messaging.texts import render
from holdspace.practices.queries import memberships_of
from holdspace.scheduling.actions.own_details import tell_staff
from holdspace.scheduling.refusals import AddressLinkOver, WorksHereToo

SALT, GOOD_FOR = "portal.address", timedelta(days=1)


@dataclass(frozen=True)
class NewAddress:
    """Whose sign-in would have it, and which."""

    user: User
    email: str


def ask_new_address(*, account: PortalAccount, address: str, actor: Holder, at: datetime) -> None:
    """Mail a link to the new address; nothing changes before it is used, and only the newest one works.

    Says nothing about whether somebody signs in with it already: then simply no mail goes out.
    Refuses whoever also works at a practice: their sign-in is not the portal's to change.
    """
    user, new = account.user, address.strip().lower()
    if memberships_of(user.pk):
        raise WorksHereToo
    with transaction.atomic():
        key = _keep(user, new)
        trail.record(actor, "clients.portal.address_asked", account.person, at=at)
        if not User.objects.filter(email=new).exists():
            link = f"{settings.PUBLIC_URL}/portal/address/{key}"
            _mail(account, "sign_in_address", to=new, link=link, at=at)


def _keep(user: User, address: str) -> str:
    """Keep, sealed, what the newest link is good for; and what stands in that link.

    Not among the addresses of allauth: with those one signs in, verified or not.
    """
    once = secrets.token_urlsafe(16)
    said = json.dumps({"address": address, "old": user.email, "once": once}).encode()
    cache.set(_place(user.pk), keys.seal(said, _place(user.pk)), GOOD_FOR.total_seconds())
    return signing.dumps([str(user.pk), once], salt=SALT)


def _place(user_id: UUID) -> str:
    return f"{SALT}.{user_id}"


def address_behind(key: str) -> NewAddress | None:
    """The address that this link would make count, while it may."""
    try:
        pk, once = signing.loads(key, salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=pk, is_active=True).first()
    sealed = cache.get(_place(user.pk)) if user else None
    if user is None or sealed is None:
        return None
    said = json.loads(keys.open(sealed, _place(user.pk)))
    newest = said["once"] == once and said["old"] == user.email
    return NewAddress(user, said["address"]) if newest else None


def take_address(*, key: str, at: datetime) -> None:
    """From now on the new address signs in.  The old one is told, and the staff are."""
    new = address_behind(key)
    if new is None or memberships_of(new.user.pk):
        raise AddressLinkOver
    old = new.user.email
    try:
        with transaction.atomic():
            User.objects.filter(pk=new.user.pk).update(email=new.email)
            EmailAddress.objects.filter(user=new.user).delete()
            EmailAddress.objects.create(user=new.user, email=new.email, verified=True, primary=True)
            for account in PortalAccount.objects.filter(user=new.user, closed_at=None):
                _told(account, old, at)
    except IntegrityError as taken:
        raise AddressTaken from taken
    cache.delete(_place(new.user.pk))


def _told(account: PortalAccount, old: str, at: datetime) -> None:
    """On the trail without either address, under the staff's bells, and to the old address."""
    _mail(account, "sign_in_moved", to=old, at=at)
    for client in portal.clients_of(account, at=at):
        by = {"account_id": account.pk, "user_id": account.user_id}
        actor = Holder(**by, client_id=client.pk, practice_id=account.practice_id)
        trail.record(actor, "clients.portal.address_changed", client, at=at)
        tell_staff(client, at)


def _mail(account: PortalAccount, kind: str, *, to: str, at: datetime, **more: str) -> None:
    practice = account.practice
    fields = {"first_name": greeting_of(account.person), "practice": practice.shown_name, **more}
    if kind == "sign_in_moved":
        fields["phone"] = practice.phone
    text = render(kind, fields=fields, channel=Channel.EMAIL)
    messages.send(
        practice=practice,
        channel=Channel.EMAIL,
        to=to,
        kind="sign_in",
        subject=text.subject,
        body=text.body,
        client_id=None,
        about=None,
        at=at,
    )
