"""Changing a state's rule: another version, with its source and date; what counted before stays readable."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction

from holdspace.audit import trail
from holdspace.consents import refusals
from holdspace.consents.models import OwnRule, Renewal
from holdspace.consents.rules import rule_of
from holdspace.consents.states import ASKED, StateRule, rules
from holdspace.kit import zones
from holdspace.kit.actor import Member
from holdspace.kit.refusals import MoveNotAllowed, NotYours
from holdspace.live import bus
from holdspace.practices.models import Practice

PLAIN = ("verbal_enough", "renewal", "ask_each_session", "source", "checked", "note")


def change_rule(
    *,
    practice: Practice,
    state: str,
    was: int,
    verbal_enough: bool,
    renewal: str,
    ask_each_session: Sequence[str],
    source: str,
    checked: date,
    note: str,
    actor: Member,
    at: datetime,
) -> OwnRule:
    """The practice's next version for a state.  `was` is the version that was looked at.

    Refuses without a source that can be opened and a day on which it was, and where somebody
    else made a version in the meantime.
    """
    before = _before(practice, state, was, actor)
    _check(practice, renewal, ask_each_session, source, checked, at)
    said = {"verbal_enough": verbal_enough, "renewal": renewal, "source": source.strip()}
    said |= {"ask_each_session": sorted(ask_each_session), "checked": checked, "note": note.strip()}
    return _next(practice, before, said, "consents.rule.changed", actor, at)


def follow_shipped(*, practice: Practice, state: str, was: int, actor: Member, at: datetime) -> OwnRule:
    """Back to the row that comes with the product, and with whatever it says after an update."""
    before = _before(practice, state, was, actor)
    said = _facts(rules()[state]) | {"as_shipped": True}
    return _next(practice, before, said, "consents.rule.followed", actor, at)


def _before(practice: Practice, state: str, was: int, actor: Member) -> StateRule:
    if not actor.may("change_forms"):
        raise NotYours
    if state not in rules():
        raise refusals.NoSuchState
    before = rule_of(practice.pk, state)
    if before.version != was:
        raise MoveNotAllowed
    return before


def _check(
    practice: Practice, renewal: str, asked: Sequence[str], source: str, checked: date, at: datetime
) -> None:
    if renewal not in Renewal.values or set(asked) - set(ASKED):
        raise ValueError("a rule is made of our own words")
    address = urlsplit(source.strip())
    if address.scheme not in {"http", "https"} or not address.netloc:
        raise refusals.SourceMissing
    if checked > zones.wall_of(at, practice.time_zone).date():
        raise refusals.CheckedLater


def _next(
    practice: Practice, before: StateRule, said: dict[str, Any], what: str, actor: Member, at: datetime
) -> OwnRule:
    by = {"made_at": at, "made_by": actor.id, "made_by_name": actor.name}
    old = _facts(before)
    changes = {name: [old[name], said[name]] for name in PLAIN if old[name] != said[name]}
    try:
        with transaction.atomic():
            made = OwnRule.objects.create(
                practice=practice, state=before.code, number=before.version + 1, **said, **by
            )
            detail = {"state": before.code, "version": made.number, "changes": changes}
            trail.record(actor, what, made, at=at, **detail)
            bus.publish("appointment.changed", [f"practice:{practice.pk}"])
    except IntegrityError as two_at_once:
        raise MoveNotAllowed from two_at_once
    return made


def _facts(rule: StateRule) -> dict[str, Any]:
    facts = {name: getattr(rule, name) for name in PLAIN}
    return facts | {"ask_each_session": sorted(rule.ask_each_session)}
