"""Asking anew at the start of a session, where the consent that stands was given earlier or signed."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from holdspace.audit import trail
from holdspace.consents import queries, refusals
from holdspace.consents.again import in_order, newest
from holdspace.consents.models import AskedAgain
from holdspace.consents.states import WHERE, StateRule
from holdspace.kit.actor import Actor
from holdspace.live import bus
from holdspace.scheduling.models import Seat

# A second press of the same button is the same asking.
SAME = timedelta(seconds=60)


def ask_again(
    *, seat: Seat, items: Iterable[str], was: UUID | None, actor: Actor, at: datetime
) -> AskedAgain:
    """Write down which of the state's questions were asked for this session; some of them will do.

    Only a clinician of that appointment may.  `was` is the row that was looked at: to put it right is
    another row, which may also say that nothing was asked.  A second press within a minute is the first.
    That they were asked where they are is refused until the place itself is written down for the day.
    """
    clinician = queries.recorder(seat, actor)
    if clinician is None:
        raise refusals.OnlyItsClinicians
    if not seat.stands:
        raise refusals.NotOnAnymore
    rule = queries.rule_for(seat)
    asked = in_order(set(items) & set(rule.ask_each_session))
    with transaction.atomic():
        # The seat's row first: of two presses the second sees what the first wrote.
        held = Seat.objects.select_for_update(of=("self",)).get(pk=seat.pk)
        before = newest(held, at=at)
        if before and _is_the_same(before, asked, actor, at):
            return before
        _check(before, was, asked)
        # A law that wants the place asked for wants it kept as well.
        if WHERE in asked and not held.where_is_known(at):
            raise refusals.WhereNotWritten
        return _written(held, rule, asked, clinician.name, actor, at)


def _is_the_same(before: AskedAgain, asked: list[str], actor: Actor, at: datetime) -> bool:
    return (before.by_id, before.items) == (actor.id, asked) and at - SAME < before.at <= at


def _check(before: AskedAgain | None, was: UUID | None, asked: list[str]) -> None:
    if was != (before.pk if before else None):
        raise refusals.AskedByAnother
    if not asked and before is None:
        raise refusals.NothingTicked


def _written(
    seat: Seat, rule: StateRule, asked: list[str], name: str, actor: Actor, at: datetime
) -> AskedAgain:
    facts = {"state": rule.code, "rule_version": rule.version, "wanted": in_order(rule.ask_each_session)}
    facts |= {"items": asked, "by_name": name}
    by = {"by_id": actor.id, "at": at}
    made = AskedAgain.objects.create(practice_id=seat.practice_id, seat=seat, **facts, **by)
    trail.record(actor, "consents.session.asked", seat, at=at, row=made.pk, **facts)
    bus.publish("seat.changed", seat.topics, seat=seat.pk)
    return made
