"""From an empty installation to a practice with its owner, for whoever holds the one-time code."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from holdspace.accounts import actions as accounts
from holdspace.accounts import setup as codes
from holdspace.audit import trail
from holdspace.practices import refusals, roles
from holdspace.practices.models import Clinician, Membership, Practice


def set_up(
    *,
    code: str,
    practice: dict[str, Any],
    name: str,
    email: str,
    password: str,
    also_clinician: bool,
    at: datetime,
) -> Membership:
    """Make the practice and its owner, once: the code is used up in the same transaction.

    `practice` holds name, shown_name, slug, phone, time_zone and state.
    """
    with transaction.atomic():
        if not codes.use(code, at):
            raise refusals.WrongCode
        made = _practice(practice, at)
        user = accounts.add_user(email=email, name=name, password=password)
        chosen = [roles.OWNER, roles.FRONT_DESK, *([roles.CLINICIAN] if also_clinician else [])]
        membership = Membership.objects.create(practice=made, user=user, roles=sorted(chosen))
        if also_clinician:
            Clinician.objects.create(
                practice=made, membership=membership, name=name, time_zone=made.time_zone
            )
        trail.record(membership.as_actor(), "practices.practice.set_up", made, at=at)
    return membership


def _practice(facts: dict[str, Any], at: datetime) -> Practice:
    try:
        with transaction.atomic():
            return Practice.objects.create(created_at=at, **facts)
    except IntegrityError as taken:
        raise refusals.SlugTaken from taken
