"""Whoever wants to write waits their turn.

SQLite has no queue: it sleeps and tries again, and of many who try at once one may miss every gap
until its time is up ("database is locked").  So one at a time tries, and the others queue for that
in the kernel, which lets go of the file when its process dies.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.sqlite3 import base

if sys.platform != "win32":
    import fcntl


class DatabaseWrapper(base.DatabaseWrapper):
    def _start_transaction_under_autocommit(self) -> None:
        with self._turn():
            super()._start_transaction_under_autocommit()  # type: ignore[misc]

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Held only until the transaction has begun."""
        if sys.platform == "win32" or self.is_in_memory_db():
            yield
            return
        with open(f"{self.settings_dict['NAME']}-turn", "ab") as queue:
            fcntl.flock(queue, fcntl.LOCK_EX)
            yield
