"""An import's work, outside the request: a batch at a time, from wherever the last one came to."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice

from holdspace.jobs import every, task
from holdspace.kit.clock import now
from holdspace.scheduling.imports import events, promises, reading, running, tables
from holdspace.scheduling.imports.reading import Record
from holdspace.scheduling.models import Import
from holdspace.scheduling.refusals import Unreadable

BATCH = 25
KEEP = timedelta(days=1)


@task(unique=True)
def run_import(import_id: str) -> None:
    """Read the file, or import it, to its end.  Killed at any point, the next run goes on from there."""
    found = Import.objects.select_related("practice", "by__practice", "by__user").get(pk=import_id)
    if not found.is_busy:
        return
    try:
        for batch in _batches(found):
            if not running.take_batch(found=found, records=batch, at=now()):
                return
    except Unreadable as no:
        running.give_up(found=found, no=no, at=now())
        return
    running.finish(found=found, at=now())


def _batches(found: Import) -> Iterator[list[Record]]:
    every_one = (
        events.records(found.pk)
        if found.what == Import.What.CALENDAR
        else tables.records(found.pk, found.what)
    )
    rest = (one for one in every_one if one.number > found.line)
    while batch := list(islice(rest, BATCH)):
        yield batch


@every(seconds=3600)
def forget_old_files() -> None:
    """A file that nobody imported within a day is no longer kept, and neither is its list."""
    old = Import.objects.filter(created_at__lt=now() - KEEP, status__in=["checking", "checked"])
    for found in old.order_by("created_at")[:100]:
        found.move_to(Import.Status.DISCARDED, finished_at=now())
        found.lines.all().delete()
        promises.forget(found)
        reading.forget(found.pk)
    _sweep()


def _sweep() -> None:
    """Files whose row is settled or was never written: whoever was to remove them was killed."""
    wanted = {str(pk) for pk in Import.objects.filter(finished_at=None).values_list("pk", flat=True)}
    before = (now() - KEEP).timestamp()
    for file in reading.folder().glob("*.sealed"):
        if file.stem not in wanted and file.stat().st_mtime < before:
            file.unlink(missing_ok=True)
