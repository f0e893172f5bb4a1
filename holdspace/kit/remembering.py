"""Django's cache in the database: limits and what was typed survive a restart and are one for all processes.

Values are JSON, never pickles: whoever could write a row must not be able to run code.  Keys are kept
as codes: some are made of addresses.  Counting is one transaction, so that of two tries at once both count.
"""

import json
from datetime import datetime, timedelta
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import transaction
from django.db.models import Q, QuerySet

from holdspace.kit.clock import now
from holdspace.kit.crypto import keys

MOST = 200  # rows that ran out and are deleted at once


class DatabaseCache(BaseCache):
    """As far as it is used here: get, add, set, touch, incr, delete, clear."""

    def __init__(self, _location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        row = self._good(key, version).first()
        return json.loads(row.value) if row else default

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep it unless something is kept already; says whether it was."""
        with transaction.atomic():
            _forget_what_ran_out()
            said = {"value": json.dumps(value), "ends_at": self._end(timeout)}
            return bool(_rows().get_or_create(code=self._code(key, version), defaults=said)[1])

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        with transaction.atomic():
            _forget_what_ran_out()
            said = {"value": json.dumps(value), "ends_at": self._end(timeout)}
            _rows().update_or_create(code=self._code(key, version), defaults=said)

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return bool(self._good(key, version).update(ends_at=self._end(timeout)))

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """One more, and its time stays as it was; ValueError where nothing is kept."""
        with transaction.atomic():
            row = self._good(key, version).select_for_update().first()
            if row is None:
                raise ValueError("nothing is kept under this key")
            count = int(json.loads(row.value)) + delta
            _rows().filter(pk=row.pk).update(value=json.dumps(count))
        return count

    def delete(self, key: str, version: int | None = None) -> bool:
        return bool(_rows().filter(code=self._code(key, version)).delete()[0])

    def clear(self) -> None:
        _rows().delete()

    def _good(self, key: str, version: int | None) -> QuerySet[Any]:
        lives = Q(ends_at=None) | Q(ends_at__gt=now())
        return _rows().filter(lives, code=self._code(key, version))

    def _code(self, key: str, version: int | None) -> str:
        return keys.index.text(b"remembered\0" + self.make_key(key, version=version).encode(), 32)

    def _end(self, timeout: Any) -> datetime | None:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return None if seconds is None else now() + timedelta(seconds=seconds)


def _rows() -> QuerySet[Any]:
    from holdspace.kit.models import Remembered  # the settings name this module before there are models

    return Remembered.objects.all()


def _forget_what_ran_out() -> None:
    """Some of it, whoever comes by.  What another process has in hand is left to it: none wait in a ring."""
    over = _rows().filter(ends_at__lte=now()).select_for_update(skip_locked=True)
    _rows().filter(pk__in=list(over.values_list("pk", flat=True)[:MOST])).delete()
