"""Appointment types: what an appointment is for, how long it takes, how it may happen."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from holdspace.audit import trail
from holdspace.kit.actor import Actor, Member
from holdspace.kit.refusals import NotYours
from holdspace.live import bus
from holdspace.practices.actions.changes import change
from holdspace.practices.models import Practice
from holdspace.scheduling.models import AppointmentType


def add_type(*, practice: Practice, actor: Actor, at: datetime, **facts: Any) -> AppointmentType:
    _check(actor)
    with transaction.atomic():
        made = AppointmentType.objects.create(practice=practice, **facts)
        trail.record(actor, "scheduling.type.added", made, at=at, fields=sorted(facts))
    return made


def change_type(*, type: AppointmentType, actor: Actor, at: datetime, **facts: Any) -> None:
    """Change what it fills in from now on; appointments already made keep what they have."""
    _check(actor)
    if change(type, "scheduling.type.changed", actor=actor, at=at, **facts):
        bus.publish("appointment.changed", [f"practice:{type.practice_id}"])


def add_usual_types(*, practice: Practice) -> None:
    """What nearly every practice has, for a new one to begin with."""
    usual = [
        (_("Intake"), 60, 3, 1),
        (_("Individual"), 50, 1, 1),
        (_("Couples"), 80, 2, 2),
        (_("Family"), 50, 5, 6),
    ]
    for name, minutes, hue, places in usual:
        AppointmentType.objects.create(practice=practice, name=name, minutes=minutes, hue=hue, places=places)
    AppointmentType.objects.create(
        practice=practice, name=_("Group"), minutes=90, hue=4, is_group=True, places=8
    )


def _check(actor: Actor) -> None:
    if isinstance(actor, Member) and not actor.may("change_settings"):
        raise NotYours
