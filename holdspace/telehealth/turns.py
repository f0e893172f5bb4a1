"""Which of somebody's appointments is meant: the one that is on, else the next, else what was last."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from holdspace.scheduling import links
from holdspace.scheduling.models import Seat, SeatStatus
from holdspace.telehealth.queries import with_open_session

# So long past its hour an open room is a talk that runs over; later it's one that somebody forgot to close.
RUNS_OVER = timedelta(minutes=30)


class When(IntEnum):
    """How a seat stands to the clock, in the order in which they are meant.

    `NOW` is its hour, and a talk that runs over it; `SOON`, that its doors are open; `LEFT_OPEN`, that its
    room still is, long after.
    """

    NOW, SOON, LEFT_OPEN, COMING, JUST_OVER, OVER = range(6)


@dataclass(frozen=True)
class Turn:
    """A seat, how it stands to the clock, and whether its room may be entered now."""

    seat: Seat
    when: When
    joins: bool

    @property
    def is_ahead(self) -> bool:
        """Still to come, or on, or dropped and to be resumed."""
        return self.when < When.JUST_OVER or self.joins


def in_turn(seats: Iterable[Seat], *, at: datetime) -> list[Turn]:
    """The seats as they are meant, first first; of those that are over the latest.  One query.

    The seats come with their practice and appointment.  Which of them stand is the caller's to know.
    """
    given = list(seats)
    opened = with_open_session(seat.appointment_id for seat in given)
    return sorted((_turn(seat, seat.appointment_id in opened, at) for seat in given), key=_order)


def _turn(seat: Seat, opened: bool, at: datetime) -> Turn:
    opens, closes = links.join_window(seat)
    when = _when(seat, opened, at)
    joins = seat.appointment.is_telehealth and when != When.OVER and (opened or opens <= at < closes)
    return Turn(seat, when, joins)


def _when(seat: Seat, opened: bool, at: datetime) -> When:
    begins, ends = seat.appointment.starts_at, seat.appointment.ends_at
    if seat.status == SeatStatus.OCCURRED and not opened:
        return When.OVER
    if at < begins:
        return When.SOON if opened or at >= links.join_window(seat)[0] else When.COMING
    if at < ends or (opened and at < ends + RUNS_OVER):
        return When.NOW
    return When.LEFT_OPEN if opened else When.JUST_OVER


def _order(turn: Turn) -> tuple[When, float]:
    begins = turn.seat.appointment.starts_at.timestamp()
    return turn.when, -begins if turn.when >= When.JUST_OVER else begins
