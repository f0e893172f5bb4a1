"""An import as people press it: read a file, carry it out, or discard it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from holdspace.audit import trail
from holdspace.kit.actor import Member
from holdspace.kit.refusals import NotYours
from holdspace.practices.models import Practice
from holdspace.scheduling.imports import promises, reading
from holdspace.scheduling.imports.tasks import run_import
from holdspace.scheduling.models import Import

S = Import.Status


def begin(
    *, pk: UUID, practice: Practice, what: str, size: int, actor: Member, at: datetime, **defaults: Any
) -> Import:
    """Read the file that was kept under this id, saving nothing of it; it is listed line by line after."""
    if not actor.may("import"):
        raise NotYours
    with transaction.atomic():
        found = Import.objects.create(
            pk=pk,
            practice=practice,
            what=what,
            size=size,
            by_id=actor.membership_id,
            created_at=at,
            **defaults,
        )
        trail.record(actor, "scheduling.import.read", found, at=at, kind=what, size=size)
        run_import.enqueue(str(found.pk))
    return found


def carry_out(*, found: Import, actor: Member, at: datetime) -> None:
    """Import what was listed as new, for good."""
    if not actor.may("import"):
        raise NotYours
    with transaction.atomic():
        found.move_to(S.IMPORTING, line=0, offset=0)
        trail.record(actor, "scheduling.import.began", found, at=at)
        run_import.enqueue(str(found.pk))


def discard(*, found: Import, actor: Member, at: datetime) -> None:
    """Forget the file and what was listed; nothing was imported."""
    if not actor.may("import"):
        raise NotYours
    with transaction.atomic():
        found.move_to(S.DISCARDED, finished_at=at)
        found.lines.all().delete()
        promises.forget(found)
        trail.record(actor, "scheduling.import.discarded", found, at=at)
    reading.forget(found.pk)
