"""Having clients told: every change says whether it is to be; then it is due a moment later."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from holdspace.kit.actor import Actor, Member
from holdspace.practices.models import Practice
from holdspace.scheduling.models import Notice, Seat
from holdspace.scheduling.notices.facts import BOOKED, CANCELLED, MOVED, SETTLED, facts_of, is_on
from holdspace.scheduling.notices.tasks import tell

CHANGED = ["due_at", "tell_id", "told", "why_not"]


def tells(practice: Practice, kind: str) -> bool:
    """Whether this practice tells clients of it, unless somebody says otherwise."""
    return bool(getattr(practice, f"notice_{kind}"))


def due(
    seats: Sequence[Seat],
    kind: str,
    *,
    actor: Actor,
    at: datetime,
    wanted: bool | None,
    before: dict[str, Any] | None = None,
) -> None:
    """After this change the seats' clients are told, or are not; in the caller's own transaction.

    `wanted` is what somebody chose for this once, None the practice's own way.  `before` is what was
    so until now, for clients who know it from elsewhere: from a link they were sent.
    """
    coming = [seat for seat in seats if seat.appointment.starts_at > at and _concerns(seat, kind)]
    if not coming:
        return
    tells_it = tells(coming[0].practice, kind) if wanted is None else wanted
    there = {one.seat_id: one for one in Notice.objects.filter(seat__in=coming)}
    rows = [there.get(seat.pk) or _first(seat, before) for seat in coming]
    for row, seat in zip(rows, coming, strict=True):
        row.seat = seat
        if tells_it:
            row.due_at, row.tell_id, row.why_not = at + SETTLED, _user_of(actor), ""
        else:
            _leave_out(row, kind, by_choice=wanted is not None)
    Notice.objects.bulk_create(rows, update_conflicts=True, unique_fields=["seat"], update_fields=CHANGED)
    if tells_it:
        _later(coming, at)


def as_told(seat: Seat, like: Notice) -> None:
    """The client knows of this one already: from the rule of their series, as they were told of others."""
    known = {"told": facts_of(seat), "why_not": "", "uid": like.uid, "sequence": like.sequence}
    Notice.objects.update_or_create(seat=seat, defaults=known | {"practice_id": seat.practice_id})


def _concerns(seat: Seat, kind: str) -> bool:
    """Changing what is called off, or was only asked for, is nobody's news."""
    return kind == CANCELLED or is_on(seat)


def _first(seat: Seat, before: dict[str, Any] | None) -> Notice:
    told = before if seat.appointment.announced else None
    return Notice(practice_id=seat.practice_id, seat=seat, told=told)


def _leave_out(row: Notice, kind: str, *, by_choice: bool) -> None:
    row.why_not = Notice.Why.LEFT_OUT if by_choice else Notice.Why.SWITCHED_OFF
    if kind == CANCELLED:
        row.due_at = None  # nothing more is sent about it
    elif kind == MOVED and row.told and row.due_at is None:
        # Whoever left it out has said it another way.
        row.told = facts_of(row.seat)


def _user_of(actor: Actor) -> Any:
    return actor.user_id if isinstance(actor, Member) else None


def _later(seats: Iterable[Seat], at: datetime) -> None:
    for client_id in dict.fromkeys(seat.client_id for seat in seats):
        tell.using(run_after=at + SETTLED).enqueue(str(client_id))


__all__ = ["BOOKED", "CANCELLED", "MOVED", "as_told", "due", "tells"]
