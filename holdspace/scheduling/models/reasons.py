"""Reasons a practice offers where an appointment isn't held, and whether one must be given."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from holdspace.kit.actor import Actor, Member, practice_of
from holdspace.kit.rows import Row
from holdspace.practices.models import Practice


class ReasonsQuerySet(models.QuerySet["Reasons"]):
    def visible_to(self, actor: Actor) -> ReasonsQuerySet:
        """Everybody at work here chooses from them."""
        return self.filter(practice_id=practice_of(actor)) if isinstance(actor, Member) else self.none()


class Reasons(Row):
    """What one practice offers for one status; without a row, the usual ones and none required."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="reasons")
    status = models.CharField(max_length=20)
    words = models.JSONField(default=list, blank=True)
    required = models.BooleanField(default=False)

    objects = ReasonsQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["practice", "status"], name="one_list_of_reasons_a_status")
        ]
