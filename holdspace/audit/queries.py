"""Reading the trail: the history of one record, a practice's pages for its auditor, and what waits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from holdspace.audit.models import Entry
from holdspace.kit.actor import Actor

PAGE = 50
LONGEST_HISTORY = 500
NAMELESS: dict[str, str | Promise] = {
    "member": _("Someone of the practice"),
    "visit": _("The client"),
    "guest": _("A guest"),
    "system": _("Holdspace"),
}


@dataclass(frozen=True)
class Line:
    """One entry as a page shows it.  `what` is the verb; the page has the words for it."""

    id: UUID
    at: datetime
    who: str | Promise
    actor_kind: str
    what: str
    subject_type: str
    subject_id: UUID | None
    detail: dict[str, Any]
    number: int | None

    @property
    def sealed(self) -> bool:
        return self.number is not None


@dataclass(frozen=True)
class Page:
    lines: list[Line]
    number: int
    has_next: bool


def anything_waiting() -> bool:
    """Whether the sealer has something to do."""
    return Entry.objects.filter(seq=None).exists()


def did_lately(actor: Actor, what: str, subject_id: UUID, *, since: datetime) -> bool:
    """Whether this actor's own entry about the record is no older than `since`."""
    mine = Entry.objects.filter(practice_id=actor.practice_id, subject_id=subject_id, at__gte=since)
    return mine.filter(what=what, actor_kind=actor.kind, actor_id=actor.id).exists()


def last_by(what: str, subject_id: UUID) -> str:
    """Who was the last to do this to a record; nobody, if it was nobody who works there."""
    done = Entry.objects.filter(what=what, subject_id=subject_id).order_by("-at", "-pk")
    return done.values_list("actor_name", flat=True).first() or ""


def entries_about(subject_type: str, subject_id: UUID) -> list[Entry]:
    """Everything the trail holds of one record, oldest first, with its seals: for whoever verifies."""
    found = Entry.objects.filter(subject_type=subject_type, subject_id=subject_id)
    return list(found.order_by("at", "pk"))


def entries_by(what: str, name: str) -> dict[str, UUID]:
    """Every entry of one kind by what its detail says under a name; of several there the oldest."""
    newest_first = Entry.objects.filter(what=what).order_by("-at", "-pk")
    return {str(said): pk for said, pk in newest_first.values_list(f"detail__{name}", "pk")}


def changes_of(subject_type: str, subject_id: UUID, field: str) -> list[tuple[Any, Any]]:
    """What one field of one record was and became, change by change as the entries' `changes` say."""
    told = Entry.objects.filter(subject_type=subject_type, subject_id=subject_id)
    found = told.filter(detail__changes__has_key=field).order_by("at", "pk")
    return [(old, new) for old, new in (entry.detail["changes"][field] for entry in found)]


def history_of(subject_type: str, subject_id: UUID) -> list[Line]:
    """What was done to one record, oldest first.  The caller got the record through `visible_to`."""
    return history_of_all([(subject_type, subject_id)])


def history_of_all(subjects: Iterable[tuple[str, UUID]]) -> list[Line]:
    """What was done to several records, as one story: an appointment with its seats and sessions."""
    wanted = Q(pk__in=[])
    for subject_type, subject_id in subjects:
        wanted |= Q(subject_type=subject_type, subject_id=subject_id)
    newest = Entry.objects.filter(wanted).order_by("-at", "-pk")[:LONGEST_HISTORY]
    return [line_of(entry) for entry in reversed(newest)]


def entries_for(practice_id: UUID, page: int = 1) -> Page:
    """One page of a practice's trail, newest first.  Who may see it is the caller's to ask."""
    number = max(page, 1)
    start = (number - 1) * PAGE
    newest = Entry.objects.filter(practice_id=practice_id).order_by("-at", "-pk")
    found = list(newest[start : start + PAGE + 1])
    return Page([line_of(entry) for entry in found[:PAGE]], number, has_next=len(found) > PAGE)


def line_of(entry: Entry) -> Line:
    return Line(
        id=entry.pk,
        at=entry.at,
        who=entry.actor_name or NAMELESS.get(entry.actor_kind, entry.actor_kind),
        actor_kind=entry.actor_kind,
        what=entry.what,
        subject_type=entry.subject_type,
        subject_id=entry.subject_id,
        detail=entry.detail,
        number=entry.seq,
    )
