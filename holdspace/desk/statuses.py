"""What may be pressed next: a seat's likely statuses, all of them, and the reasons each is asked with."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise

from holdspace.desk.tiles import LOOKS
from holdspace.scheduling.actions.seats import needs_reason
from holdspace.scheduling.models import Seat, SeatStatus
from holdspace.scheduling.reasons import Offered

S = SeatStatus
# One press each, in the order of the day.
LIKELY: dict[str, tuple[SeatStatus, ...]] = {
    S.SCHEDULED: (S.CONFIRMED, S.ARRIVED, S.CHECKED_IN, S.NO_SHOW),
    S.CONFIRMED: (S.ARRIVED, S.CHECKED_IN, S.NO_SHOW),
    S.ARRIVED: (S.CHECKED_IN,),
    S.CHECKED_IN: (S.OCCURRED,),
    S.NO_SHOW: (S.ARRIVED,),
}
# How long before the start somebody may be here; until then they may say that they come.
EARLY = timedelta(hours=12)


@dataclass(frozen=True)
class Press:
    """A status that can be chosen, and what comes with it."""

    value: str
    label: str | Promise
    icon: str
    asks: bool = False
    words: tuple[str, ...] = ()


def likely(seat: Seat, at: datetime) -> list[Press]:
    """What probably comes next: nobody is here the day before, or missing before the start."""
    starts = seat.appointment.starts_at
    today, begun = at >= starts - EARLY, at >= starts
    fits = {S.CONFIRMED: not today, S.NO_SHOW: begun, S.OCCURRED: begun}
    return [
        Press(status.value, status.label, LOOKS[status][0])
        for status in LIKELY.get(seat.status, ())
        if fits.get(status, today)
    ]


def reachable(seat: Seat, offered: dict[str, Offered]) -> list[Press]:
    """The present status and where it may go, in the order of the day."""
    known = {seat.status, *seat.MOVES[seat.status]}
    return [_press(seat, status, offered) for status in SeatStatus if status in known]


def _press(seat: Seat, status: SeatStatus, offered: dict[str, Offered]) -> Press:
    why = offered.get(status)
    asks = needs_reason(seat.status, status) or bool(why and why.required)
    return Press(status.value, status.label, LOOKS[status][0], asks, tuple(why.words) if why else ())
