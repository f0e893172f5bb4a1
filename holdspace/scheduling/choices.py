"""What becomes of the days of a series that clash: one choice a day, and what will be booked by them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from holdspace.clients.models import Client
from holdspace.scheduling import refusals
from holdspace.scheduling.clashes import Clash
from holdspace.scheduling.coming import Coming, clashing
from holdspace.scheduling.plans import Plan


@dataclass(frozen=True)
class Choice:
    """`skip` the day, book it `anyway`, or `move` it to another start, there perhaps `anyway` as well."""

    how: str
    starts_at: datetime | None = None
    anyway: bool = False


Choices = Mapping[date, Choice]


def settled(
    plan: Plan,
    found: Sequence[Coming],
    clients: Sequence[Client],
    choices: Choices,
    *,
    at: datetime,
    but: Collection[UUID] = (),
) -> list[Coming]:
    """What will be booked, each day as it was decided; refuses with SeriesClashes while one is undecided.

    A start that was chosen instead is looked at like any other: it may clash, too.
    """
    elsewhere = [_elsewhere(one, choices) for one in found]
    moved = clashing(plan, [one for one in elsewhere if one], clients, at=at, but=but)
    there = {one.day: one for one in moved}
    wanted = [there.get(one.day, one) for one in found if not is_skipped(one, choices)]
    if any(one.clash and not _insists(one.clash, choices.get(one.day)) for one in wanted):
        raise refusals.SeriesClashes(found, {one.day: one.clash for one in moved if one.clash})
    return wanted


def is_skipped(one: Coming, choices: Choices) -> bool:
    choice = choices.get(one.day)
    return choice is not None and choice.how == "skip"


def _elsewhere(one: Coming, choices: Choices) -> Coming | None:
    choice = choices.get(one.day)
    if choice is None or choice.how != "move" or choice.starts_at is None:
        return None
    ends_at = choice.starts_at + (one.ends_at - one.starts_at)
    return replace(one, starts_at=choice.starts_at, ends_at=ends_at, clash=None, moved=True)


def _insists(clash: Clash, choice: Choice | None) -> bool:
    if choice is None or not clash.may_book_anyway:
        return False
    return choice.how == "anyway" or choice.anyway
