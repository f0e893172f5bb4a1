"""A visit: one browser that has shown whose seat it is.  Only the fingerprint of its cookie is kept."""

from typing import ClassVar

from django.db import models

from holdspace.kit.actor import Visit
from holdspace.kit.rows import Row
from holdspace.practices.models import Practice
from holdspace.scheduling.models.seats import Seat


class VisitRow(Row):
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="visits")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="visits")
    fingerprint = models.CharField(max_length=64, unique=True)
    link_generation = models.PositiveIntegerField()
    identity_how = models.CharField(max_length=20)
    started_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "scheduling_visit"
        indexes: ClassVar = [models.Index(fields=["seat", "ended_at"])]

    def as_actor(self) -> Visit:
        return Visit(
            visit_id=self.pk,
            seat_id=self.seat_id,
            client_id=self.seat.client_id,
            practice_id=self.practice_id,
        )
