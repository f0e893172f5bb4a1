"""The bell between this process's transactions and the worker in it: look now, don't wait for the poll."""

import threading

from django.db import transaction

rung = threading.Event()


def nudge() -> None:
    """Have this process's worker look once the present transaction is kept; lost hints cost one poll."""
    transaction.on_commit(rung.set, robust=True)
