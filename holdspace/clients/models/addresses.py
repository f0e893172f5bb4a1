"""Where a client lives, works or studies: what they may say with one tap when asked where they are."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from holdspace.clients.models.people import Client
from holdspace.kit.actor import Actor, Holder, Member, Visit, practice_of
from holdspace.kit.fields import EncryptedTextField
from holdspace.kit.rows import Row
from holdspace.practices.models import Practice


class AddressQuerySet(models.QuerySet["Address"]):
    def visible_to(self, actor: Actor) -> AddressQuerySet:
        ours = self.filter(practice_id=practice_of(actor))
        match actor:
            case Member() if actor.may("see_clients"):
                return ours
            case Visit() | Holder():
                return ours.filter(client_id=actor.client_id)
            case _:
                return self.none()


class Address(Row):
    """One address of one client, in the order in which they were given, the usual one first."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="addresses")
    label = models.CharField(max_length=40)
    # Street, city and ZIP code, as they stand on an envelope.
    lines = EncryptedTextField()
    # Plain beside them: licenses and rules go by it.  Empty outside the United States.
    state = models.CharField(max_length=2, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    usual = models.BooleanField(default=False)

    objects = AddressQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-usual", "position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["client"], condition=models.Q(usual=True), name="one_usual_address_a_client"
            )
        ]

    @property
    def on_one_line(self) -> str:
        return ", ".join(line.strip(" ,") for line in self.lines.splitlines() if line.strip())
