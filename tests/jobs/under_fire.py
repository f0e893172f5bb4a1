"""Run as a process: the parts of the tests that only a process of its own can play."""

import sys
import time
from datetime import timedelta
from functools import partial

import django
from django.core.management import call_command
from django.db import transaction

django.setup()

from holdspace.jobs import embedded as server  # noqa: E402
from holdspace.jobs import wake  # noqa: E402
from holdspace.jobs.embedded import start_embedded, stop_embedded  # noqa: E402
from holdspace.jobs.models import Job, Status  # noqa: E402
from holdspace.jobs.worker import Worker  # noqa: E402
from tests.jobs import duties  # noqa: E402

A_MINUTE = 60.0


def enqueue(count: str, file: str) -> None:
    with transaction.atomic():
        for n in range(int(count)):
            duties.mark.enqueue(n, file)


def work() -> None:
    Worker(lease=timedelta(seconds=2), slots=6).run()


def left() -> None:
    print(Job.objects.filter(cron=False).exclude(status=Status.DONE).count())


def enqueue_slow(file: str) -> None:
    duties.slowly.enqueue(file)


def command() -> None:
    call_command("worker")


def start_deaf() -> None:
    """This process's worker, which looks for work by itself once a minute: earlier it must be told."""
    server.Worker = partial(Worker, poll=A_MINUTE)  # type: ignore[attr-defined, assignment]
    assert start_embedded()


def waited(n: int) -> float:
    """How many seconds job `n` waited for this process's own worker."""
    began = time.monotonic()
    duties.note_down.enqueue(str(n))
    while len(duties.done) == n:
        time.sleep(0.002)
    return time.monotonic() - began


def embedded() -> None:
    """Print how long each of a few jobs waited."""
    start_deaf()
    for n in range(4):
        time.sleep(0.5)  # in which the worker has come to rest
        print(waited(n))
    stop_embedded()


def hushed() -> None:
    """Print how long after a launch of 1.5 seconds had begun a job ran, and how long later ones waited."""
    began = time.monotonic()
    wake.hush(1.5)
    start_deaf()
    waited(0)
    print(time.monotonic() - began)
    for n in range(1, 4):
        print(waited(n))
    stop_embedded()


if __name__ == "__main__":
    parts = (enqueue, enqueue_slow, work, left, command, embedded, hushed)
    {part.__name__: part for part in parts}[sys.argv[1]](*sys.argv[2:])
