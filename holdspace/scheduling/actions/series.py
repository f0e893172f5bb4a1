"""Booking a repeating appointment, and ending it from a day on.

Every occurrence is an ordinary appointment, made and held as one; a series only says what the next
one will be.  All of a series' days are agreed in one transaction, or none is.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db import transaction

from holdspace.audit import trail
from holdspace.clients.models import Client
from holdspace.kit import zones
from holdspace.kit.actor import Actor
from holdspace.scheduling import queries, refusals
from holdspace.scheduling.actions import appointments, notices, seats
from holdspace.scheduling.actions.meanwhile import Seen, locked
from holdspace.scheduling.choices import Choices, is_skipped, settled
from holdspace.scheduling.coming import Coming, coming, days_of, horizon
from holdspace.scheduling.models import Appointment, Occurrence, Seat, SeatStatus, Series
from holdspace.scheduling.plans import Plan, plan_on
from holdspace.scheduling.recurrence import Repeat, carried, checked


def book_series(
    *,
    plan: Plan,
    repeat: Repeat,
    clients: Sequence[Client],
    actor: Actor,
    at: datetime,
    client_time_zone: str = "",
    choices: Choices | None = None,
    tell_client: bool | None = None,
) -> Series:
    """Agree every day, twelve months ahead; refuses with SeriesClashes while a day is undecided."""
    plan.check()
    if not queries.may_book_for(actor, [clinician.pk for clinician in plan.clinicians]):
        raise refusals.NotYourCalendar
    with transaction.atomic():
        series = made(plan, repeat, clients, client_time_zone, actor, at)
        found = coming(plan, days_of(plan, repeat, at), clients, at=at)
        _book_days(series, plan, found, choices or {}, actor, at, tell_client)
        trail.record(
            actor,
            "scheduling.series.booked",
            series,
            at=at,
            **plan.said(),
            rule=repeat.rule,
            **how_it_ends(repeat),
        )
    return series


def cancel_from(
    *,
    appointment: Appointment,
    actor: Actor,
    at: datetime,
    reason: str = "",
    tell_client: bool | None = None,
    seen: Seen | None = None,
) -> int:
    """*This and following* are called off, and the series ends the day before; how many were."""
    with transaction.atomic():
        here = _locked(appointment, seen)
        rest = following(here.series, here.day)
        end_before(here.series, here.day)
        for one in rest:
            for seat in one.appointment.seats.select_related("appointment", "practice"):
                if seat.stands:
                    seats.cancel(seat=seat, actor=actor, at=at, reason=reason, tell_client=tell_client)
        trail.record(actor, "scheduling.series.ended", here.series, at=at, day=here.day.isoformat())
    return len(rest)


def cancel_all(
    *,
    appointment: Appointment,
    actor: Actor,
    at: datetime,
    reason: str = "",
    tell_client: bool | None = None,
    seen: Seen | None = None,
) -> int:
    """*All* that is still to come; what took place stays."""
    with transaction.atomic():
        here = _locked(appointment, seen)
        first = first_to_come(here.series, at) or here.appointment
        return cancel_from(appointment=first, actor=actor, at=at, reason=reason, tell_client=tell_client)


def repeat_of(series: Series) -> Repeat:
    return Repeat(series.rule, series.times, series.last_day)


def rest_of(occurrence: Occurrence, plan: Plan, *, from_now: bool, at: datetime) -> Repeat:
    """What is left of the series from this occurrence (or the first to come) on, where the plan starts."""
    series = occurrence.series
    # One that was moved before counts from the day the rule meant: it is where the rest is to follow.
    first = began = occurrence.day
    if from_now:
        coming_first = first_to_come(series, at)
        first = coming_first.occurrence.day if coming_first else first
        began = _day_of(occurrence.appointment.starts_at, plan.time_zone)
    shift = _day_of(plan.starts_at, plan.time_zone) - began
    old, new = datetime.combine(first, series.wall_time), datetime.combine(first + shift, series.wall_time)
    rule = carried(series.rule, old, new)
    gone = len(repeat_of(series).between(first_wall(series), series.first_day, first))
    times = max(series.times - gone, 1) if series.times else None
    last_day = max(series.last_day, new.date()) if series.last_day else None
    return checked(rule, new, times=times, last_day=last_day)


def plan_for(series: Series) -> Plan:
    """The plan of the series' first day; its length and wall time are every occurrence's."""
    return plan_on(series, series.first_day)


def first_to_come(series: Series, at: datetime) -> Appointment | None:
    """The first occurrence that hasn't begun."""
    found = Appointment.objects.filter(occurrence__series=series, starts_at__gte=at)
    return found.order_by("starts_at").first()


# How they do it


def made(
    plan: Plan, repeat: Repeat, clients: Sequence[Client], client_zone: str, actor: Actor, at: datetime
) -> Series:
    series = Series(
        practice=plan.type.practice, client_time_zone=client_zone, created_by=actor.id, created_at=at
    )
    describe(series, plan, repeat, at)
    series.save()
    series.clinicians.set(plan.clinicians)
    series.clients.set(clients)
    return series


def describe(series: Series, plan: Plan, repeat: Repeat, at: datetime) -> None:
    wall = zones.wall_of(plan.starts_at, plan.time_zone)
    series.rule, series.times, series.last_day = repeat.rule, repeat.times, repeat.last_day
    series.first_day, series.wall_time, series.time_zone = wall.date(), wall.time(), plan.time_zone
    series.type, series.contact_type, series.site = plan.type, plan.contact_type, plan.site
    series.minutes = int((plan.ends_at - plan.starts_at).total_seconds() // 60)
    series.notes, series.skipped = plan.notes, []
    series.made_until = horizon(plan.starts_at, at)


def _book_days(
    series: Series,
    plan: Plan,
    found: Sequence[Coming],
    choices: Choices,
    actor: Actor,
    at: datetime,
    tell_client: bool | None,
) -> None:
    clients = list(series.clients.all())
    wanted = settled(plan, found, clients, choices, at=at)
    if not wanted:
        raise refusals.NoDayLeft
    leave_out(series, *(one.day for one in found if is_skipped(one, choices)))
    agree_days(series, plan, clients, wanted, actor, at, tell_client)
    series.save(update_fields=["skipped"])


def agree_days(
    series: Series,
    plan: Plan,
    clients: Sequence[Client],
    days: Sequence[Coming],
    actor: Actor,
    at: datetime,
    tell_client: bool | None,
) -> None:
    """All of these days; then their clients are told, or not, of all at once."""
    new = [seat for one in days for seat in agree_one(series, plan, clients, one, actor, at)]
    notices.due(new, notices.BOOKED, actor=actor, at=at, wanted=tell_client)


def agree_one(
    series: Series, plan: Plan, clients: Sequence[Client], one: Coming, actor: Actor, at: datetime
) -> list[Seat]:
    """A day whose clashes were looked for before, with all others; only a clinician's time is asked again."""
    here = replace(plan, starts_at=one.starts_at, ends_at=one.ends_at)
    new = appointments.agree(here, clients, actor, at, series.client_time_zone)
    Occurrence.objects.create(
        appointment=new[0].appointment, series=series, day=one.day, changed_alone=one.moved
    )
    return new


def _locked(appointment: Appointment, seen: Seen | None) -> Occurrence:
    """Ours until the commit, the series first: of two who call all of it off, the second waits here."""
    series = Series.objects.select_for_update(of=("self",)).get(occurrences__appointment=appointment)
    return Occurrence.objects.get(series=series, appointment=locked(appointment, seen, SeatStatus.CANCELLED))


def end_before(series: Series, day: date) -> None:
    Series.objects.filter(pk=series.pk).update(times=None, last_day=day - timedelta(days=1))


def following(series: Series, day: date) -> Sequence[Occurrence]:
    found = series.occurrences.filter(day__gte=day).select_related("appointment__type__practice")
    return list(found.order_by("day"))


def leave_out(series: Series, *days: date) -> None:
    series.skipped = sorted({*series.skipped, *(day.isoformat() for day in days)})


def _day_of(moment: datetime, zone: str) -> date:
    return zones.wall_of(moment, zone).date()


def first_wall(series: Series) -> datetime:
    return datetime.combine(series.first_day, series.wall_time)


def how_it_ends(repeat: Repeat) -> dict[str, str]:
    last = repeat.last_day.isoformat() if repeat.last_day else ""
    return {"times": str(repeat.times or ""), "last_day": last}
