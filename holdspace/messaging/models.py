"""A message is a row before it is a text; a bell is a line for one user, kept until read."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from holdspace.kit.actor import Actor, Member, practice_of
from holdspace.kit.fields import EncryptedTextField
from holdspace.kit.rows import Row
from holdspace.kit.status import HasStatus
from holdspace.messaging.attachments import Attachment
from holdspace.practices.models import Practice


class Channel(models.TextChoices):
    SMS = "sms", _("SMS")
    EMAIL = "email", _("Email")


# The one kind of subject whose own topic hears about its messages.  A word, not an import: seats
# live further up the ladder.
SEAT = "scheduling.seat"


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, actor: Actor) -> MessageQuerySet:
        """The practice's own messages, for those who may see its clients."""
        match actor:
            case Member() if actor.may("see_clients"):
                return self.filter(practice_id=practice_of(actor))
            case _:
                return self.none()

    def about(self, subject: models.Model) -> MessageQuerySet:
        """What was sent about this row, newest first.  Find the row through its own `visible_to`."""
        kind = subject._meta.label_lower
        return self.filter(about_type=kind, about_id=subject.pk).order_by("-queued_at", "-pk")


class Message(HasStatus, Row):
    """One text to one address by one channel."""

    class Status(models.TextChoices):
        QUEUED = "queued", _("Queued")
        SENDING = "sending", _("Sending")
        SENT = "sent", _("Sent")
        DELIVERED = "delivered", _("Delivered")
        FAILED = "failed", _("Failed")
        UNKNOWN = "unknown", _("Unknown")

    MOVES: ClassVar[dict[str, set[str]]] = {
        Status.QUEUED: {Status.SENDING, Status.FAILED},
        # Back to queued only where it surely was not handed over.
        Status.SENDING: {Status.SENT, Status.QUEUED, Status.UNKNOWN, Status.FAILED},
        Status.SENT: {Status.DELIVERED, Status.FAILED},
        Status.DELIVERED: set(),
        Status.FAILED: set(),
        Status.UNKNOWN: {Status.SENT, Status.DELIVERED, Status.FAILED},
    }

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="messages")
    channel = models.CharField(max_length=8, choices=Channel)
    status = models.CharField(max_length=10, choices=Status, default=Status.QUEUED)
    # What it is for: link, consent_request, moved, cancelled, code ...
    kind = models.CharField(max_length=32)
    to = EncryptedTextField()
    subject = EncryptedTextField()
    body = EncryptedTextField()
    # What goes along with an e-mail: one file as `Attachment` keeps it, with its name and its kind.
    file = EncryptedTextField()
    file_name = models.CharField(max_length=60, blank=True)
    file_kind = models.CharField(max_length=80, blank=True)
    client_id = models.UUIDField(null=True)
    about_type = models.CharField(max_length=64, blank=True)
    about_id = models.UUIDField(null=True)
    carrier = models.CharField(max_length=32, blank=True)
    reference = models.CharField(max_length=100, blank=True)
    segments = models.PositiveSmallIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    # Why it failed or waits, as one of our own words (`refusals.WHY`).
    trouble = models.CharField(max_length=40, blank=True)
    # Who is told under the bell if it can't be delivered.
    tell_id = models.UUIDField(null=True)
    queued_at = models.DateTimeField()
    sending_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    wiped_at = models.DateTimeField(null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["practice", "-queued_at"]),
            models.Index(fields=["about_type", "about_id"]),
            models.Index(fields=["reference"]),
            models.Index(fields=["status", "queued_at"]),
        ]

    @property
    def attachment(self) -> Attachment | None:
        """The file that goes along; none where there never was one, or it was wiped."""
        return Attachment(self.file_name, self.file_kind, self.file) if self.file else None

    @property
    def topics(self) -> list[str]:
        """Where a change of this message is heard."""
        seat = [f"seat:{self.about_id}"] if self.about_type == SEAT else []
        return [f"practice:{self.practice_id}", *seat]


class BellQuerySet(models.QuerySet["Bell"]):
    def visible_to(self, actor: Actor) -> BellQuerySet:
        """Only one's own, and only those of the practice one is at work in."""
        match actor:
            case Member():
                return self.filter(practice_id=practice_of(actor), user_id=actor.user_id)
            case _:
                return self.none()


class Bell(Row):
    """A line under the bell: a kind and a subject's id; the web room knows its words and address."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="bells")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="bells")
    kind = models.CharField(max_length=32)
    subject_type = models.CharField(max_length=64)
    subject_id = models.UUIDField()
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    objects = BellQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["user", "read_at", "-at"])]


class OptOut(Row):
    """A number that said STOP, by its keyed index: nothing is sent to it whoever has it on file."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="opt_outs")
    number_index = models.CharField(max_length=32)
    since = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["practice", "number_index"], name="one_opt_out_a_number")
        ]
