"""Clients who come together: of a couple or a family all have to agree, of a group each for themselves."""

from dataclasses import dataclass
from datetime import datetime

from holdspace.consents.queries import in_the_way
from holdspace.scheduling.models import Seat


@dataclass(frozen=True)
class Partner:
    """Somebody else in the same appointment, and whether all is agreed that has to be."""

    seat: Seat
    agreed: bool


def partners(seat: Seat, *, at: datetime) -> list[Partner]:
    """Who else has to agree before this seat's session; one question where there is nobody, else more."""
    appointment = seat.appointment
    others = appointment.seats.exclude(pk=seat.pk)
    # Nearly always nobody, and Admit waits for the answer: they are fetched only where there are any.
    if appointment.type.is_group or not others.exists():
        return []
    others = others.select_related("client", "practice", "appointment__type")
    others = others.order_by("client__first_name", "pk")
    return [Partner(one, not in_the_way(one, at=at)) for one in others if one.stands]


def waits_for(seat: Seat, *, at: datetime) -> bool:
    """Whether somebody else in the appointment still has to agree."""
    return any(not one.agreed for one in partners(seat, at=at))
