"""Changing what the practice is and how it works."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError

from holdspace.kit.actor import Member
from holdspace.kit.refusals import NotYours
from holdspace.live import bus
from holdspace.practices import refusals
from holdspace.practices.actions.changes import change
from holdspace.practices.models import Clinician, Practice

OWN = {"hide_addresses"}


def change_practice(*, practice: Practice, actor: Member, at: datetime, **facts: Any) -> None:
    """Set any of the practice's plain fields; open pages hear of it."""
    if not actor.may("change_settings"):
        raise NotYours
    try:
        changes = change(practice, "practices.practice.changed", actor=actor, at=at, **facts)
    except IntegrityError as taken:
        raise refusals.SlugTaken from taken
    if changes:
        bus.publish("appointment.changed", [f"practice:{practice.pk}"])


def change_clinician(*, clinician: Clinician, actor: Member, at: datetime, **facts: Any) -> None:
    """Set a clinician's fields: the owner all, the clinician whether their own addresses are hidden."""
    own = actor.clinician_id == clinician.pk and set(facts) <= OWN
    if not (own or actor.may("change_settings")):
        raise NotYours
    if change(clinician, "practices.clinician.changed", actor=actor, at=at, **facts):
        bus.publish("appointment.changed", [f"practice:{clinician.practice_id}"])
