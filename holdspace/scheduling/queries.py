"""Questions about the calendar: what is in a range, who is busy, what is free nearby."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Prefetch

from holdspace.clients.models import Client
from holdspace.kit import zones
from holdspace.kit.actor import Actor, Member, System
from holdspace.practices.models import Clinician
from holdspace.scheduling.models import Appointment, Hold, Seat
from holdspace.scheduling.models.seats import NOT_HELD
from holdspace.scheduling.plans import LONGEST

if TYPE_CHECKING:
    from holdspace.scheduling.models.appointments import AppointmentQuerySet

STEP, DAYS_AHEAD = timedelta(minutes=30), 7


def between(actor: Actor, starts: datetime, ends: datetime) -> AppointmentQuerySet:
    """The appointments this actor may see that touch [starts, ends), with all that a tile shows.

    Four queries however many there are: appointments, their clinicians, seats and clients.
    """
    # The longest appointment bounds the search on the left, so that the index on starts serves.
    found = Appointment.objects.visible_to(actor).filter(
        starts_at__gt=starts - LONGEST, starts_at__lt=ends, ends_at__gt=starts
    )
    seats = Seat.objects.select_related("client").order_by("pk")
    found = found.select_related("type", "site").defer("notes")
    return found.prefetch_related("clinicians", Prefetch("seats", seats)).order_by("starts_at", "pk")


def may_change(appointment: Appointment, actor: Actor) -> bool:
    """Whether the actor may book, move and cancel in all of the appointment's calendars."""
    return may_book_for(actor, [clinician.pk for clinician in appointment.clinicians.all()])


def may_book_for(actor: Actor, clinicians: Collection[UUID]) -> bool:
    """A clinician books where they are one of those who lead; the front desk for everyone."""
    match actor:
        case Member():
            return actor.may("book_for_everyone") or (actor.may("book") and actor.clinician_id in clinicians)
        case System():
            return True
        case _:
            return False


def hold_in_the_way(clinicians: Iterable[Clinician], starts_at: datetime, ends_at: datetime) -> Hold | None:
    """The first hold of any of these clinicians that overlaps [starts_at, ends_at)."""
    found = Hold.objects.filter(clinician__in=list(clinicians), starts_at__lt=ends_at, ends_at__gt=starts_at)
    return found.select_related("clinician", "appointment").order_by("starts_at").first()


def clients_other(
    clients: Iterable[Client], starts_at: datetime, ends_at: datetime, *, but: UUID | None = None
) -> Seat | None:
    """A standing seat of one of these clients in another appointment at that time."""
    found = Seat.objects.filter(
        client__in=list(clients), appointment__starts_at__lt=ends_at, appointment__ends_at__gt=starts_at
    ).exclude(status__in=[*NOT_HELD, "requested"])
    found = found.exclude(appointment=but) if but else found
    return found.select_related("appointment", "client").order_by("appointment__starts_at").first()


def free_near(
    clinicians: Sequence[Clinician],
    starts_at: datetime,
    length: timedelta,
    *,
    zone: str,
    at: datetime,
    clients: Sequence[Client] = (),
) -> list[datetime]:
    """Two starts near the wanted one at which everybody is free: the next, and the first on a later day.

    Within the practice's working hours, Monday to Friday, in the zone that people look at.
    """
    after = max(starts_at, at)
    taken = _taken(clinicians, clients, after, after + timedelta(days=DAYS_AHEAD + 1))
    day_starts, day_ends = _hours(clinicians)
    first: datetime | None = None
    for start in _starts(after, zone, day_starts, day_ends, length):
        if any(begin < start + length and end > start for begin, end in taken):
            continue
        if first is None:
            first = start
        elif zones.wall_of(start, zone).date() > zones.wall_of(first, zone).date():
            return [first, start]
    return [first] if first else []


def _hours(clinicians: Sequence[Clinician]) -> tuple[int, int]:
    practice = clinicians[0].practice
    return practice.day_starts, practice.day_ends


def _starts(
    after: datetime, zone: str, day_starts: int, day_ends: int, length: timedelta
) -> Iterator[datetime]:
    """Every half hour of working days after a moment, in the zone's wall time."""
    first_day = zones.wall_of(after, zone).date()
    for ahead in range(DAYS_AHEAD + 1):
        day = first_day + timedelta(days=ahead)
        wall, last = datetime.combine(day, time(day_starts)), datetime.combine(day, time(day_ends % 24))
        last += timedelta(days=1) if day_ends == 24 else timedelta()
        while day.weekday() < 5 and wall + length <= last:
            if zones.exists(wall, zone) and zones.instant(wall, zone) > after:
                yield zones.instant(wall, zone)
            wall += STEP


def _taken(
    clinicians: Sequence[Clinician], clients: Sequence[Client], starts: datetime, ends: datetime
) -> list[tuple[datetime, datetime]]:
    holds = Hold.objects.filter(clinician__in=clinicians, starts_at__lt=ends, ends_at__gt=starts)
    taken = list(holds.values_list("starts_at", "ends_at"))
    if clients:
        seats = Seat.objects.filter(
            client__in=clients, appointment__starts_at__lt=ends, appointment__ends_at__gt=starts
        )
        seats = seats.exclude(status__in=[*NOT_HELD, "requested"])
        taken += seats.values_list("appointment__starts_at", "appointment__ends_at")
    return taken
