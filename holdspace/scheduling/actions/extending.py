"""Making a series longer as time goes by: the days that follow from its rule."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from holdspace.audit import trail
from holdspace.clients.models import Client
from holdspace.kit.actor import Actor, System
from holdspace.scheduling.actions import notices
from holdspace.scheduling.actions.series import agree_one, first_wall, leave_out, plan_for, repeat_of
from holdspace.scheduling.coming import Coming, coming, horizon
from holdspace.scheduling.models import Notice, Series
from holdspace.scheduling.plans import Plan


def extend(*, series: Series, at: datetime) -> list[date]:
    """Give rows to the days that came within twelve months; those taken meanwhile are left out and named."""
    until = horizon(at, at)
    actor = System(series.practice_id)
    with transaction.atomic():
        held = Series.objects.select_for_update(of=("self",)).get(pk=series.pk)
        days = repeat_of(held).between(first_wall(held), held.made_until, until)
        days = [day for day in days if day.isoformat() not in held.skipped]
        plan, clients = plan_for(held), list(held.clients.all())
        missed = []
        for one in coming(plan, days, clients, at=at):
            taken = one.clash is not None and one.clash.kind in {"clinician", "away"}
            if taken:
                missed.append(one.day)
                leave_out(held, one.day)
            else:
                _book_more(held, plan, clients, one, actor, at)
        held.made_until = until
        held.save(update_fields=["made_until", "skipped"])
        if missed:
            said = [day.isoformat() for day in missed]
            trail.record(actor, "scheduling.series.days_taken", held, at=at, days=said)
    return missed


def _book_more(
    series: Series, plan: Plan, clients: Sequence[Client], one: Coming, actor: Actor, at: datetime
) -> None:
    """A day that follows from the rule: whoever was told of the rule isn't told of each."""
    seats = agree_one(series, plan, clients, one, actor, at)
    notices.due(seats, notices.BOOKED, actor=actor, at=at, wanted=False)
    told = Notice.objects.filter(seat__appointment__occurrence__series=series, told__isnull=False)
    known = {one.seat.client_id: one for one in told.select_related("seat").order_by("told_at")}
    for seat in seats:
        if seat.client_id in known:
            notices.as_told(seat, known[seat.client_id])
