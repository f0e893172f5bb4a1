"""Booking, editing and moving an appointment: one action each, and nobody's time is taken twice."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction

from holdspace.audit import trail
from holdspace.clients.models import Client
from holdspace.kit.actor import Actor
from holdspace.practices.models import Clinician
from holdspace.scheduling import queries, refusals
from holdspace.scheduling.actions import holds, minding, notices, roster
from holdspace.scheduling.actions.telling import tell
from holdspace.scheduling.models import Appointment, Occurrence, Seat
from holdspace.scheduling.notices.facts import facts_before
from holdspace.scheduling.plans import Plan, changes, check_span, differences, is_same, plan_of, plan_on


def book(
    *,
    plan: Plan,
    clients: Sequence[Client],
    actor: Actor,
    at: datetime,
    client_time_zone: str = "",
    status: str = "scheduled",
    anyway: bool = False,
    looking_back: bool = False,
    tell_client: bool | None = None,
) -> Appointment:
    """Agree a time: an appointment, a seat per client, a hold per clinician; or refuse and save nothing.

    `anyway` books over another appointment of a client's, time off, outside hours and in the past; over
    a clinician's appointment nobody can.  `looking_back` writes down what was agreed elsewhere: that it is
    past is no reason to ask.  `tell_client` says whether they are sent a notice, None that the practice's
    own way holds.
    """
    with transaction.atomic():
        seats = agree(plan, clients, actor, at, client_time_zone, status)
        appointment = seats[0].appointment
        if not anyway:
            minding.mind(plan, clients, appointment, at, past_too=looking_back)
        notices.due(seats, notices.BOOKED, actor=actor, at=at, wanted=tell_client)
    return appointment


def agree(
    plan: Plan,
    clients: Sequence[Client],
    actor: Actor,
    at: datetime,
    client_time_zone: str = "",
    status: str = "scheduled",
) -> list[Seat]:
    """The seats of a new appointment that holds its clinicians' time, in the caller's own transaction.

    Asks for nothing else in the way and has no client told: that is the caller's, who may agree many.
    """
    plan.check()
    if not clients:
        raise refusals.NobodyBooked
    roster.check_places(plan.type, len(clients))
    if not queries.may_book_for(actor, [clinician.pk for clinician in plan.clinicians]):
        raise refusals.NotYourCalendar
    appointment = _drawn(plan, actor, at)
    seats = [_seat(appointment, client, client_time_zone, status) for client in clients]
    stand = any(seat.stands for seat in seats)
    if stand:
        holds.ask(appointment, plan.clinicians, clients, at=at)
    _write_down(appointment, plan, seats)
    if stand:
        holds.take(appointment, plan.clinicians)
    trail.record(actor, "scheduling.appointment.booked", appointment, at=at, **plan.said())
    tell(appointment, seats)
    return seats


def edit(
    *,
    appointment: Appointment,
    plan: Plan,
    version: int,
    actor: Actor,
    at: datetime,
    joining: Sequence[Client] = (),
    leaving: Sequence[Client] = (),
    anyway: bool = False,
    tell_client: bool | None = None,
) -> None:
    """Make the appointment what the plan says, if nobody changed it since `version`; or refuse.

    Who joins gets a seat, who leaves is cancelled; to whom that has happened already nothing happens.
    """
    plan.check()
    check_may_change(appointment, plan, actor)
    with transaction.atomic():
        held = locked(appointment, version, plan)
        before = plan_of(held)
        said = changes(before, plan)
        if said:
            _write(held, plan, actor, at)
            trail.record(actor, "scheduling.appointment.edited", held, at=at, changes=said)
            _changed(held, before, actor, at, tell_client)
        joined = roster.change(held, joining, leaving, actor, at, tell_client)
        if before.type != plan.type:
            roster.check_places(plan.type, len(roster.standing(held)))
        if not anyway:
            minding.mind(plan, _clients(held), held, at, before=before, joined=joined)
    appointment.refresh_from_db()


def move(
    *,
    appointment: Appointment,
    starts_at: datetime,
    version: int,
    actor: Actor,
    at: datetime,
    length: timedelta | None = None,
    clinician: Clinician | None = None,
    anyway: bool = False,
    tell_client: bool | None = None,
) -> None:
    """Another time, and if they are given another length or another clinician; nothing else changes.

    Asks nothing if nothing conflicts.  Undoing it is moving back.
    """
    ends_at = starts_at + (length or appointment.length)
    check_span(starts_at, ends_at)
    plan = replace(plan_of(appointment), starts_at=starts_at, ends_at=ends_at)
    if clinician and len(plan.clinicians) > 1:
        raise refusals.LedTogether
    if clinician:
        plan = replace(plan, clinicians=(clinician,))
    check_may_change(appointment, plan, actor)
    with transaction.atomic():
        held = locked(appointment, version, plan)
        before = plan_of(held)
        _write(held, plan, actor, at)
        if not anyway:
            minding.mind(plan, _clients(held), held, at, before=before)
        trail.record(actor, "scheduling.appointment.moved", held, at=at, changes=changes(before, plan))
        _changed(held, before, actor, at, tell_client)
    appointment.refresh_from_db()


def check_may_change(appointment: Appointment, plan: Plan, actor: Actor) -> None:
    """Refuse whoever may not book in the appointment's calendars, or in those it would move to."""
    leads = [clinician.pk for clinician in plan.clinicians]
    if not (queries.may_change(appointment, actor) and queries.may_book_for(actor, leads)):
        raise refusals.NotYourCalendar


def _changed(held: Appointment, before: Plan, actor: Actor, at: datetime, wanted: bool | None) -> None:
    """Open pages look again at once, and the clients hear of it when it is kept."""
    seats = list(held.seats.all())
    notices.due(seats, notices.MOVED, actor=actor, at=at, wanted=wanted, before=facts_before(before))
    tell(held, seats)


def _drawn(plan: Plan, actor: Actor, at: datetime) -> Appointment:
    who = {"created_by": actor.id, "changed_by": actor.id, "created_at": at, "changed_at": at}
    return Appointment(practice=plan.type.practice, **plan.columns(), **who)


def _seat(appointment: Appointment, client: Client, zone: str, status: str) -> Seat:
    return Seat(
        practice=appointment.practice,
        appointment=appointment,
        client=client,
        status=status,
        client_time_zone=zone or client.time_zone,
    )


def _write_down(appointment: Appointment, plan: Plan, seats: Sequence[Seat]) -> None:
    appointment.save(force_insert=True)
    appointment.clinicians.add(*plan.clinicians)
    for seat in seats:
        seat.save(force_insert=True)


def locked(appointment: Appointment, version: int, plan: Plan) -> Appointment:
    """The row as it is now, ours until the commit; refuses if it is no longer the version we began from."""
    held = Appointment.objects.select_for_update(of=("self",)).get(pk=appointment.pk)
    if held.version != version:
        raise refusals.ChangedMeanwhile(holds.name_of(held.changed_by), differences(plan_of(held), plan))
    return held


def _write(held: Appointment, plan: Plan, actor: Actor, at: datetime) -> None:
    for name, value in plan.columns().items():
        setattr(held, name, value)
    held.version += 1
    held.changed_by, held.changed_at = actor.id, at
    held.save()
    held.clinicians.set(plan.clinicians)
    _mark_its_own_way(held, plan)
    holds.settle(held, at=at)


def _clients(appointment: Appointment) -> list[Client]:
    return [seat.client for seat in roster.standing(appointment)]


def _mark_its_own_way(held: Appointment, plan: Plan) -> None:
    """One of a series that isn't what its rule says: a change of the others leaves it as it is.

    Moved back, it belongs to them again.
    """
    here = Occurrence.objects.filter(appointment=held).select_related("series__type", "series__site").first()
    if here is not None:
        here.changed_alone = not is_same(plan, plan_on(here.series, here.day))
        here.save(update_fields=["changed_alone"])
