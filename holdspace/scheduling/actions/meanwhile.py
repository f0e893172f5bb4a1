"""Somebody decided by what they saw: where that is no longer so, they are told, and nothing is saved."""

from dataclasses import dataclass

from holdspace.audit import queries as audit
from holdspace.scheduling import refusals
from holdspace.scheduling.actions import holds
from holdspace.scheduling.models import Appointment, Seat, SeatStatus

STATUS_SET = "scheduling.seat.status_set"


@dataclass(frozen=True)
class Seen:
    """A seat as a page showed it: the appointment's version, and the seat's status."""

    seat: Seat
    version: int
    status: str


def locked(appointment: Appointment, seen: Seen | None, wanted: str) -> Appointment:
    """The row as it is now, ours until the commit; refuses if it isn't what was seen, where that is said."""
    held = Appointment.objects.select_for_update(of=("self",)).get(pk=appointment.pk)
    if seen:
        seen.seat.refresh_from_db(fields=["status"])
        _check(held, seen, wanted)
    return held


def _check(held: Appointment, seen: Seen, wanted: str) -> None:
    status = seen.seat.status
    if (held.version, status) == (seen.version, seen.status):
        return
    differs = [refusals.Difference("status", str(SeatStatus(status).label), str(SeatStatus(wanted).label))]
    raise refusals.ChangedMeanwhile(_who(held, seen), differs if status != seen.status else [])


def _who(held: Appointment, seen: Seen) -> str:
    if held.version != seen.version:
        return holds.name_of(held.changed_by)
    return audit.last_by(STATUS_SET, seen.seat.pk)
