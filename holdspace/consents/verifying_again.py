"""Is what was asked at the start of a session still as it was written down?  Each row against its entry."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from holdspace.audit import queries as trails
from holdspace.audit.models import Entry
from holdspace.consents.models import AskedAgain
from holdspace.consents.verifying import Finding

ASKED = "consents.session.asked"
# What the entry's detail says of the row; the rest is in the entry's own columns.
IN_DETAIL = ("state", "rule_version", "wanted", "items", "by_name")


@dataclass(frozen=True)
class Compared:
    """One row, whose chain it is on, and what of it isn't as the trail says."""

    row: str
    chain: UUID | None
    findings: list[Finding]


def compared() -> Iterator[Compared]:
    """Every row that there is or was.  What is asked while one looks is left for the next time."""
    # The rows first: each was there only together with its entry.
    rows = _rows()
    entries = trails.entries_by(ASKED, "row")
    gone = entries.keys() - rows - _rows()
    for pk in sorted(rows | gone):
        row = AskedAgain.objects.filter(pk=pk).first() if pk in rows else None
        entry = Entry.objects.get(pk=entries[pk]) if pk in entries else None
        chain = entry.practice_id if entry else row.practice_id if row else None
        yield Compared(pk, chain, list(_findings(row, entry)))


def _rows() -> set[str]:
    return {str(pk) for pk in AskedAgain.objects.values_list("pk", flat=True)}


def _findings(row: AskedAgain | None, entry: Entry | None) -> Iterator[Finding]:
    if row is None:
        yield Finding("row", False, "The row of what was asked is gone, or its number was changed.")
    elif entry is None:
        yield Finding("entry", False, "The trail has no entry for this row.")
    else:
        for name, value in _said(entry).items():
            if getattr(row, name) != value:
                yield Finding("row", False, f"The column {name} of what was asked was altered.")


def _said(entry: Entry) -> dict[str, Any]:
    """The row's columns as the entry has them."""
    own: dict[str, Any] = {"practice_id": entry.practice_id, "seat_id": entry.subject_id}
    own |= {"by_id": entry.actor_id, "at": entry.at}
    return own | {name: entry.detail[name] for name in IN_DETAIL if name in entry.detail}
