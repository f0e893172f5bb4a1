"""Who has a seat in an appointment: how many fit, who comes in, who goes out.

Every function runs inside the transaction that changes the appointment, with its row locked.
"""

from collections.abc import Sequence
from datetime import datetime

from holdspace.audit import trail
from holdspace.clients.models import Client
from holdspace.kit.actor import Actor
from holdspace.live import bus
from holdspace.scheduling import refusals
from holdspace.scheduling.actions import holds, notices, seats
from holdspace.scheduling.actions.telling import tell
from holdspace.scheduling.models import Appointment, AppointmentType, Seat


def check_places(kind: AppointmentType, many: int) -> None:
    """Refuse more clients than an appointment of this type has places for."""
    if many > kind.places:
        raise refusals.TooManyClients(kind.name, kind.places)


def standing(appointment: Appointment) -> list[Seat]:
    return [seat for seat in appointment.seats.select_related("client") if seat.stands]


def change(
    held: Appointment,
    joining: Sequence[Client],
    leaving: Sequence[Client],
    actor: Actor,
    at: datetime,
    tell_client: bool | None = None,
) -> list[Client]:
    """Some come in, some go out; who really came in.  Somebody stays, and everybody fits."""
    there = {seat.client_id: seat for seat in standing(held)}
    out = [there[client.pk] for client in leaving if client.pk in there]
    fresh = [client for client in joining if client.pk not in there]
    if leaving and len(there) - len(out) + len(fresh) < 1:
        raise refusals.NobodyBooked
    if fresh:
        check_places(held.type, len(there) - len(out) + len(fresh))
    # In first: a moment with nobody in it would give the clinicians' time away.
    for client in fresh:
        take_in(held, client, actor, at, tell_client)
    for seat in out:
        seats.cancel(seat=seat, actor=actor, at=at, tell_client=tell_client)
    return fresh


def take_in(
    held: Appointment, client: Client, actor: Actor, at: datetime, tell_client: bool | None = None
) -> Seat:
    """A seat of their own; whoever was in it before gets theirs back, with its link and its history."""
    known = held.seats.filter(client=client).select_related("practice").first()
    if known:
        why = str(refusals.CAME_BACK)
        seats.set_status(
            seat=known, status="scheduled", actor=actor, at=at, reason=why, tell_client=tell_client
        )
        return known
    seat = Seat.objects.create(
        practice_id=held.practice_id,
        appointment=held,
        client=client,
        status="scheduled",
        client_time_zone=client.time_zone,
    )
    holds.settle(held, at=at)
    trail.record(actor, "scheduling.seat.joined", seat, at=at)
    notices.due([seat], notices.BOOKED, actor=actor, at=at, wanted=tell_client)
    tell(held, [seat])
    bus.publish("seat.changed", seat.topics, seat=seat.pk)
    return seat
