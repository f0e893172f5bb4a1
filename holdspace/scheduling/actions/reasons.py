"""The reasons a practice offers, and a reason given afterwards."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from holdspace.audit import trail
from holdspace.kit.actor import Actor, Member
from holdspace.kit.refusals import NotYours
from holdspace.live import bus
from holdspace.practices.models import Practice
from holdspace.scheduling import queries, refusals
from holdspace.scheduling.models import Reasons, Seat
from holdspace.scheduling.models.seats import NOT_HELD
from holdspace.scheduling.plans import check_text
from holdspace.scheduling.reasons import Offered, reasons_of


def offer_reasons(*, practice: Practice, offered: Sequence[Offered], actor: Member, at: datetime) -> None:
    """Keep what can be chosen from for each status, and where a reason must be given."""
    if not actor.may("change_settings"):
        raise NotYours
    before = reasons_of(practice.pk)
    with transaction.atomic():
        for one in offered:
            if _same(before[one.status], one):
                continue
            kept, _made = Reasons.objects.update_or_create(
                practice=practice,
                status=one.status,
                defaults={"words": list(one.words), "required": one.required},
            )
            said: dict[str, list[object]] = {"words": [list(before[one.status].words), list(one.words)]}
            said |= {"required": [before[one.status].required, one.required]}
            trail.record(
                actor, "scheduling.reasons.changed", kept, at=at, changes=said, status=str(one.status)
            )


def _same(old: Offered, new: Offered) -> bool:
    return (list(old.words), old.required) == (list(new.words), new.required)


def explain(*, seat: Seat, reason: str, actor: Actor, at: datetime) -> None:
    """Say afterwards why an appointment isn't held; the status stays."""
    check_text(reason)
    if not queries.may_change(seat.appointment, actor):
        raise refusals.NotYourCalendar
    if not reason.strip() or seat.status not in NOT_HELD:
        raise refusals.ReasonNeeded
    with transaction.atomic():
        seat.status_reason = reason.strip()
        seat.save(update_fields=["status_reason"])
        trail.record(actor, "scheduling.seat.explained", seat, at=at, also=["status_reason"])
        bus.publish("seat.changed", seat.topics, seat=seat.pk)
