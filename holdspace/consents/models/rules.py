"""A practice's own rule for a state, in versions: each change is another row, and none ever changes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from holdspace.kit.actor import Actor, Member, practice_of
from holdspace.kit.rows import Row
from holdspace.practices.models import Practice


class OwnRuleQuerySet(models.QuerySet["OwnRule"]):
    def visible_to(self, actor: Actor) -> OwnRuleQuerySet:
        """Whoever works there: a rule is no secret, and the start screen shows it."""
        return self.filter(practice_id=practice_of(actor)) if isinstance(actor, Member) else self.none()


class OwnRule(Row):
    """One version of what a practice goes by in one state; the highest number counts."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="state_rules")
    # Empty for everywhere that isn't listed.
    state = models.CharField(max_length=2, blank=True)
    number = models.PositiveIntegerField()
    # From this version on the shipped row counts again; the rest is what it said on that day.
    as_shipped = models.BooleanField(default=False)
    verbal_enough = models.BooleanField()
    renewal = models.CharField(max_length=10)
    ask_each_session = models.JSONField(default=list)
    source = models.CharField(max_length=300)
    checked = models.DateField()
    note = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    made_by_name = models.CharField(max_length=120)

    objects = OwnRuleQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["state", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["practice", "state", "number"], name="one_rule_a_number")
        ]
