"""A lost link: which one somebody means who types their number or e-mail address.

Their own, or that of a client for whom they decide.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from holdspace.clients.models import Guardianship, Tie
from holdspace.kit.fields import keyed_index
from holdspace.practices.models import Practice
from holdspace.scheduling.links import GRACE
from holdspace.scheduling.models import Seat, SeatStatus
from holdspace.scheduling.models.seats import NOT_HELD
from holdspace.telehealth.turns import in_turn

# Enough for a family; a home whose residents share one telephone is looked at no further ahead.
MOST = 100


@dataclass(frozen=True)
class Meant:
    """A seat, and to whom its link may go: the client (None) before whoever decides for them."""

    seat: Seat
    to: tuple[Tie | None, ...]


def meant_by(practice: Practice, said: str, *, at: datetime) -> Meant | None:
    """The appointment by video that is on or comes next, for this number (E.164) or e-mail address.

    One that has occurred or ended only if there is no other.  Three queries at most.
    """
    column, index = _index(said)
    ties = _deciding(practice, column, index)
    found = Q(**{f"client__{column}": index}) | Q(client__in={tie.client_id for tie in ties})
    meant = [_meant(turn.seat, column, index, ties) for turn in in_turn(_seats(practice, found, at), at=at)]
    return next((one for one in meant if one.to), None)


def _index(said: str) -> tuple[str, str]:
    """The column by which people are found by this, and what stands in it."""
    if said.startswith("+"):
        return "phone_index", keyed_index("phone", said)
    return "email_index", keyed_index("email", said.lower())


def _deciding(practice: Practice, column: str, index: str) -> list[Tie]:
    """What contacts with this number or address are to clients for whom they decide, now or some day."""
    found = Tie.objects.filter(practice=practice, **{f"contact__{column}": index})
    return list(found.exclude(guardianship=Guardianship.NONE).select_related("contact"))


def _seats(practice: Practice, found: Q, at: datetime) -> list[Seat]:
    seats = Seat.objects.filter(found, practice=practice, link_revoked_at=None)
    seats = seats.filter(appointment__ends_at__gt=at - GRACE, appointment__contact_type="telehealth")
    seats = seats.exclude(status__in=[*NOT_HELD, SeatStatus.REQUESTED])
    seats = seats.select_related("practice", "appointment", "client").order_by("appointment__starts_at")
    return list(seats[:MOST])


def _meant(seat: Seat, column: str, index: str, ties: Iterable[Tie]) -> Meant:
    own: list[None] = [None] if getattr(seat.client, column) == index else []
    return Meant(seat, (*own, *(tie for tie in ties if tie.client_id == seat.client_id and _acts(tie, seat))))


def _acts(tie: Tie, seat: Seat) -> bool:
    """Whether they decide for the client when the appointment begins, as in `consents.deciding`."""
    tie.client = seat.client
    return tie.acts(seat.appointment.starts_at)
