"""What a client has to know of their seat, and what is news to them."""

from datetime import datetime, timedelta
from typing import Any

from holdspace.scheduling.models import Notice, Seat, SeatStatus
from holdspace.scheduling.plans import Plan

S = SeatStatus
# Undoing is offered for ten seconds; the answer to a press at the last of them needs a moment.
SETTLED = timedelta(seconds=15)
# A no-show is the client's own doing: nothing they would have to be told.
CALLED_OFF = {S.CANCELLED, S.LATE_CANCELLATION, S.RESCHEDULED}
BOOKED, MOVED, CANCELLED = "booked", "moved", "cancelled"


def is_on(seat: Seat) -> bool:
    """Whether they are expected; something only asked for was never agreed."""
    return seat.status not in CALLED_OFF and seat.status != S.REQUESTED


def facts_of(seat: Seat) -> dict[str, Any]:
    """What is so, as it is kept once it was told."""
    one = seat.appointment
    leads = sorted(str(clinician.pk) for clinician in one.clinicians.all())
    return _facts(one.starts_at, one.ends_at, one.contact_type, leads, on=is_on(seat))


def facts_before(plan: Plan) -> dict[str, Any]:
    """What was so while the appointment was as this plan says."""
    leads = sorted(str(clinician.pk) for clinician in plan.clinicians)
    return _facts(plan.starts_at, plan.ends_at, plan.contact_type, leads, on=True)


def _facts(
    starts_at: datetime, ends_at: datetime, contact_type: str, leads: list[str], *, on: bool
) -> dict[str, Any]:
    return {
        "starts_at": starts_at.isoformat(),
        "ends_at": ends_at.isoformat(),
        "contact_type": contact_type,
        "clinicians": leads,
        "on": on,
    }


def told_start(notice: Notice) -> datetime:
    """The start that the client knows of; the present one, if they know of none."""
    said = notice.told or facts_of(notice.seat)
    return datetime.fromisoformat(said["starts_at"])


def news(notice: Notice, at: datetime) -> str:
    """Booked, moved or cancelled; nothing if they know it all, or if it is over."""
    so, told = facts_of(notice.seat), notice.told
    if notice.seat.appointment.starts_at <= at or so == told:
        return ""
    if told is None or not told["on"]:
        return BOOKED if so["on"] else ""
    return MOVED if so["on"] else CANCELLED
