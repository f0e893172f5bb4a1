"""What a state wants to have asked anew at the start of each session, and what of it was asked for this one.

It stands in nobody's way: what wasn't asked stays in sight, and the session is held.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from holdspace.consents.models import AskedAgain, Consent
from holdspace.consents.queries import state_of
from holdspace.consents.rules import Tables, in_table
from holdspace.consents.states import ASKED, StateRule
from holdspace.scheduling.models import Seat


@dataclass(frozen=True)
class Asking:
    """One time that somebody was asked: by a row of its own, or by the checklist of a spoken answer."""

    items: frozenset[str]
    at: datetime
    by: str


@dataclass(frozen=True)
class Again:
    """The rule's questions for one session, the day's newest row, and the askings that count, in order."""

    place: str
    wanted: list[str]
    row: AskedAgain | None
    askings: list[Asking]

    @property
    def asked(self) -> frozenset[str]:
        """Everything that counts as asked, also what the rule no longer wants."""
        return frozenset[str]().union(*(one.items for one in self.askings))

    @property
    def done(self) -> list[str]:
        return [key for key in self.wanted if key in self.asked]

    @property
    def left(self) -> list[str]:
        return [key for key in self.wanted if key not in self.asked]


def again(seat: Seat, *, at: datetime) -> Again:
    """How the rule's questions stand for this seat's session; three questions to the database.

    Only the day's askings count (`Seat.is_of_the_day`): the newest row, which may also take back, and
    what was ticked with every spoken answer after it; every spoken answer where there is no row.
    """
    return again_among([seat], at=at)[seat.pk]


def again_among(seats: Iterable[Seat], *, at: datetime) -> dict[UUID, Again]:
    """The same for each of several seats of one practice, in three questions however many."""
    known, laws = {seat.pk: seat for seat in seats}, Tables()
    rows, spoken = _rows(known, at), _spoken(known, at)
    return {
        pk: _again(in_table(laws[seat.practice_id], state_of(seat)), rows.get(pk), spoken[pk])
        for pk, seat in known.items()
    }


def _again(rule: StateRule, row: AskedAgain | None, spoken: list[Asking]) -> Again:
    first = [Asking(frozenset(row.items), row.at, row.by_name)] if row else []
    since = [one for one in spoken if row is None or one.at > row.at]
    return Again(rule.name, in_order(rule.ask_each_session), row, [*first, *since])


def in_order(keys: Iterable[str]) -> list[str]:
    """These questions as every page lists them; what isn't one of ours is left out."""
    said = set(keys)
    return [key for key in ASKED if key in said]


def newest(seat: Seat, *, at: datetime) -> AskedAgain | None:
    """The row that counts for this session, if one was written on its day."""
    return _rows({seat.pk: seat}, at).get(seat.pk)


def _rows(known: dict[UUID, Seat], at: datetime) -> dict[UUID, AskedAgain]:
    """The day's newest row of each of these seats."""
    found = AskedAgain.objects.filter(seat__in=known).order_by("at", "pk")
    return {row.seat_id: row for row in found if known[row.seat_id].is_of_the_day(row.at, at)}


def _spoken(known: dict[UUID, Seat], at: datetime) -> dict[UUID, list[Asking]]:
    """The checklist of each spoken answer for these very seats, as it was corrected, oldest first."""
    said = Consent.objects.filter(seat__in=known, way=Consent.Way.VERBAL).exclude(answered_at=None)
    kept = said.exclude(status=Consent.Status.CORRECTED).defer("document").order_by("answered_at", "pk")
    found: dict[UUID, list[Asking]] = {pk: [] for pk in known}
    for one in kept:
        if one.answered_at and known[one.seat_id].is_of_the_day(one.answered_at, at):
            ticks = frozenset(one.facts.get("ticks", []))
            found[one.seat_id].append(Asking(ticks, one.answered_at, one.taken_by_name))
    return found
