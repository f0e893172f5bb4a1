"""Agreements between states about licenses, as a table with source and date.

PSYPACT works: one authority covers every member.  The Counseling Compact gives a privilege for
one state at a time; the table names the states that give them.  The Social Work Compact is law in
many states but gives no multistate license yet, so it has no rows, and such a license covers its
own state only until it has.  Research, not legal advice: the compact's own site has the last word.
"""

import csv
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

PSYPACT, COUNSELING, SOCIAL_WORK = "psypact", "counseling", "social_work"
TABLE = Path(__file__).with_name("compacts.csv")


@dataclass(frozen=True)
class Membership:
    """One state in one compact: from it, or for it, papers are being given out."""

    compact: str
    state: str
    source: str
    checked: date


@lru_cache(maxsize=1)
def table() -> tuple[Membership, ...]:
    with TABLE.open(newline="", encoding="utf-8") as lines:
        return tuple(
            Membership(row["compact"], row["state"], row["source"], date.fromisoformat(row["checked"]))
            for row in csv.DictReader(lines)
        )


@lru_cache(maxsize=4)
def members(compact: str) -> frozenset[str]:
    return frozenset(one.state for one in table() if one.compact == compact)


def as_of() -> date:
    """When the table was last looked through."""
    return max(one.checked for one in table())
