"""Time off: a clinician is away or has blocked a time, or the practice is closed."""

from datetime import datetime

from django.db import transaction

from holdspace.audit import trail
from holdspace.kit.actor import Actor
from holdspace.kit.refusals import NotYours
from holdspace.live import bus
from holdspace.practices.models import Clinician, Practice
from holdspace.scheduling import refusals
from holdspace.scheduling.availability import LONGEST_OFF
from holdspace.scheduling.models import TimeOff
from holdspace.scheduling.models.availability import may_change_hours
from holdspace.scheduling.plans import YEARS
from holdspace.scheduling.words import days_span


def add_time_off(
    *,
    practice: Practice,
    clinician: Clinician | None,
    starts_at: datetime,
    ends_at: datetime,
    time_zone: str,
    actor: Actor,
    at: datetime,
    kind: str = TimeOff.Kind.AWAY,
    label: str = "",
) -> TimeOff:
    """Nobody is booked in [starts_at, ends_at) unless somebody insists; what is booked stays."""
    off = TimeOff(practice=practice, clinician=clinician, created_by=actor.id, created_at=at)
    _check(actor, clinician)
    with transaction.atomic():
        _write(off, starts_at, ends_at, time_zone, kind, label)
        trail.record(actor, "scheduling.time_off.added", off, at=at, time=_said(off))
    _tell(off)
    return off


def change_time_off(
    *,
    off: TimeOff,
    starts_at: datetime,
    ends_at: datetime,
    time_zone: str,
    actor: Actor,
    at: datetime,
    kind: str = TimeOff.Kind.AWAY,
    label: str = "",
) -> None:
    """Another time, another reason, or both."""
    _check(actor, off.clinician)
    before = _said(off)
    with transaction.atomic():
        _write(off, starts_at, ends_at, time_zone, kind, label)
        changes = {"time": [before, _said(off)]}
        trail.record(actor, "scheduling.time_off.changed", off, at=at, changes=changes)
    _tell(off)


def remove_time_off(*, off: TimeOff, actor: Actor, at: datetime) -> None:
    """They are there after all."""
    _check(actor, off.clinician)
    with transaction.atomic():
        trail.record(actor, "scheduling.time_off.removed", off, at=at, time=_said(off))
        off.delete()
    _tell(off)


def _check(actor: Actor, clinician: Clinician | None) -> None:
    if not may_change_hours(actor, clinician):
        raise NotYours


def _write(
    off: TimeOff, starts_at: datetime, ends_at: datetime, time_zone: str, kind: str, label: str
) -> None:
    if starts_at.year not in YEARS or ends_at.year not in YEARS:
        raise refusals.BeyondTheCalendar
    if ends_at <= starts_at:
        raise refusals.TimeOffEndsBeforeStart
    if ends_at - starts_at >= LONGEST_OFF:
        raise refusals.TimeOffTooLong
    off.starts_at, off.ends_at, off.time_zone = starts_at, ends_at, time_zone
    # The practice as a whole is closed, never away.
    off.kind = kind if off.clinician else TimeOff.Kind.CLOSED
    off.label = label.strip()[:60]
    off.save()


def _said(off: TimeOff) -> str:
    """When, for the trail; the label is for colleagues and stays out."""
    return days_span(off.starts_at, off.ends_at, off.time_zone)


def _tell(off: TimeOff) -> None:
    bus.publish("appointment.changed", [f"practice:{off.practice_id}"])
