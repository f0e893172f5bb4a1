"""A portal account: a sign-in that may see a client's own pages; and the invitation that leads to one.

Both are somebody's: a client's, or a contact's who decides for clients.  The account of a mother of
two is one, and holds both.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from holdspace.accounts.models import User
from holdspace.clients.models.contacts import Contact
from holdspace.clients.models.people import Client
from holdspace.kit.actor import Actor, Member, practice_of
from holdspace.kit.rows import Row
from holdspace.practices.models import Practice

ONE_OF_THEM = Q(client=None, contact__isnull=False) | Q(client__isnull=False, contact=None)


class PortalQuerySet(models.QuerySet[Any]):
    """Of accounts and of invitations alike."""

    def visible_to(self, actor: Actor) -> PortalQuerySet:
        """The practice's, to whoever sees its clients; whoever holds one comes by signing in."""
        match actor:
            case Member() if actor.may("see_clients"):
                return self.filter(practice_id=practice_of(actor))
            case _:
                return self.none()

    def of(self, person: Client | Contact) -> PortalQuerySet:
        return self.filter(client=person) if isinstance(person, Client) else self.filter(contact=person)


class PortalAccount(Row):
    """One sign-in's way to one person's pages, until it is closed."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="portal_accounts")
    client = models.ForeignKey(Client, on_delete=models.CASCADE, null=True, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, null=True, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    objects = PortalQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=ONE_OF_THEM, name="an_account_is_one_persons"),
            models.UniqueConstraint(
                fields=["client"], condition=Q(closed_at=None), name="one_account_a_client"
            ),
            models.UniqueConstraint(
                fields=["contact"], condition=Q(closed_at=None), name="one_account_a_contact"
            ),
        ]

    @property
    def person(self) -> Client | Contact:
        found = self.client or self.contact
        assert found is not None  # a constraint says so
        return found


class PortalInvitation(Row):
    """A way to an account: good once, for some days.  Only the fingerprint of its secret is kept."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    client = models.ForeignKey(Client, on_delete=models.CASCADE, null=True, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, null=True, related_name="+")
    fingerprint = models.CharField(max_length=64, unique=True)
    channel = models.CharField(max_length=8)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    # Withdrawn, replaced by a newer one, or locked after too many wrong answers.
    ended_at = models.DateTimeField(null=True)
    wrong = models.PositiveSmallIntegerField(default=0)
    paused_until = models.DateTimeField(null=True)

    objects = PortalQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=ONE_OF_THEM, name="an_invitation_is_one_persons")
        ]

    @property
    def person(self) -> Client | Contact:
        found = self.client or self.contact
        assert found is not None  # a constraint says so
        return found

    def works(self, at: datetime) -> bool:
        return self.used_at is None and self.ended_at is None and at < self.ends_at
