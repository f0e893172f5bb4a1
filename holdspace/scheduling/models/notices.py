"""What a client was last told of their seat, and whether somebody is about to tell them more."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from holdspace.kit.rows import Row
from holdspace.messaging.models import Message
from holdspace.practices.models import Practice
from holdspace.scheduling.models.seats import Seat


class Notice(Row):
    """One a seat: what was told is compared with what is so, when nobody has changed it for a moment."""

    class Why(models.TextChoices):
        """Why the client wasn't told of the last change."""

        LEFT_OUT = "left_out", _("Whoever did it left it out.")
        SWITCHED_OFF = "switched_off", _("The practice doesn’t send these notices.")
        NO_WAY = "no_way", _("There is no e-mail address to write to, and no agreement to texts.")

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    seat = models.OneToOneField(Seat, on_delete=models.CASCADE, related_name="notice")
    # Set by every change: from then on the client may be told.  Null: nothing is waiting.
    due_at = models.DateTimeField(null=True)
    # Who finds a line under their bell if it can't be delivered.
    tell_id = models.UUIDField(null=True)
    # `facts_of` the seat as the client knows it; null while they were told nothing.
    told = models.JSONField(null=True)
    told_at = models.DateTimeField(null=True)
    # Where it stands in the client's own calendar: under which UID, at which SEQUENCE.
    uid = models.UUIDField(null=True)
    sequence = models.PositiveIntegerField(default=0)
    # What told them; of a series one message for all.
    message = models.ForeignKey(Message, on_delete=models.SET_NULL, null=True, related_name="+")
    why_not = models.CharField(max_length=12, choices=Why, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=models.Q(due_at__isnull=False), name="notices_due"),
            models.Index(fields=["uid"]),
        ]
