"""What happens to a job: it is kept, claimed, extended, finished, put off, or given up."""

import logging
import random
import uuid
from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models.functions import Least

from holdspace.jobs.declare import ATTEMPTS, LeasedTask, registry
from holdspace.jobs.models import Job, Status
from holdspace.jobs.refusals import LeaseLost
from holdspace.kit.refusals import MoveNotAllowed

log = logging.getLogger("holdspace.jobs")
LEASE = timedelta(seconds=30)
FIRST_DELAY, LONGEST_DELAY = 5.0, 3600.0
KEEP_DONE, KEEP_DEAD = timedelta(days=7), timedelta(days=90)
CRONS = uuid.UUID("6f0f5ed8-6a0b-4d0e-9d5c-3c5b6f2a4f10")


def keep(job: Job) -> Job:
    """Insert the job in the caller's transaction, or join the same one that still waits."""
    if job.unique is None:
        job.save(force_insert=True)
        return job
    while True:
        if waiting := _join(job):
            return waiting
        # Never an error here: on PostgreSQL it would spoil the caller's transaction.
        Job.objects.bulk_create([job], ignore_conflicts=True)
        if Job.objects.filter(pk=job.pk).exists():
            return job


def _join(job: Job) -> Job | None:
    """Hold on to the waiting twin.  The UPDATE also locks it, so nobody starts it before we commit."""
    twin = Job.objects.filter(unique=job.unique, status=Status.READY)
    if not twin.update(run_at=Least("run_at", job.run_at)):
        return None
    return twin.first()


def keep_crons(declared: Collection[LeasedTask[[], None]], *, at: datetime) -> None:
    """One row for each cron; its id follows from its name, so every process inserts the same one."""
    paths = [cron.module_path for cron in declared]
    rows = [
        Job(pk=uuid.uuid5(CRONS, path), task=path, cron=True, run_at=at, enqueued_at=at) for path in paths
    ]
    there = set(Job.objects.filter(cron=True).values_list("pk", flat=True))
    Job.objects.bulk_create([row for row in rows if row.pk not in there], ignore_conflicts=True)


def claim(*, by: str, at: datetime, limit: int, lease: timedelta = LEASE) -> list[Job]:
    """Lease up to `limit` due jobs: nobody else gets them while the lease is extended."""
    due = Job.objects.due(at).filter(cron=False)
    # A look without a lock first: on SQLite the transaction below takes the only write lock.
    if limit < 1 or not due.exists():
        return []
    with transaction.atomic():
        # SQLite has no row locks and needs none; PostgreSQL steps over what others are claiming.
        rows = list(due.select_for_update(skip_locked=True)[:limit])
        return [job for job in rows if _lease(job, by=by, until=at + lease)]


def claim_crons(*, by: str, at: datetime, limit: int, lease: timedelta = LEASE) -> list[Job]:
    """Lease due crons that have something to do."""
    if limit < 1:
        return []
    due = [job for job in Job.objects.due(at).filter(cron=True) if _wanted(job.task)]
    return [job for job in due[:limit] if _lease(job, by=by, until=at + lease)]


def _wanted(path: str) -> bool:
    declared = registry.get(path)
    return declared is not None and (declared.when is None or _asked(declared.when))


def _asked(when: Callable[[], bool]) -> bool:
    """The cron's own answer; where it can't be had, yes.

    Then the run itself fails, by name, and is put off, while everything else goes on.
    """
    try:
        return when()
    except Exception:
        log.warning("cron.when_failed", exc_info=True)
        return True


def _lease(job: Job, *, by: str, until: datetime) -> bool:
    token = f"{by}/{uuid.uuid4().hex[:12]}"
    try:
        job.move_to(Status.LEASED, leased_by=token, lease_until=until, attempts=job.attempts + 1)
    except MoveNotAllowed:
        return False
    return True


def extend(tokens: Collection[str], *, at: datetime, lease: timedelta = LEASE) -> None:
    """Keep the leases that these tokens still hold."""
    Job.objects.filter(status=Status.LEASED, leased_by__in=tokens).update(lease_until=at + lease)


def finish(job: Job, *, at: datetime) -> None:
    """Done; a cron waits for its next turn instead."""
    if job.cron:
        again = at + timedelta(seconds=registry[job.task].seconds or 0)
        job.settle(Status.READY, run_at=again, attempts=0, last_error="")
    else:
        job.settle(Status.DONE, finished_at=at, last_error="")


def put_off(job: Job, *, error: str, at: datetime, jitter: Callable[[], float] = random.random) -> None:
    """Try again later, each time later; after the last attempt the job is dead, and stays to be seen."""
    declared = registry.get(job.task)
    if not job.cron and job.attempts >= (declared.attempts if declared else ATTEMPTS):
        return job.settle(Status.DEAD, finished_at=at, last_error=error)
    longest = min(LONGEST_DELAY, float(declared.seconds or LONGEST_DELAY) if declared else LONGEST_DELAY)
    _back_to_ready(job, run_at=at + backoff(job.attempts, longest=longest, jitter=jitter), error=error, at=at)
    return None


def backoff(attempts: int, *, longest: float, jitter: Callable[[], float]) -> timedelta:
    """Five seconds, then twice as long each time, up to `longest`; spread by half either way."""
    delay = min(longest, FIRST_DELAY * 2.0 ** min(attempts - 1, 30))
    return timedelta(seconds=delay * (0.5 + jitter()))


def _back_to_ready(job: Job, *, run_at: datetime, error: str, at: datetime) -> None:
    try:
        with transaction.atomic():
            job.settle(Status.READY, run_at=run_at, last_error=error)
    except IntegrityError:
        # The same work was enqueued again while this ran: that one will do it.
        job.settle(Status.DONE, finished_at=at, last_error=error)


def recover(*, at: datetime) -> int:
    """Give back the jobs of workers that are gone, at once; how many."""
    lost = list(Job.objects.ran_out(at))
    for job in lost:
        _recover(job, at=at)
    return len(lost)


def _recover(job: Job, *, at: datetime) -> None:
    declared = registry.get(job.task)
    allowed = declared.attempts if declared else ATTEMPTS
    try:
        if job.attempts >= allowed and not job.cron:
            job.settle(Status.DEAD, finished_at=at, last_error="LeaseRanOut")
        else:
            _back_to_ready(job, run_at=at, error="LeaseRanOut", at=at)
    except LeaseLost:
        return  # another worker was quicker, or its own extended it after all


def purge(*, at: datetime) -> int:
    """Forget jobs done a week ago, and dead ones nobody mended in ninety days; how many."""
    done, _ = Job.objects.filter(status=Status.DONE, finished_at__lt=at - KEEP_DONE).delete()
    dead, _ = Job.objects.filter(status=Status.DEAD, finished_at__lt=at - KEEP_DEAD).delete()
    return done + dead
