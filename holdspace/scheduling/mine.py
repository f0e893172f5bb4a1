"""A client's own appointments that are still to come."""

from datetime import datetime

from holdspace.clients.models import Client
from holdspace.kit.actor import Actor
from holdspace.scheduling.links import GRACE
from holdspace.scheduling.models import Seat
from holdspace.scheduling.models.seats import NOT_HELD, SeatQuerySet, SeatStatus

MOST = 12


def coming(actor: Actor, *, at: datetime) -> list[Seat]:
    """What stands and isn't over, the soonest first.  Two queries.

    An appointment that has just ended is still among them: what dropped may be resumed.
    """
    return _coming(Seat.objects.visible_to(actor), at)


def coming_of(client: Client, *, at: datetime) -> list[Seat]:
    """The same, for what is done on a client's behalf, like telling those who lead them."""
    return _coming(Seat.objects.filter(client=client), at)


def _coming(seats: SeatQuerySet, at: datetime) -> list[Seat]:
    stands = seats.exclude(status__in=[*NOT_HELD, SeatStatus.REQUESTED])
    found = stands.filter(appointment__ends_at__gt=at - GRACE).order_by("appointment__starts_at", "pk")
    found = found.select_related("practice", "appointment", "client")
    return list(found.prefetch_related("appointment__clinicians")[:MOST])
