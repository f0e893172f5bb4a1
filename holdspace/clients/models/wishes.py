"""What somebody who came by a link asks for about how they are reached: it waits for a word of the practice.

A link and a birth date are enough to come to an appointment, not to lead the next link somewhere else.
"""

from __future__ import annotations

import json
from typing import Any, ClassVar

from django.db import models

from holdspace.clients.models.contacts import Contact
from holdspace.clients.models.people import Client
from holdspace.kit.actor import Actor, Member, Visit, practice_of
from holdspace.kit.fields import EncryptedTextField
from holdspace.kit.rows import Row
from holdspace.practices.models import Practice


class WishQuerySet(models.QuerySet["Wish"]):
    def visible_to(self, actor: Actor) -> WishQuerySet:
        """The practice's, to whoever sees its clients; a visit knows only what it asked for itself."""
        ours = self.filter(practice_id=practice_of(actor))
        match actor:
            case Member() if actor.may("see_clients"):
                return ours
            case Visit():
                return ours.filter(visit_id=actor.visit_id)
            case _:
                return self.none()


class Wish(Row):
    """Asked for in one visit, the client's or a guardian's; it is gone once somebody here has decided."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="wishes")
    # Whose number and address it is about, where that isn't the client.
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, null=True, related_name="+")
    visit_id = models.UUIDField(unique=True)
    # Who they said they are, where they came for the client; that name may be on the chart or not.
    who = EncryptedTextField()
    # As JSON: what of `Reach` would be otherwise.
    facts = EncryptedTextField()
    asked_at = models.DateTimeField()

    objects = WishQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["asked_at", "pk"]

    @property
    def said(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.facts)
        return found

    @property
    def person(self) -> Client | Contact | None:
        """Who would be reached otherwise; None for somebody who isn't on the chart."""
        return self.contact if self.who else self.client
