"""The sealer: numbers what was committed, chains it, and lets the world know each chain's head."""

import logging
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.db.models import F

from holdspace.audit import heads, seal
from holdspace.audit.models import SYSTEM, Entry, Head
from holdspace.audit.refusals import SealedElsewhere

log = logging.getLogger("holdspace.audit")
# Short, because on SQLite a batch holds the only write lock.
BATCH = 200


def seal_waiting(*, at: datetime) -> int:
    """Seal every committed entry of every chain; how many.  Safe beside any number of writers."""
    practices = Entry.objects.filter(seq=None).values_list("practice_id", flat=True)
    chains = {practice or SYSTEM for practice in practices}
    return sum(seal_chain(chain, at=at) for chain in chains)


def seal_chain(chain: UUID, *, at: datetime) -> int:
    """Seal what waits in one chain; how many."""
    total = 0
    while count := _seal_batch(chain, at=at):
        total += count
    return total


@transaction.atomic
def _seal_batch(chain: UUID, *, at: datetime) -> int:
    head = _head(chain)
    waiting = list(Entry.objects.chain(chain).waiting()[:BATCH])
    if not waiting:
        return 0
    seq, mac = head.count, head.mac
    for entry in waiting:
        seq, mac = seq + 1, _seal(entry, seq=seq + 1, prev=mac)
    _advance(head, count=seq, mac=mac, at=at)
    return len(waiting)


def _head(chain: UUID) -> Head:
    """The chain's head, ours until the batch ends.  Only sealers ever lock it."""
    Head.objects.bulk_create([Head(chain=chain)], ignore_conflicts=True)
    return Head.objects.select_for_update().get(pk=chain)


def _seal(entry: Entry, *, seq: int, prev: str) -> str:
    marks = seal.marks_of(entry, seq=seq, prev=prev)
    mac = seal.of(entry, seq=seq, prev=prev, marks=marks)
    if not Entry.objects.filter(pk=entry.pk, seq=None).update(seq=seq, prev=prev, marks=marks, mac=mac):
        raise SealedElsewhere
    return mac


def _advance(head: Head, *, count: int, mac: str, at: datetime) -> None:
    # The UPDATE repeats the count we read: of two sealers one wins, the other starts over.
    mine = Head.objects.filter(pk=head.pk, count=head.count)
    if not mine.update(count=count, mac=mac, sealed_at=at):
        raise SealedElsewhere


def publish_heads(file: Path) -> int:
    """Write each chain's new head to the log and to `file`, signed; how many."""
    news = list(Head.objects.filter(count__gt=F("published")))
    for head in news:
        line = heads.line_of(head)
        heads.append(file, line)
        log.info("audit.head %s", line)
        Head.objects.filter(pk=head.pk).update(published=head.count)
    return len(news)
