"""A spoken code: a way to a seat that is read out on the phone.  Only its keyed index is kept."""

from typing import ClassVar

from django.db import models

from holdspace.kit.rows import Row
from holdspace.practices.models import Practice
from holdspace.scheduling.models.seats import Seat


class SpokenCode(Row):
    """Good for one browser and half an hour; it leads to the same question as the link."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="spoken_codes")
    index = models.CharField(max_length=32, unique=True, editable=False)
    link_generation = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    # Of the cookie of the browser it was typed in: nobody else gets on with it.
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["fingerprint"])]
