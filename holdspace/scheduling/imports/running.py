"""An import's batches: tried first, then done for good.

The reading that tries is the reading that does, with every line taken back: what it lists is what
the verbs themselves say, and what the lines before it would take.  A batch is one transaction with
the place in the file it came to, so whoever is killed in the midst of one has done nothing of it,
and the next goes on from there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import DataError, transaction
from django.utils.translation import gettext as _

from holdspace.audit import trail
from holdspace.kit.fields import keyed_index
from holdspace.kit.refusals import Refusal
from holdspace.scheduling.imports import promises, reading
from holdspace.scheduling.imports.reading import Record
from holdspace.scheduling.imports.taking import Taker, fingerprint_of
from holdspace.scheduling.models import Import, ImportLine
from holdspace.scheduling.refusals import LineKnown

S, Outcome = Import.Status, ImportLine.Outcome


@dataclass(frozen=True)
class Judged:
    """What became of one record, or would."""

    record: Record
    fingerprint: str
    outcome: str
    why: str = ""


def take_batch(*, found: Import, records: Sequence[Record], at: datetime) -> bool:
    """One batch, whole or not at all; no if somebody else has come further or it was discarded."""
    with transaction.atomic():
        held = Import.objects.select_for_update(of=("self",)).get(pk=found.pk)
        if (held.line, held.status) != (found.line, found.status):
            return False
        taker, last = Taker(held, held.by.as_actor(), at), records[-1]
        trying = held.status == S.CHECKING
        _write(held, _judged(taker, records if trying else _listed(held, records)))
        Import.objects.filter(pk=held.pk).update(line=last.number, offset=last.offset)
    found.line, found.offset = last.number, last.offset
    return True


def finish(*, found: Import, at: datetime) -> None:
    """The end of the file was reached: the list is whole, or the import is done and the file goes."""
    if found.status == S.CHECKING:
        with transaction.atomic():
            found.move_to(S.CHECKED)
            promises.forget(found)
        return
    with transaction.atomic():
        found.move_to(S.DONE, finished_at=at)
        counts = {one: found.lines.filter(outcome=one).count() for one in Outcome.values}
        trail.record(found.by.as_actor(), "scheduling.import.done", found, at=at, **counts)
    reading.forget(found.pk)


def give_up(*, found: Import, no: Refusal, at: datetime) -> None:
    """The file can't be read: say where, and forget it."""
    with transaction.atomic():
        found.move_to(S.UNREADABLE, trouble=str(no.sentence)[:300], finished_at=at)
        found.lines.all().delete()
        promises.forget(found)
    reading.forget(found.pk)


def _listed(of: Import, records: Sequence[Record]) -> list[Record]:
    """Those that were listed as new: what people saw refused stays so."""
    numbers = [one.number for one in records]
    new = set(of.lines.filter(outcome=Outcome.NEW, number__in=numbers).values_list("number", flat=True))
    return [one for one in records if one.number in new]


def _judged(taker: Taker, records: Sequence[Record]) -> list[Judged]:
    prints = [keyed_index("import-line", _said(one, taker.of)) for one in records]
    known = _known(taker.of, prints)
    judged = []
    for record, fingerprint in zip(records, prints, strict=True):
        one = _one(taker, record, fingerprint, known)
        if one.outcome in {Outcome.NEW, Outcome.DONE}:
            known[fingerprint] = record.number
        judged.append(one)
    return judged


def _said(record: Record, of: Import) -> str:
    """The same words for the same clinician are the same line."""
    return fingerprint_of(record, f"{of.what}:{of.clinician_id or ''}")


def _known(of: Import, prints: Sequence[str]) -> dict[str, int]:
    """Lines that were imported before, from any file, or stand earlier in this one."""
    alike = ImportLine.objects.filter(practice=of.practice_id, fingerprint__in=prints)
    before = alike.filter(outcome=Outcome.DONE) | alike.filter(
        outcome=Outcome.NEW, of=of, number__lte=of.line
    )
    return dict(before.values_list("fingerprint", "number"))


def _one(taker: Taker, record: Record, fingerprint: str, known: dict[str, int]) -> Judged:
    if fingerprint in known and not record.fault:
        return Judged(record, fingerprint, Outcome.THERE, _("The same line was taken before."))
    try:
        _take(taker, record)
    except LineKnown as known_already:
        return Judged(record, fingerprint, Outcome.THERE, str(known_already.sentence))
    except Refusal as no:
        return Judged(record, fingerprint, Outcome.REFUSED, str(no.sentence))
    except (DataError, OverflowError):
        return Judged(record, fingerprint, Outcome.REFUSED, _("Something in it is too long or too large."))
    return Judged(record, fingerprint, Outcome.NEW if taker.only_tries else Outcome.DONE)


def _take(taker: Taker, record: Record) -> None:
    """All of the line or nothing; while trying, nothing stays but the promise of what it would take."""
    with transaction.atomic():
        taken = taker.take(record)
        if taker.only_tries:
            transaction.set_rollback(True)
    if taker.only_tries:
        promises.promise(taker.of, record.number, taken)


def _write(of: Import, judged: Sequence[Judged]) -> None:
    """One row a line; of the first reading they are replaced by those of the second."""
    of.lines.filter(number__in=[one.record.number for one in judged]).delete()
    rows = [
        ImportLine(
            practice_id=of.practice_id,
            of=of,
            number=one.record.number,
            outcome=one.outcome,
            fingerprint=one.fingerprint,
            said=one.record.said,
            why=one.why,
        )
        for one in judged
    ]
    ImportLine.objects.bulk_create(rows)
