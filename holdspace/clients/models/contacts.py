"""People to reach about a client.

A contact is a person; a tie is what that person is to one client: relation, whether they are rung
in an emergency, whether they act for the client.  A mother of two is one contact with two ties.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from holdspace.clients.languages import ENGLISH
from holdspace.clients.models.people import Client
from holdspace.clients.models.reachable import Reachable
from holdspace.kit.actor import Actor, Holder, Member, Visit, practice_of
from holdspace.kit.fields import EncryptedTextField
from holdspace.kit.rows import Row
from holdspace.practices.models import Practice


class Guardianship(models.TextChoices):
    NONE = "", _("Does not decide for the client")
    OF_MINOR = "of_minor", _("Decides for the client until they come of age")
    BY_ORDER = "by_order", _("Decides for the client by a court's order, at any age")


class ContactQuerySet(models.QuerySet["Contact"]):
    def visible_to(self, actor: Actor) -> ContactQuerySet:
        ours = self.filter(practice_id=practice_of(actor))
        match actor:
            case Member() if actor.may("see_clients"):
                return ours
            case Visit() | Holder():
                return ours.filter(ties__client_id=actor.client_id)
            case _:
                return self.none()


class Contact(Row, Reachable):
    """A person whom the practice may reach about one or several clients."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    birth_date = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=35, default=ENGLISH)
    created_at = models.DateTimeField()

    objects = ContactQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["practice", "phone_index"]),
            models.Index(fields=["practice", "email_index"]),
        ]

    def __str__(self) -> str:
        return str(self.pk)  # a name here would end in a log


class TieQuerySet(models.QuerySet["Tie"]):
    def visible_to(self, actor: Actor) -> TieQuerySet:
        ours = self.filter(practice_id=practice_of(actor))
        match actor:
            case Member() if actor.may("see_clients"):
                return ours
            case Visit() | Holder():
                return ours.filter(client_id=actor.client_id)
            case _:
                return self.none()


class Tie(Row):
    """What one contact is to one client."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="ties")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="ties")
    # In the practice's words: mother, partner, neighbor.
    relation = models.CharField(max_length=60)
    emergency = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    guardianship = models.CharField(max_length=10, choices=Guardianship, blank=True)
    # What it rests on: which court, which order, how it was shown.
    basis = EncryptedTextField()
    # Half-open, as every interval here; nothing said is no limit.
    guardian_from = models.DateField(null=True, blank=True)
    guardian_until = models.DateField(null=True, blank=True)

    objects = TieQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-emergency", "position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["client", "contact"], name="one_tie_a_client_and_contact")
        ]

    def acts(self, at: datetime) -> bool:
        """Whether this contact decides for the client then."""
        if not self.guardianship or not self._in_force(self.client.day_of(at)):
            return False
        # A birth date not on file is no reason to pass over whom the practice wrote down.
        of_age = self.client.birth_date is not None and not self.client.is_minor(at)
        return self.guardianship == Guardianship.BY_ORDER or not of_age

    def _in_force(self, day: date) -> bool:
        begun = self.guardian_from is None or self.guardian_from <= day
        return begun and (self.guardian_until is None or day < self.guardian_until)
