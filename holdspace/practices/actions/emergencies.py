"""Local emergency numbers: kept by the practice, because 911 dialed elsewhere reaches the wrong place."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from holdspace.audit import trail
from holdspace.kit import zones
from holdspace.kit.actor import Member
from holdspace.kit.refusals import NotYours
from holdspace.practices import refusals
from holdspace.practices.actions.changes import change
from holdspace.practices.models import EmergencyNumber, Practice
from holdspace.practices.places import STATES


def add_emergency_number(*, practice: Practice, actor: Member, at: datetime, **facts: Any) -> EmergencyNumber:
    """A number that somebody has just called or looked up: `state`, `place`, `who`, `number`."""
    made = EmergencyNumber(practice=practice, verified_by=actor.name, **facts)
    made.verified_on = _today(practice, at)
    _check(made, actor)
    with transaction.atomic():
        made.save()
        trail.record(actor, "practices.emergency_number.added", made, at=at, **_plain(made))
    return made


def change_emergency_number(*, kept: EmergencyNumber, actor: Member, at: datetime, **facts: Any) -> None:
    """Other words, or another number, which counts as looked up today."""
    _check(EmergencyNumber(**(_plain(kept) | facts)), actor)
    if facts.get("number", kept.number) != kept.number:
        facts |= _verified(kept, actor, at)
    change(kept, "practices.emergency_number.changed", actor=actor, at=at, **facts)


def verify_emergency_number(*, kept: EmergencyNumber, actor: Member, at: datetime) -> None:
    """Somebody called it today, and the right ones answered."""
    _check(kept, actor)
    changed = _verified(kept, actor, at)
    change(kept, "practices.emergency_number.verified", actor=actor, at=at, **changed)


def remove_emergency_number(*, kept: EmergencyNumber, actor: Member, at: datetime) -> None:
    _check(kept, actor)
    with transaction.atomic():
        trail.record(actor, "practices.emergency_number.removed", kept, at=at, **_plain(kept))
        kept.delete()


def _check(kept: EmergencyNumber, actor: Member) -> None:
    if not actor.may("change_settings"):
        raise NotYours
    if kept.state not in STATES or not kept.who.strip() or not kept.number.strip():
        raise refusals.EmergencyNumberIncomplete


def _verified(kept: EmergencyNumber, actor: Member, at: datetime) -> dict[str, Any]:
    return {"verified_on": _today(kept.practice, at), "verified_by": actor.name}


def _today(practice: Practice, at: datetime) -> date:
    return zones.wall_of(at, practice.time_zone).date()


def _plain(number: EmergencyNumber) -> dict[str, str]:
    return {name: getattr(number, name) for name in ("state", "place", "who", "number")}
