"""Whom to call where a client is: kept by the practice, each number with the day it was last tried."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from django.db import models

from holdspace.kit.actor import Actor, Member, practice_of
from holdspace.kit.rows import Row
from holdspace.practices.models.practice import Practice

# Answering points move: one or two of a hundred zones change in a quarter.
GOOD_FOR = timedelta(days=180)


class EmergencyNumberQuerySet(models.QuerySet["EmergencyNumber"]):
    def visible_to(self, actor: Actor) -> EmergencyNumberQuerySet:
        """Everybody at work: whoever is with somebody in danger needs it."""
        return self.filter(practice_id=practice_of(actor)) if isinstance(actor, Member) else self.none()


class EmergencyNumber(Row):
    """One number of one place: a county, a city, or the whole state."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="emergency_numbers")
    state = models.CharField(max_length=2)
    # "Cook County", "Evanston"; empty for all of the state.
    place = models.CharField(max_length=80, blank=True)
    # Who answers: "911 center", "Mobile crisis team".
    who = models.CharField(max_length=80)
    number = models.CharField(max_length=20)
    verified_on = models.DateField()
    verified_by = models.CharField(max_length=120)

    objects = EmergencyNumberQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["state", "place", "who", "pk"]

    def is_stale(self, day: date) -> bool:
        """Whether it is long enough ago that somebody called it to see who answers."""
        return self.verified_on + GOOD_FOR < day

    def is_for(self, address: str) -> bool:
        """Whether an address as somebody wrote it names this place."""
        town = self.place.casefold().removesuffix("county").strip()
        return bool(town) and town in address.casefold()
