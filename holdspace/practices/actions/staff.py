"""The practice's people: invited, given roles, let go.  Nobody is ever removed: the trail speaks of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from holdspace.accounts import actions as accounts
from holdspace.accounts.models import User
from holdspace.audit import trail
from holdspace.kit.actor import Member
from holdspace.kit.refusals import NotYours
from holdspace.live import bus
from holdspace.practices import refusals, roles
from holdspace.practices.models import Clinician, Membership, Practice


def invite(
    *,
    practice: Practice,
    email: str,
    name: str,
    roles: Sequence[str],
    actor: Member,
    at: datetime,
    **clinician: Any,
) -> tuple[Membership, str]:
    """Let somebody work here; returns the path to their password, "" if they sign in already."""
    _check(actor, roles)
    with transaction.atomic():
        user = User.objects.filter(email=email.strip().lower()).first()
        path = ""
        if user is None:
            user = accounts.add_user(email=email, name=name)
            path = accounts.password_path(user)
        membership = _member(practice, user, roles)
        _clinician(membership, name, **clinician)
        trail.record(actor, "practices.member.invited", membership, at=at, roles=sorted(roles))
    return membership, path


def change_member(
    *,
    membership: Membership,
    roles: Sequence[str],
    active: bool,
    actor: Member,
    at: datetime,
    **clinician: Any,
) -> None:
    """Other roles, or no longer at work here; what they have open is asked about anew."""
    _check(actor, roles)
    before = {"roles": sorted(membership.roles), "active": membership.active}
    after = {"roles": sorted(roles), "active": active}
    with transaction.atomic():
        membership.roles, membership.active = after["roles"], active
        membership.save(update_fields=["roles", "active"])
        _refuse_without_owner(membership.practice)
        _clinician(membership, membership.user.name, **clinician)
        if before != after:
            changes = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
            trail.record(actor, "practices.member.changed", membership, at=at, changes=changes)
    if before != after:
        bus.close_sockets(f"user:{membership.user_id}")


def _check(actor: Member, wanted: Sequence[str]) -> None:
    if not actor.may("change_staff"):
        raise NotYours
    if not wanted or set(wanted) - set(roles.NAMES):
        raise refusals.NoRole


def _member(practice: Practice, user: User, wanted: Sequence[str]) -> Membership:
    try:
        with transaction.atomic():
            return Membership.objects.create(practice=practice, user=user, roles=sorted(wanted))
    except IntegrityError as there:
        raise refusals.WorksHereAlready from there


def _refuse_without_owner(practice: Practice) -> None:
    if not any(roles.OWNER in one.roles for one in practice.memberships.filter(active=True)):
        raise refusals.LastOwner


def _clinician(membership: Membership, name: str, **facts: Any) -> None:
    """The clinician's row follows the role; it rests when the role goes: appointments hang on it."""
    row = Clinician.objects.filter(membership=membership).first()
    working = membership.active and roles.CLINICIAN in membership.roles
    if row is None and working:
        zone = facts.pop("time_zone", membership.practice.time_zone)
        made = {"practice": membership.practice, "membership": membership, "name": name, "time_zone": zone}
        Clinician.objects.create(**made, **facts)
    elif row is not None:
        for field, value in facts.items():
            setattr(row, field, value)
        row.active = working
        row.save()
