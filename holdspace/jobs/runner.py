"""Runs one claimed job to its outcome.

What an exception says may quote a client, so only its class and place are kept.
"""

import logging
from datetime import datetime
from types import TracebackType
from typing import Any

from holdspace.jobs import actions
from holdspace.jobs.backend import revived
from holdspace.jobs.declare import registry
from holdspace.jobs.models import Job, Status
from holdspace.jobs.refusals import LeaseLost
from holdspace.kit import clock

log = logging.getLogger("holdspace.jobs")


class UnknownTask(Exception):
    """The row names a task that no room declares (any more)."""


def run(job: Job, *, at: datetime | None = None) -> None:
    """Do the work, then say how it ended.  The lease must be ours; losing it meanwhile is no error."""
    try:
        try:
            call(job)
        except Exception as failure:
            _failed(job, failure, at=at or clock.now())
        else:
            actions.finish(job, at=at or clock.now())
    except LeaseLost:
        log.warning("job.lease_lost id=%s task=%s", job.pk, job.task)


def call(job: Job) -> Any:
    declared = registry.get(job.task)
    if declared is None:
        raise UnknownTask
    return declared.call(*revived(declared, job.args), **job.kwargs)


def _failed(job: Job, failure: Exception, *, at: datetime) -> None:
    error = f"{type(failure).__name__} {place(failure.__traceback__)}"[:300]
    actions.put_off(job, error=error, at=at)
    level = logging.ERROR if job.status == Status.DEAD else logging.WARNING
    said = f"id={job.pk} task={job.task} attempts={job.attempts} now={job.status} error={error}"
    log.log(level, "job.failed %s", said)


def place(trace: TracebackType | None) -> str:
    """Where it was raised, as module:line, without any values."""
    if trace is None:
        return ""
    while trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}"


def run_due(*, at: datetime) -> int:
    """Do everything that is due at `at` here and now, in this thread; how many.  For set-ups and tests.

    Crons are left alone, and what fails is put off beyond `at`, so this ends.
    """
    count = 0
    while claimed := actions.claim(by="inline", at=at, limit=50):
        for job in claimed:
            run(job, at=at)
        count += len(claimed)
    return count
