"""Changing a repeating appointment: *this and following*, or *all* that is still to come.

Occurrences keep their seats, statuses, consents and messages and take the new days in turn; those
that were changed alone stay as they are, and so does everything before.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from holdspace.audit import trail
from holdspace.clients.models import Client
from holdspace.kit import zones
from holdspace.kit.actor import Actor
from holdspace.scheduling.actions import appointments, holds, seats
from holdspace.scheduling.actions.series import (
    agree_days,
    describe,
    end_before,
    first_to_come,
    following,
    how_it_ends,
    leave_out,
    made,
)
from holdspace.scheduling.choices import Choices, is_skipped, settled
from holdspace.scheduling.coming import Coming, coming, days_of
from holdspace.scheduling.models import Appointment, Hold, Occurrence, Series
from holdspace.scheduling.plans import Plan, plan_of
from holdspace.scheduling.recurrence import Repeat


@dataclass(frozen=True)
class Change:
    """What a series is to be from a day on, and what was decided about days that clash."""

    plan: Plan
    repeat: Repeat
    choices: Choices
    actor: Actor
    at: datetime
    joining: Sequence[Client] = ()
    leaving: Sequence[Client] = ()
    tell_client: bool | None = None


def change_from(
    *,
    appointment: Appointment,
    plan: Plan,
    repeat: Repeat,
    version: int,
    actor: Actor,
    at: datetime,
    choices: Choices | None = None,
    joining: Sequence[Client] = (),
    leaving: Sequence[Client] = (),
    tell_client: bool | None = None,
) -> Series:
    """*This and following*: from this occurrence on the series is what plan and repeat say."""
    plan.check()
    appointments.check_may_change(appointment, plan, actor)
    with transaction.atomic():
        here = appointments.locked(appointment, version, plan).occurrence
        return _change(here, Change(plan, repeat, choices or {}, actor, at, joining, leaving, tell_client))


def change_all(
    *,
    appointment: Appointment,
    plan: Plan,
    repeat: Repeat,
    version: int,
    actor: Actor,
    at: datetime,
    choices: Choices | None = None,
    joining: Sequence[Client] = (),
    leaving: Sequence[Client] = (),
    tell_client: bool | None = None,
) -> Series:
    """*All*: what took place keeps its time; everything that is still to come is changed.

    Of those that were changed alone, the one that this was said of becomes what the plan says.
    """
    plan.check()
    appointments.check_may_change(appointment, plan, actor)
    with transaction.atomic():
        held = appointments.locked(appointment, version, plan)
        first = first_to_come(held.occurrence.series, at) or held
        new = _from(first, held, plan)
        change = Change(new, repeat, choices or {}, actor, at, joining, leaving, tell_client)
        series = _change(first.occurrence, change)
        if held.occurrence.changed_alone and held != first:
            _become(held, plan, change)
    return series


def _change(here: Occurrence, change: Change) -> Series:
    old, day = here.series, here.day
    rest = following(old, day)
    kept = [one for one in rest if one.changed_alone and one.pk != here.pk]
    # A day that somebody left out stays left out, where the new rule still has it.
    skipped = [one for one in old.skipped if one >= day.isoformat()]
    series = _continued(old, day, change)
    series.skipped = skipped
    series.clients.add(*change.joining)
    series.clients.remove(*change.leaving)
    Occurrence.objects.filter(pk__in=[one.pk for one in kept]).update(series=series)
    _take_turns(series, [one for one in rest if one not in kept], {one.day for one in kept}, change)
    for one in kept:
        _become(one.appointment, plan_of(one.appointment), change)
    said = change.plan.said() | how_it_ends(change.repeat)
    trail.record(
        change.actor, "scheduling.series.changed", series, at=change.at, rule=change.repeat.rule, **said
    )
    return series


def _continued(old: Series, day: date, change: Change) -> Series:
    """The series that goes on from `day`: the same one where nothing came before, else a new one."""
    if not old.occurrences.filter(day__lt=day).exists():
        describe(old, change.plan, change.repeat, change.at)
        old.save()
        old.clinicians.set(change.plan.clinicians)
        return old
    clients = list(old.clients.all())
    fresh = made(change.plan, change.repeat, clients, old.client_time_zone, change.actor, change.at)
    fresh.continues = old
    fresh.save(update_fields=["continues"])
    end_before(old, day)
    return fresh


def _take_turns(series: Series, rows: Sequence[Occurrence], kept: set[date], change: Change) -> None:
    """Rows take the new days in turn; days left over are booked, rows left over are called off."""
    theirs = [row.appointment_id for row in rows]
    # All at once: an occurrence may move to where the next one still is.
    Hold.objects.filter(appointment__in=theirs).delete()
    left = {day.isoformat() for day in kept} | set(series.skipped)
    days = [day for day in days_of(change.plan, change.repeat, change.at) if day.isoformat() not in left]
    clients, starts = list(series.clients.all()), {row.appointment.starts_at for row in rows}
    found = coming(change.plan, days, clients, at=change.at, but=theirs, kept=starts)
    wanted = settled(change.plan, found, clients, change.choices, at=change.at, but=theirs)
    Occurrence.objects.filter(pk__in=theirs).delete()
    leave_out(series, *(one.day for one in found if is_skipped(one, change.choices)))
    for row, one in zip(rows, wanted, strict=False):
        _take_day(series, row.appointment, one, change)
    more = wanted[len(rows) :]
    agree_days(series, change.plan, clients, more, change.actor, change.at, change.tell_client)
    for row in rows[len(wanted) :]:
        _call_off(row.appointment, change)
    series.save(update_fields=["skipped"])


def _take_day(series: Series, appointment: Appointment, one: Coming, change: Change) -> None:
    wanted = replace(change.plan, starts_at=one.starts_at, ends_at=one.ends_at)
    if plan_of(appointment) == wanted:
        holds.settle(appointment, at=change.at)
    _become(appointment, wanted, change)
    Occurrence.objects.create(appointment=appointment, series=series, day=one.day, changed_alone=one.moved)


def _become(appointment: Appointment, plan: Plan, change: Change) -> None:
    """What clashes was decided before, day by day; who joins or leaves does so in every one of them."""
    appointments.edit(
        appointment=appointment,
        plan=plan,
        version=appointment.version,
        actor=change.actor,
        at=change.at,
        joining=change.joining,
        leaving=change.leaving,
        anyway=True,
        tell_client=change.tell_client,
    )


def _call_off(appointment: Appointment, change: Change) -> None:
    for seat in appointment.seats.select_related("appointment", "practice"):
        if seat.stands:
            seats.cancel(seat=seat, actor=change.actor, at=change.at, tell_client=change.tell_client)


def _from(first: Appointment, edited: Appointment, plan: Plan) -> Plan:
    """The plan for the first one to come, moved as far on the wall as the edited one was."""
    zone = plan.time_zone
    apart = _wall(plan.starts_at, zone) - _wall(edited.starts_at, zone)
    starts_at = zones.instant(_wall(first.starts_at, zone) + apart, zone)
    return replace(plan, starts_at=starts_at, ends_at=starts_at + (plan.ends_at - plan.starts_at))


def _wall(moment: datetime, zone: str) -> datetime:
    return zones.wall_of(moment, zone).replace(tzinfo=None)
