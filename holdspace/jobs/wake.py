"""The bell between this process's transactions and the worker in it: look now, or not just now."""

import threading
import time

from django.db import transaction

rung = threading.Event()


def nudge() -> None:
    """Have this process's worker look once the present transaction is kept; lost hints cost one poll."""
    transaction.on_commit(rung.set, robust=True)


class Quiet:
    """Until when this process's worker leaves the machine to somebody who waits."""

    until = 0.0

    @property
    def left(self) -> float:
        """Seconds, never less than none."""
        return max(0.0, self.until - time.monotonic())


quiet = Quiet()


def hush(seconds: float) -> None:
    """Have this process's worker start nothing for so long; what runs goes on, what is due comes after."""
    quiet.until = max(quiet.until, time.monotonic() + seconds)
