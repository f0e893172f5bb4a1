"""What a state wants to have asked anew at the start of each session, and what of it was asked for this one.

It stands in nobody's way: what wasn't asked stays in sight, and the session is held.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from holdspace.consents.models import AskedAgain, Consent
from holdspace.consents.queries import rule_for
from holdspace.consents.states import ASKED
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
    rule, row = rule_for(seat), newest(seat, at=at)
    spoken = [one for one in _spoken(seat, at) if row is None or one.at > row.at]
    first = [Asking(frozenset(row.items), row.at, row.by_name)] if row else []
    return Again(rule.name, in_order(rule.ask_each_session), row, [*first, *spoken])


def in_order(keys: Iterable[str]) -> list[str]:
    """These questions as every page lists them; what isn't one of ours is left out."""
    said = set(keys)
    return [key for key in ASKED if key in said]


def newest(seat: Seat, *, at: datetime) -> AskedAgain | None:
    """The row that counts for this session, if one was written on its day."""
    row = AskedAgain.objects.filter(seat=seat).first()
    return row if row and seat.is_of_the_day(row.at, at) else None


def _spoken(seat: Seat, at: datetime) -> list[Asking]:
    """The checklist of each spoken answer for this very seat, as it was corrected, oldest first."""
    said = Consent.objects.filter(seat=seat, way=Consent.Way.VERBAL).exclude(answered_at=None)
    kept = said.exclude(status=Consent.Status.CORRECTED).defer("document").order_by("answered_at", "pk")
    return [
        Asking(frozenset(one.facts.get("ticks", [])), one.answered_at, one.taken_by_name)
        for one in kept
        if one.answered_at and seat.is_of_the_day(one.answered_at, at)
    ]
