"""What each state asks for, as it is shipped: a table with source and date for every row.

Whoever runs an installation may put their own `states.csv` into its home: those rows take the place
of ours, one by one.  What a practice decides for itself stands above both (`rules.py`).
"""

import csv
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from holdspace.consents.models import Renewal

SHIPPED = Path(__file__).with_name("states.csv")
ORDER = [Renewal.SESSION, Renewal.HALF_YEAR, Renewal.YEAR, Renewal.NEVER]

# What a clinician ticks after reading the script; `ask_each_session` names some of them.
TICKS = {
    "read": _("I read the text above"),
    "location": _("I asked where %(name)s is right now"),
    "identity": _("I checked who %(name)s is: name and date of birth"),
    "present": _("I asked whether anyone else is in the room"),
    "questions": _("%(name)s could ask questions"),
    "contact": _("I asked for another way to reach %(name)s"),
}

WHERE = "location"

# Of these, what a state may want to have asked before every session; and the same in a few words.
ASKED = {
    "location": _("where they are"),
    "identity": _("who they are"),
    "present": _("who else is there"),
    "contact": _("another way to reach them"),
}


@dataclass(frozen=True)
class StateRule:
    """One row: the rule where the client is."""

    code: str
    name: str
    verbal_enough: bool
    renewal: str
    ask_each_session: tuple[str, ...]
    source: str
    checked: date
    note: str
    # Whether somebody found this state's own rule; else out loud will do, with every question asked that the
    # stricter states ask each time.
    confirmed: bool = True
    # Which of the practice's own versions this is; 0 is the shipped row.
    version: int = 0

    @property
    def must_tick(self) -> frozenset[str]:
        """What has to be ticked before a spoken yes is recorded here."""
        return frozenset({"read", *self.ask_each_session})

    @property
    def kept(self) -> dict[str, Any]:
        """What a consent keeps of the rule that was applied to it."""
        return {
            "state": self.code,
            "verbal_enough": self.verbal_enough,
            "renewal": self.renewal,
            "asked": list(self.ask_each_session),
            "source": self.source,
            "checked": self.checked.isoformat(),
            "version": self.version,
        }

    @property
    def ticks(self) -> list[str]:
        """The checklist, in the order of TICKS: five everywhere, a sixth where the state asks."""
        return [key for key in TICKS if key != "contact" or key in self.ask_each_session]


def rules() -> dict[str, StateRule]:
    """The table by state; "" is the row for everywhere else."""
    own = Path(settings.HOME) / "states.csv"
    stamp = own.stat().st_mtime if own.exists() else 0.0
    return _rules(str(own) if stamp else "", stamp)


@lru_cache(maxsize=2)
def _rules(own: str, stamp: float) -> dict[str, StateRule]:
    return read(SHIPPED) | (read(Path(own)) if own else {})


def read(table: Path) -> dict[str, StateRule]:
    """A table as a file holds it; a row that can't be understood stops the start, naming its line."""
    with table.open(newline="", encoding="utf-8") as lines:
        found = [_rule(row, table, number) for number, row in enumerate(csv.DictReader(lines), start=2)]
    return {rule.code: rule for rule in found}


def _rule(row: dict[str, str], table: Path, line: int) -> StateRule:
    asked = tuple(row["ask_each_session"].split())
    if (
        row["verbal_enough"] not in {"yes", "no"}
        or row["renewal"] not in Renewal.values
        or set(asked) - set(TICKS)
    ):
        raise ValueError(
            f"{table.name}, line {line}: verbal_enough, renewal or ask_each_session isn't one of ours"
        )
    return StateRule(
        code=row["code"].strip().upper(),
        name=row["name"],
        verbal_enough=row["verbal_enough"] == "yes",
        renewal=row["renewal"],
        ask_each_session=asked,
        source=row["source"],
        checked=date.fromisoformat(row["checked"]),
        note=row["note"],
        # A table of somebody's own says so only if it likes.
        confirmed=row.get("confirmed", "yes") != "no",
    )


def shorter(one: str, other: str) -> str:
    """The renewal that comes round sooner."""
    return min(Renewal(one), Renewal(other), key=ORDER.index)
