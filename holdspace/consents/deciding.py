"""Who answers for a client: they themselves, or whoever decides for them.

A parent or guardian does for a minor, and a guardian by a court's order at any age: on the day of the
appointment, by which the form is chosen too.  Where the law lets a minor decide alone, somebody here says so.
"""

import unicodedata
from collections.abc import Iterable
from typing import Any

from holdspace.clients import charts
from holdspace.clients.models import Tie
from holdspace.consents import refusals
from holdspace.scheduling.models import Seat

CLIENT, GUARDIAN = "client", "guardian"
# A no by a client's own link, where somebody else decides for them and nobody said who it was.
UNSAID = "unsaid"
LONGEST_NAME, LONGEST_RELATION = 170, 60


def guardians_of(seat: Seat) -> list[Tie]:
    """Who is on the client's chart as deciding for them when the appointment begins.  One query."""
    return charts.deciding_for(seat.client, at=seat.appointment.starts_at)


def is_asked_for(seat: Seat, guardians: Iterable[Tie]) -> bool:
    """Whether somebody else has to answer for this client."""
    return seat.client.is_minor(seat.appointment.starts_at) or any(guardians)


def on_file(name: str, guardians: Iterable[Tie]) -> Tie | None:
    """The guardian whose name this is, however it is spaced, cased or composed."""
    return next((tie for tie in guardians if is_same(tie.contact.name, name)), None)


def is_same(name: str, other: str) -> bool:
    """Whether two names are one, as people type them."""
    return _plain(name) == _plain(other)


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def checked(seat: Seat, *, given_by: str, giver: str, relation: str, alone: bool) -> dict[str, Any]:
    """Who answered, as it is kept, or why that isn't enough.

    `alone` says that the client may decide without a guardian under the law where they are.
    """
    giver, relation = " ".join(giver.split()), relation.strip()
    if len(giver) > LONGEST_NAME or len(relation) > LONGEST_RELATION:
        raise refusals.TooLong
    if given_by == CLIENT:
        return {"given_by": CLIENT, "relation": "", "alone": alone and is_asked_for(seat, guardians_of(seat))}
    if not relation:
        raise refusals.RelationMissing
    if not giver:
        raise refusals.GiverMissing
    tie = on_file(giver, guardians_of(seat))
    who = {"given_by": GUARDIAN, "giver": giver, "relation": relation}
    return who | {"on_file": str(tie.contact_id) if tie else ""}


def said_no(seat: Seat, *, given_by: str, giver: str, relation: str, alone: bool) -> dict[str, Any]:
    """Who said no, as it is kept.  A no is never refused for want of a name."""
    if given_by == GUARDIAN and not (giver.strip() and relation.strip()):
        given_by = UNSAID
    if given_by == UNSAID:
        return {"given_by": UNSAID, "relation": ""}
    return checked(seat, given_by=given_by, giver=giver, relation=relation, alone=alone)


def check_yes(seat: Seat, who: dict[str, Any]) -> None:
    """Refuse a yes from a client for whom somebody else decides."""
    if who["given_by"] == CLIENT and not who["alone"] and is_asked_for(seat, guardians_of(seat)):
        raise refusals.GuardianNeeded


def check_signer(seat: Seat, who: dict[str, Any]) -> None:
    """Refuse somebody else's yes for a client for whom nobody decides.

    For what comes by the client's link, where a relation is only a word; a clinician who writes down what
    they heard is told that the name isn't on file, and judges for themselves.
    """
    if who["given_by"] != CLIENT and not is_asked_for(seat, guardians_of(seat)):
        raise refusals.NobodyDecidesForThem
