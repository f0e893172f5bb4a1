"""A form sent after log-off, kept for ten minutes: sealed, for its sender alone, never in an address."""

import json
from dataclasses import dataclass
from uuid import UUID

from django.core.cache import cache
from django.http import HttpRequest

from holdspace.kit.crypto import CannotOpen, keys

MINUTES = 10
LARGEST = 128 * 1024
FIELD = "kept_form"  # in the form that is sent again: then it isn't needed any more
NOT_KEPT = {"csrfmiddlewaretoken", FIELD}


@dataclass(frozen=True)
class KeptForm:
    """Where it was going, and every field as it was typed."""

    path: str
    fields: list[tuple[str, str]]


def keep(user_id: UUID, request: HttpRequest) -> None:
    """Keep what this request brought; a newer one takes its place.  Passwords are never kept."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NOT_KEPT and "password" not in name
        for value in values
    ]
    said = json.dumps({"path": request.get_full_path(), "fields": fields}).encode()
    if fields and len(said) <= LARGEST:
        cache.set(_key(user_id), keys.seal(said, _key(user_id)), MINUTES * 60)


def look(user_id: UUID) -> KeptForm | None:
    """What this user sent, while it is kept."""
    sealed = cache.get(_key(user_id))
    if sealed is None:
        return None
    try:
        said = json.loads(keys.open(sealed, _key(user_id)))
    except CannotOpen:
        return None
    return KeptForm(said["path"], [(name, value) for name, value in said["fields"]])


def forget(user_id: UUID) -> None:
    cache.delete(_key(user_id))


def _key(user_id: UUID) -> str:
    return f"accounts.kept.{user_id}"
