"""What a seal says: HMAC-SHA256 over everything an entry holds, its number, and the seal before."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from holdspace.audit.models import Entry, Head
from holdspace.kit.crypto import keys

VERSION = 1


def of(entry: Entry, *, seq: int, prev: str) -> str:
    """The code of this entry at this place in its chain."""
    return _mac(_content(entry) | {"seq": seq, "prev": prev})


def fits(entry: Entry) -> bool:
    """Whether the entry is as it was sealed, where it was sealed."""
    return entry.mac == of(entry, seq=entry.seq or 0, prev=entry.prev or "")


def of_head(head: Head) -> str:
    """The code under a published head, so that nobody can publish another."""
    return of_claim(head.chain, head.count, head.mac)


def of_claim(chain: UUID, count: int, mac: str) -> str:
    return _mac({"v": VERSION, "head": str(chain), "count": count, "mac": mac})


def _mac(content: dict[str, Any]) -> str:
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return keys.trail.mac(canonical.encode()).hex()


def _content(entry: Entry) -> dict[str, Any]:
    return {
        "v": VERSION,
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
