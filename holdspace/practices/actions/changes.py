"""Setting plain fields and saying in the trail what they were and what they are."""

from datetime import datetime
from typing import Any

from django.db import models, transaction

from holdspace.audit import trail
from holdspace.kit.actor import Actor


def change(row: models.Model, what: str, *, actor: Actor, at: datetime, **facts: Any) -> dict[str, list[Any]]:
    """Set the fields that differ, in one transaction with their entry; no difference, no entry."""
    changes = {
        name: [getattr(row, name), value] for name, value in facts.items() if getattr(row, name) != value
    }
    if changes:
        for name, (_old, value) in changes.items():
            setattr(row, name, value)
        with transaction.atomic():
            row.save(update_fields=list(changes))
            trail.record(actor, what, row, at=at, changes=changes)
    return changes
