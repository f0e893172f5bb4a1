"""A visit: one browser that has shown whose seat it is.  Only the fingerprint of its cookie is kept."""

import json
from dataclasses import asdict, dataclass
from typing import ClassVar

from django.db import models

from holdspace.kit.actor import Visit
from holdspace.kit.fields import EncryptedTextField
from holdspace.kit.rows import Row
from holdspace.practices.models import Practice
from holdspace.scheduling.models.seats import Seat


@dataclass(frozen=True)
class Came:
    """Who says they came, where somebody else decides for the client: the client, or whoever does.

    `contact` is the number of the contact on the chart whose name it is, or nothing.
    """

    name: str = ""
    relation: str = ""
    contact: str = ""

    @property
    def is_guardian(self) -> bool:
        return bool(self.name)


class VisitRow(Row):
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="visits")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="visits")
    fingerprint = models.CharField(max_length=64, unique=True)
    link_generation = models.PositiveIntegerField()
    identity_how = models.CharField(max_length=20)
    # As JSON, sealed: `Came`.  Empty where nobody was asked, because the client decides alone.
    who = EncryptedTextField()
    started_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "scheduling_visit"
        indexes: ClassVar = [models.Index(fields=["seat", "ended_at"])]

    @property
    def came(self) -> Came | None:
        return Came(**json.loads(self.who)) if self.who else None

    def as_actor(self) -> Visit:
        return Visit(
            visit_id=self.pk,
            seat_id=self.seat_id,
            client_id=self.seat.client_id,
            practice_id=self.practice_id,
        )


def kept(came: Came | None) -> str:
    """As the visit's row keeps it."""
    return json.dumps(asdict(came)) if came else ""
