"""Durable work outside the request: what is enqueued with a row is done, at least once.

Owns the lease table and the worker.  A job is inserted in the caller's own transaction, so
it exists exactly when the work that caused it does.  Knows no other room: each room's
`tasks.py` declares its own with `@task` and `@every`.  Arguments are ids, never words
about a client.
"""

from holdspace.jobs.declare import LeasedTask, every, task
from holdspace.jobs.wake import hush, nudge

__all__ = ["LeasedTask", "every", "hush", "nudge", "task"]
