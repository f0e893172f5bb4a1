"""Run as a process: `write N`, `seal` (until killed), `waiting`, `report`."""

import random
import sys
import uuid
from datetime import timedelta

import django
from django.db import transaction

django.setup()

from holdspace.audit import heads, queries, trail  # noqa: E402
from holdspace.audit.models import Entry  # noqa: E402
from holdspace.audit.verify import verify  # noqa: E402
from holdspace.jobs.worker import Worker  # noqa: E402
from holdspace.kit import clock  # noqa: E402
from holdspace.kit.actor import System  # noqa: E402

PRACTICES = [None, *(uuid.UUID(int=n) for n in range(1, 5))]


def write(count: str) -> None:
    """Transactions over several practices in any order, one in five rolled back; prints what was kept."""
    kept = 0
    for n in range(int(count)):
        with transaction.atomic():
            for practice in random.sample(PRACTICES, 3):
                cup = Entry(practice_id=practice)
                trail.record(System(practice), "kettle.tea.poured", cup, at=clock.now())
            if n % 5 == 4:
                transaction.set_rollback(True)
            else:
                kept += 3
    print(kept)


def seal() -> None:
    Worker(lease=timedelta(seconds=5)).run()


def waiting() -> None:
    print(queries.anything_waiting())


def report() -> None:
    """The number of sealed entries and of breaks."""
    reports = list(verify(heads.read([])))
    print(sum(one.entries for one in reports), sum(len(one.breaks) for one in reports), Entry.objects.count())


if __name__ == "__main__":
    {part.__name__: part for part in (write, seal, waiting, report)}[sys.argv[1]](*sys.argv[2:])
