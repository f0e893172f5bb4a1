"""A feed: the address at which a clinician's own calendar program reads when they are booked."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from holdspace.kit.actor import NOBODY, Actor, Member, practice_of
from holdspace.kit.rows import Row
from holdspace.practices.models import Clinician, Practice
from holdspace.scheduling.models.seats import new_handle


class FeedQuerySet(models.QuerySet["Feed"]):
    def visible_to(self, actor: Actor) -> FeedQuerySet:
        """One's own, and nobody else's: the address is as good as the calendar."""
        ours = self.filter(practice_id=practice_of(actor))
        if isinstance(actor, Member):
            return ours.filter(clinician=actor.clinician_id or NOBODY)
        return self.none()


class Feed(Row):
    """The handle leads to the row; the secret is derived from it and its generation, never stored."""

    class Shows(models.TextChoices):
        BUSY = "busy", _("Only that I’m busy")
        INITIALS = "initials", _("Clients’ initials")

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    clinician = models.OneToOneField(Clinician, on_delete=models.CASCADE, related_name="feed")
    handle = models.CharField(max_length=10, unique=True, default=new_handle, editable=False)
    generation = models.PositiveIntegerField(default=1)
    shows = models.CharField(max_length=8, choices=Shows, default=Shows.BUSY)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    objects: ClassVar = FeedQuerySet.as_manager()
