"""What a clinician asked anew at the start of a session: each time another row, and none ever changes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from holdspace.kit.actor import Actor, Member, practice_of
from holdspace.kit.rows import Row
from holdspace.practices.models import Practice
from holdspace.scheduling.models import Seat


class AskedAgainQuerySet(models.QuerySet["AskedAgain"]):
    def visible_to(self, actor: Actor) -> AskedAgainQuerySet:
        """Whoever at work here may know the appointment; it is the clinicians' record, not the client's."""
        ours = self.filter(practice_id=practice_of(actor))
        match actor:
            case Member() if actor.may("see_every_calendar"):
                return ours
            case Member() if actor.clinician_id and actor.may("see_own_calendar"):
                return ours.filter(seat__appointment__clinicians=actor.clinician_id)
            case _:
                return self.none()


class AskedAgain(Row):
    """What of the state's questions was asked for one session; the newest row of a seat counts."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="asked_again")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="asked_again")
    # The rule as it was: the state, which of the practice's versions (0: as shipped), and its questions.
    state = models.CharField(max_length=2, blank=True)
    rule_version = models.PositiveIntegerField()
    wanted = models.JSONField(default=list)
    # Those of them that were asked.
    items = models.JSONField(default=list)
    by_id = models.UUIDField()
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    objects = AskedAgainQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["seat", "-at"], name="consents_asked_again_newest")]

    @property
    def left_out(self) -> list[str]:
        """What the rule wanted to have asked and nobody ticked."""
        return [key for key in self.wanted if key not in self.items]
