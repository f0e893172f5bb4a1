"""What the lines of a file would take that is only being tried: later lines are held against it.

A line is tried against the practice as it is, and taken back.  What it took is kept here until the
file has been read: who would be busy when, which names and numbers would be on file.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from holdspace.kit.refusals import Refusal
from holdspace.scheduling.models import Import, ImportPromise
from holdspace.scheduling.refusals import LineKnown, LineRefused
from holdspace.scheduling.words import span


@dataclass(frozen=True)
class Time:
    """[starts_at, ends_at) of a clinician or a client, which is then theirs no more to give."""

    who: UUID
    name: str
    starts_at: datetime
    ends_at: datetime
    zone: str

    @property
    def key(self) -> str:
        return str(self.who)

    @property
    def against(self) -> tuple[str, ...]:
        return (self.key,)

    def refusal(self, row: ImportPromise) -> Refusal | None:
        if not (
            row.starts_at and row.ends_at and row.starts_at < self.ends_at and row.ends_at > self.starts_at
        ):
            return None
        said = {"line": row.line, "name": self.name, "when": span(row.starts_at, row.ends_at, self.zone)}
        return LineRefused(_("Line %(line)s of this file books %(name)s then: %(when)s.") % said)


@dataclass(frozen=True)
class Name:
    """A client's name under which they will be on file; `against` are those that mean the same person."""

    key: str
    against: tuple[str, ...] = ()
    starts_at = ends_at = None

    def refusal(self, row: ImportPromise) -> Refusal:
        return LineKnown(_("Line %(line)s of this file adds this client.") % {"line": row.line})


@dataclass(frozen=True)
class Number:
    """A phone number: two clients who share one are looked at by a person."""

    key: str
    starts_at = ends_at = None

    @property
    def against(self) -> tuple[str, ...]:
        return (self.key,)

    def refusal(self, row: ImportPromise) -> Refusal:
        return LineRefused(
            _("Line %(line)s of this file has this phone number. If both are right, add this one by hand.")
            % {"line": row.line}
        )


Taken = Sequence[Time | Name | Number]


def promise(of: Import, line: int, taken: Taken) -> None:
    """The line has these from now on; or the refusal that names the earlier line that has one already."""
    earlier = _earlier(of, taken)
    for one in taken:
        for row in (row for key in one.against for row in earlier[key]):
            refusal = one.refusal(row)
            if refusal:
                raise refusal
    ImportPromise.objects.bulk_create(
        ImportPromise(of=of, line=line, key=one.key, starts_at=one.starts_at, ends_at=one.ends_at)
        for one in taken
    )


def forget(of: Import) -> None:
    """The file has been read: from here on the calendar itself says what is taken."""
    ImportPromise.objects.filter(of=of).delete()


def _earlier(of: Import, taken: Taken) -> dict[str, list["ImportPromise"]]:
    """What earlier lines were promised that may be in the way, by key, in one question."""
    found = ImportPromise.objects.filter(of=of, key__in={key for one in taken for key in one.against})
    times = [one for one in taken if isinstance(one, Time)]
    if times:
        first, last = min(one.starts_at for one in times), max(one.ends_at for one in times)
        found = found.filter(starts_at__lt=last, ends_at__gt=first)
    by_key: dict[str, list[ImportPromise]] = defaultdict(list)
    for row in found.order_by("line", "pk"):
        by_key[row.key].append(row)
    return by_key
