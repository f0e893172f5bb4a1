"""What becomes of one client's seat: its status along the table of moves, and the time it holds."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from holdspace.audit import trail
from holdspace.kit.actor import Actor, Member
from holdspace.live import bus
from holdspace.scheduling import queries, refusals
from holdspace.scheduling.actions import holds, notices
from holdspace.scheduling.actions.meanwhile import STATUS_SET, Seen, locked
from holdspace.scheduling.actions.telling import tell
from holdspace.scheduling.models import Appointment, Seat, SeatStatus
from holdspace.scheduling.models.seats import NOT_HELD
from holdspace.scheduling.notices.facts import CALLED_OFF, facts_of
from holdspace.scheduling.plans import check_text
from holdspace.scheduling.reasons import is_required


def set_status(
    *,
    seat: Seat,
    status: str,
    actor: Actor,
    at: datetime,
    reason: str = "",
    tell_client: bool | None = None,
    seen: Seen | None = None,
) -> None:
    """Move the seat's status, or refuse: along the table only, with a reason where one is asked.

    A not-held seat frees the clinicians' time unless others of a group still stand; coming back
    takes it again, or is refused with ClinicianBusy.  Whoever says what they had `seen` is refused with
    ChangedMeanwhile where that is no longer so.
    """
    check_text(reason)
    if not queries.may_change(seat.appointment, actor):
        raise refusals.NotYourCalendar
    with transaction.atomic():
        # The appointment's row first, like every change of it: whoever moves it now waits, or we do.
        appointment = locked(seat.appointment, seen, status)
        if not reason.strip() and _asks_why(seat, status, actor):
            raise refusals.ReasonNeeded
        old, stood, before = seat.status, seat.stands, facts_of(seat)
        seat.move_to(status)
        seat.status_reason = reason.strip()
        seat.save(update_fields=["status_reason"])
        if seat.stands != stood:
            _on_or_off(appointment, seat, actor, at)
        holds.settle(appointment, at=at)
        said = ["status_reason"] if reason.strip() else []
        trail.record(actor, STATUS_SET, seat, at=at, changes={"status": [old, status]}, also=said)
        if kind := _kind(old, status):
            notices.due([seat], kind, actor=actor, at=at, wanted=tell_client, before=before)
        tell(appointment, [seat])
        bus.publish("seat.changed", seat.topics, seat=seat.pk)


def _kind(old: str, new: str) -> str:
    """What a move of the status is to the client: called off, on (again), or nothing to be told."""
    was_off, is_off = old in CALLED_OFF, new in CALLED_OFF
    if is_off and not was_off:
        return notices.CANCELLED
    return notices.BOOKED if not is_off and (was_off or old == SeatStatus.REQUESTED) else ""


def _on_or_off(appointment: Appointment, seat: Seat, actor: Actor, at: datetime) -> None:
    """Called off, or on again: whoever had the appointment open now holds an older version of it."""
    if any(other.stands for other in appointment.seats.exclude(pk=seat.pk)):
        return
    appointment.version += 1
    appointment.changed_by, appointment.changed_at = actor.id, at
    appointment.save(update_fields=["version", "changed_by", "changed_at"])


def cancel(
    *,
    seat: Seat,
    actor: Actor,
    at: datetime,
    reason: str = "",
    tell_client: bool | None = None,
    seen: Seen | None = None,
) -> None:
    """Call it off: Cancelled, or Late Cancellation inside the practice's notice period."""
    facts: dict[str, Any] = {"reason": reason, "tell_client": tell_client, "seen": seen}
    set_status(seat=seat, status=cancelled_as(seat, at), actor=actor, at=at, **facts)


def cancelled_as(seat: Seat, at: datetime) -> str:
    """What cancelling at this moment is called."""
    notice = timedelta(hours=seat.practice.cancellation_hours)
    late = seat.appointment.starts_at - at < notice
    # Something only asked for was never agreed: it can't be called off late.
    if late and seat.status != SeatStatus.REQUESTED:
        return SeatStatus.LATE_CANCELLATION
    return SeatStatus.CANCELLED


def needs_reason(old: str, new: str) -> bool:
    """Undoing what was settled asks why: from Occurred to anything, from not held back to Scheduled."""
    return old == SeatStatus.OCCURRED or (old in NOT_HELD and new == SeatStatus.SCHEDULED)


def _asks_why(seat: Seat, status: str, actor: Actor) -> bool:
    """A change that has to be explained, or a status for which the practice wants a reason from people."""
    if needs_reason(seat.status, status):
        return True
    return isinstance(actor, Member) and status in NOT_HELD and is_required(seat.practice_id, status)


def opened(*, seat: Seat, actor: Actor, at: datetime) -> None:
    """Somebody looked at Session Details; nothing changes but the trail."""
    trail.record(actor, "scheduling.seat.opened", seat, at=at)
