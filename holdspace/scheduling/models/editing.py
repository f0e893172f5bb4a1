"""Editing: a colleague has this appointment's form open, for as long as their page keeps saying so."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models

from holdspace.kit.actor import Actor, Member, practice_of
from holdspace.kit.rows import Row
from holdspace.practices.models import Membership, Practice
from holdspace.scheduling.models.appointments import Appointment


class EditingQuerySet(models.QuerySet["Editing"]):
    def visible_to(self, actor: Actor) -> EditingQuerySet:
        """Those at the appointments this colleague may see; no client ever learns of it."""
        if not isinstance(actor, Member):
            return self.none()
        ours = self.filter(practice_id=practice_of(actor))
        return ours.filter(appointment__in=Appointment.objects.visible_to(actor).values("pk"))

    def now(self, at: datetime) -> EditingQuerySet:
        """Those whose page was heard of lately."""
        return self.filter(until__gt=at)


class Editing(Row):
    """One person at one appointment, whatever number of pages they have of it."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="editings")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    # Nobody has to say goodbye: a page that vanished is forgotten at this moment.
    until = models.DateTimeField()

    objects = EditingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["appointment", "membership"], name="one_editing_a_person_and_appointment"
            )
        ]
