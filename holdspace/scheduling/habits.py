"""What a client usually comes for: a suggestion for the next time, never a rule."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from holdspace.kit.actor import Actor
from holdspace.scheduling.models import Seat
from holdspace.scheduling.models.seats import NOT_HELD


@dataclass(frozen=True)
class Habit:
    """With whom, for what and how somebody was booked last."""

    clinician: UUID
    type: UUID
    contact_type: str

    @property
    def said(self) -> dict[str, str]:
        """As the fields of a form."""
        return {
            "clinician": str(self.clinician),
            "type": str(self.type),
            "contact_type": self.contact_type,
        }


def habits_of(actor: Actor, clients: Collection[UUID]) -> dict[UUID, Habit]:
    """Of each client's latest appointment, no group's, as far as this actor may see; one query."""
    if not clients:
        return {}
    seats = Seat.objects.visible_to(actor).filter(
        client__in=clients, appointment__type__is_group=False, appointment__clinicians__active=True
    )
    seats = seats.exclude(status__in=NOT_HELD).order_by("appointment__starts_at")
    told = seats.values_list(
        "client", "appointment__clinicians", "appointment__type", "appointment__contact_type"
    )
    # The latest stands last, and so it is the one that is kept.
    return {client: Habit(clinician, kind, way) for client, clinician, kind, way in told}
