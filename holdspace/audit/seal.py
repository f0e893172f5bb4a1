"""What a seal says: HMAC-SHA256 over everything an entry holds, its number, and the seal before.

A short code of each column goes with it.  They prove nothing alone, but where the seal doesn't fit they say
what was changed.
"""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from holdspace.audit.models import Entry, Head
from holdspace.audit.triggers import CONTENT
from holdspace.kit.crypto import keys

# The first had no codes of columns.
BARE, VERSION = 1, 2
# In the order of their codes, which are of so many letters each.
COLUMNS = (*CONTENT, "seq", "prev")
SHORT = 10


def of(entry: Entry, *, seq: int, prev: str, marks: str | None) -> str:
    """The code of this entry at this place in its chain; `marks` are the codes of its columns."""
    place = {"seq": seq, "prev": prev}
    if marks is None:
        return _mac({"v": BARE} | _content(entry) | place)
    return _mac({"v": VERSION} | _content(entry) | place | {"marks": marks})


def fits(entry: Entry) -> bool:
    """Whether the entry is as it was sealed, where it was sealed."""
    return entry.mac == _again(entry, entry.marks)


def marks_of(entry: Entry, *, seq: int, prev: str) -> str:
    """The codes of its columns at this place, one after the other."""
    return "".join(_mark(entry, column, {"seq": seq, "prev": prev}) for column in COLUMNS)


def altered(entry: Entry) -> list[str]:
    """Of an entry that doesn't fit, the columns that were changed; none where no codes were kept."""
    now = marks_of(entry, seq=entry.seq or 0, prev=entry.prev or "")
    if entry.mac == _again(entry, now):
        return ["marks"]
    if entry.marks is None:
        return []
    both = zip(COLUMNS, _each(entry.marks), _each(now), strict=True)
    return [column for column, then, here in both if then != here] or ["mac"]


def _again(entry: Entry, marks: str | None) -> str:
    return of(entry, seq=entry.seq or 0, prev=entry.prev or "", marks=marks)


def _each(marks: str) -> list[str]:
    return [marks[at : at + SHORT] for at in range(0, SHORT * len(COLUMNS), SHORT)]


def _mark(entry: Entry, column: str, place: dict[str, Any]) -> str:
    value = place.get(column, getattr(entry, column))
    if isinstance(value, datetime):
        value = _moment(value)
    return _mac({"column": column, "value": _text(value) if isinstance(value, UUID) else value})[:SHORT]


def of_head(head: Head) -> str:
    """The code under a published head, so that nobody can publish another."""
    return of_claim(head.chain, head.count, head.mac)


def of_claim(chain: UUID, count: int, mac: str) -> str:
    return _mac({"v": BARE, "head": str(chain), "count": count, "mac": mac})


def _mac(content: dict[str, Any]) -> str:
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return keys.trail.mac(canonical.encode()).hex()


def _content(entry: Entry) -> dict[str, Any]:
    return {
        "chain": str(entry.chain),
        "id": str(entry.pk),
        "at": _moment(entry.at),
        "actor": [entry.actor_kind, _text(entry.actor_id), entry.actor_name],
        "what": entry.what,
        "subject": [entry.subject_type, _text(entry.subject_id)],
        "detail": entry.detail,
    }


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _text(value: UUID | None) -> str | None:
    return str(value) if value else None
