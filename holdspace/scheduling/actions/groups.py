"""The roster of a group: who has a seat in it, from one day on or for one day only."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from holdspace.clients.models import Client
from holdspace.kit.actor import Actor
from holdspace.scheduling import queries, refusals
from holdspace.scheduling.actions import roster, seats
from holdspace.scheduling.actions.series import following
from holdspace.scheduling.models import Appointment, Seat


def join(
    *,
    appointment: Appointment,
    client: Client,
    actor: Actor,
    at: datetime,
    from_now_on: bool = False,
    tell_client: bool | None = None,
) -> Seat:
    """A seat of their own in this group, and with `from_now_on` in every later occurrence of it.

    Refuses with GroupFull, AlreadyInGroup, NotAGroup or NotYourCalendar; a clash with something else of
    the client's is theirs to live with: a group doesn't move for one.
    """
    if not queries.may_change(appointment, actor):
        raise refusals.NotYourCalendar
    if not appointment.type.takes_several or client.practice_id != appointment.practice_id:
        raise refusals.NotAGroup
    with transaction.atomic():
        made = [_seat(one, client, actor, at, tell_client) for one in _meant(appointment, from_now_on)]
        if from_now_on:
            appointment.occurrence.series.clients.add(client)
    return made[0]


def leave(
    *,
    seat: Seat,
    actor: Actor,
    at: datetime,
    reason: str = "",
    from_now_on: bool = False,
    tell_client: bool | None = None,
) -> None:
    """Out of this meeting of the group, or of it and every later one; their places are free again."""
    with transaction.atomic():
        for one in _meant(seat.appointment, from_now_on):
            theirs = one.seats.filter(client=seat.client_id).select_related("appointment", "practice").first()
            if theirs and theirs.stands:
                why = reason or str(refusals.LEFT)
                seats.cancel(seat=theirs, actor=actor, at=at, reason=why, tell_client=tell_client)
        if from_now_on:
            seat.appointment.occurrence.series.clients.remove(seat.client)


def _meant(appointment: Appointment, from_now_on: bool) -> Sequence[Appointment]:
    """The appointments a change of the roster is for, the first of them the one it was made on."""
    if not from_now_on:
        return [appointment]
    here = appointment.occurrence
    return [one.appointment for one in following(here.series, here.day)]


def _seat(
    appointment: Appointment, client: Client, actor: Actor, at: datetime, tell_client: bool | None
) -> Seat:
    # Locked first: of two who take the last place at once, the second is told that it is gone.
    held = Appointment.objects.select_for_update(of=("self",)).select_related("type").get(pk=appointment.pk)
    there = [seat.client_id for seat in roster.standing(held)]
    if client.pk in there:
        raise refusals.AlreadyInGroup
    if len(there) >= held.type.places:
        raise refusals.GroupFull
    return roster.take_in(held, client, actor, at, tell_client)
