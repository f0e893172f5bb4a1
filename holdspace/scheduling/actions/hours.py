"""Hours: when a clinician, or the practice, may be booked; by the week or on a single day."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from holdspace.audit import trail
from holdspace.kit.actor import Actor
from holdspace.kit.refusals import NotYours
from holdspace.live import bus
from holdspace.practices.models import Clinician, Practice, Site
from holdspace.scheduling import refusals
from holdspace.scheduling.models import Hours
from holdspace.scheduling.models.availability import may_change_hours
from holdspace.scheduling.plans import YEARS
from holdspace.scheduling.words import hours_span

MIDNIGHT = 24 * 60


def add_hours(
    *,
    practice: Practice,
    clinician: Clinician | None,
    starts: int,
    ends: int,
    actor: Actor,
    at: datetime,
    weekdays: Sequence[int] = (),
    day: date | None = None,
    contact_types: Collection[str] = (),
    site: Site | None = None,
) -> list[Hours]:
    """Hours on each of these weekdays, or on one single day; all of them, or refused."""
    _check(actor, clinician)
    if bool(weekdays) == bool(day) or not set(weekdays) <= set(range(7)):
        raise refusals.NoDayChosen
    if day and day.year not in YEARS:
        raise refusals.BeyondTheCalendar
    facts: dict[str, Any] = {"practice": practice, "clinician": clinician, "starts": starts, "ends": ends}
    facts |= {"contact_types": sorted(contact_types), "site": site}
    with transaction.atomic():
        _lock(practice)
        made = [Hours(weekday=weekday, **facts) for weekday in weekdays] or [Hours(day=day, **facts)]
        for row in made:
            _save(row)
            trail.record(actor, "scheduling.hours.added", row, at=at, hours=hours_span(row))
    _tell(practice)
    return made


def change_hours(
    *,
    hours: Hours,
    starts: int,
    ends: int,
    actor: Actor,
    at: datetime,
    contact_types: Collection[str] = (),
    site: Site | None = None,
) -> None:
    """Other times, contact types or another site on the same day."""
    _check(actor, hours.clinician)
    before = hours_span(hours)
    with transaction.atomic():
        _lock(hours.practice)
        hours.starts, hours.ends = starts, ends
        hours.contact_types, hours.site = sorted(contact_types), site
        _save(hours)
        changes = {"hours": [before, hours_span(hours)]}
        trail.record(actor, "scheduling.hours.changed", hours, at=at, changes=changes)
    _tell(hours.practice)


def remove_hours(*, hours: Hours, actor: Actor, at: datetime) -> None:
    """Gone; what is booked already stays booked."""
    _check(actor, hours.clinician)
    with transaction.atomic():
        trail.record(actor, "scheduling.hours.removed", hours, at=at, hours=hours_span(hours))
        hours.delete()
    _tell(hours.practice)


def _check(actor: Actor, clinician: Clinician | None) -> None:
    if not may_change_hours(actor, clinician):
        raise NotYours


def _lock(practice: Practice) -> None:
    """Two who add at once are asked one after the other, so that neither misses the other's row."""
    Practice.objects.select_for_update().get(pk=practice.pk)


def _save(row: Hours) -> None:
    if not 0 <= row.starts < row.ends <= MIDNIGHT:
        raise refusals.HoursEndBeforeStart
    same = Hours.objects.filter(
        practice=row.practice, clinician=row.clinician, weekday=row.weekday, day=row.day
    )
    near = same.filter(starts__lt=row.ends, ends__gt=row.starts).exclude(pk=row.pk)
    if other := next((one for one in near if _for_the_same(one, row)), None):
        said = {"hours": hours_span(other)}
        raise refusals.HoursOverlap(
            _("There are hours at that time already: %(hours)s. Change or remove those first.") % said
        )
    row.save()


def _for_the_same(one: Hours, other: Hours) -> bool:
    """Hours side by side are fine where they are for different contact types or sites."""
    ways = not (one.contact_types and other.contact_types)
    ways = ways or bool(set(one.contact_types) & set(other.contact_types))
    return ways and (not (one.site_id and other.site_id) or one.site_id == other.site_id)


def _tell(practice: Practice) -> None:
    bus.publish("appointment.changed", [f"practice:{practice.pk}"])
