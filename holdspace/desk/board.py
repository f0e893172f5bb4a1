"""What the Today board and every page's pulse need: who waits, and the day's seats."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as said

from holdspace.kit import zones
from holdspace.kit.actor import Member
from holdspace.scheduling.models import Seat
from holdspace.scheduling.plans import LONGEST
from holdspace.telehealth import queries
from holdspace.telehealth.models import Participant


@dataclass(frozen=True)
class Waiting:
    """Someone in the waiting room, as this person may know them."""

    seat: Seat
    since: datetime
    # The way in, for who holds the session; the room admits once the clinician's own camera is there.
    room: str
    told: str = ""

    def minutes(self, at: datetime) -> int:
        return max(int((at - self.since).total_seconds() // 60), 0)


def waiting_now(actor: Member) -> list[Waiting]:
    """Who waits in the seats this person may see, longest first."""
    since = queries.waiting_seats(actor.practice_id)
    if not since:
        return []
    found = Seat.objects.visible_to(actor).filter(pk__in=since).select_related("client", "appointment")
    rooms, told = _rooms(actor), queries.told_seats(actor.practice_id)
    waiting = [
        Waiting(seat, since[seat.pk], rooms.get(seat.pk, ""), told.get(seat.pk, ""))
        for seat in found.distinct()
    ]
    return sorted(waiting, key=lambda one: one.since)


def _rooms(actor: Member) -> dict[UUID, str]:
    return {p.seat_id: room_address(p) for p in queries.waiting(actor) if p.seat_id}


def room_address(participant: Participant) -> str:
    return reverse("desk:room", args=[participant.session_id]) + f"?admit={participant.pk}"


def says_someone_waits(one: Waiting) -> str:
    """*Someone is waiting for 9:00 AM*: no name, screens are seen by others."""
    return said("Someone is waiting for %(time)s") % {"time": clock(one.seat)}


def clock(seat: Seat) -> str:
    wall = zones.wall_of(seat.appointment.starts_at, seat.appointment.time_zone)
    return f"{wall.hour % 12 or 12}:{wall:%M %p}"


def day_of(
    actor: Member, at: datetime, zone: str, *, joins_before: timedelta, led_by: UUID | None
) -> list[Seat]:
    """The seats of today in a zone, by time; only one clinician's where asked.

    Today reaches over midnight both ways: what hasn't ended yet belongs to it, and so does whoever may
    knock already, `joins_before` their time.
    """
    starts, ends = zones.day_bounds(zones.wall_of(at, zone).date(), zone)
    found = Seat.objects.visible_to(actor).filter(
        Q(appointment__starts_at__gte=starts) | Q(appointment__ends_at__gt=at),
        # The longest appointment bounds the search on the left, so that the index on starts serves.
        appointment__starts_at__gt=starts - LONGEST,
        appointment__starts_at__lt=max(ends, at + joins_before),
    )
    if led_by:
        found = found.filter(appointment__clinicians=led_by)
    found = found.select_related("client", "appointment__type").prefetch_related("appointment__clinicians")
    return list(found.order_by("appointment__starts_at", "pk").distinct())


def next_after(actor: Member, at: datetime, *, within: timedelta = timedelta(days=60)) -> Seat | None:
    """The next seat that stands after a moment, for an empty day's page."""
    found = Seat.objects.visible_to(actor).filter(
        appointment__starts_at__gt=at, appointment__starts_at__lt=at + within
    )
    found = found.exclude(
        status__in=["cancelled", "late_cancellation", "no_show", "rescheduled", "requested"]
    )
    return found.select_related("appointment").order_by("appointment__starts_at").first()
