"""The one verb other rooms need: record what was done, where it was done."""

import json
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model

from holdspace import jobs
from holdspace.audit.models import Entry
from holdspace.kit.actor import Actor, Member


def record(actor: Actor, what: str, subject: Model, *, at: datetime, **detail: Any) -> Entry:
    """Add an entry to the present transaction: it stays exactly if the work does.

    `what` is "room.noun.verb".  Details are plain values; of an encrypted field give the
    name only.  No lock is taken: any number of writers may record at once.
    """
    entry = Entry.objects.create(
        practice_id=getattr(subject, "practice_id", None) or actor.practice_id,
        at=at,
        actor_kind=actor.kind,
        actor_id=actor.id,
        actor_name=actor.name if isinstance(actor, Member) else "",
        what=what,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        detail=plain(detail),
    )
    jobs.nudge()
    return entry


def plain(detail: dict[str, Any]) -> dict[str, Any]:
    """Ids and times as texts, as the database will give them back."""
    said: dict[str, Any] = json.loads(json.dumps(detail, cls=DjangoJSONEncoder, allow_nan=False))
    return said
