"""The sealed PDF of an answer: made by a job, tried again until it is there, then never changed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from holdspace.kit.actor import Actor
from holdspace.kit.fields import EncryptedTextField
from holdspace.kit.rows import Row
from holdspace.kit.status import HasStatus
from holdspace.practices.models import Practice

if TYPE_CHECKING:
    from holdspace.consents.models import Consent


class PaperQuerySet(models.QuerySet["Paper"]):
    def visible_to(self, actor: Actor) -> PaperQuerySet:
        """The papers of the consents this actor may know exist."""
        from holdspace.consents.models import Consent

        return self.filter(consent__in=Consent.objects.visible_to(actor).values("pk"))

    def due(self, at: datetime) -> PaperQuerySet:
        """What is to be made by now, the longest waiting first."""
        wanted = [Paper.Status.WAITING, Paper.Status.FAILED]
        return self.filter(status__in=wanted, next_try_at__lte=at).order_by("next_try_at")


class Paper(Row, HasStatus):
    """One answer's PDF.  It begins with the answer, in the same transaction, so that none is forgotten."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("Being made")
        SEALED = "sealed", _("Sealed")
        FAILED = "failed", _("Not made yet")

    MOVES: ClassVar[dict[str, set[str]]] = {
        Status.WAITING: {Status.SEALED, Status.FAILED},
        Status.FAILED: {Status.SEALED, Status.FAILED, Status.WAITING},
        Status.SEALED: set(),
    }

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="papers")
    consent: models.OneToOneField[Consent, Consent] = models.OneToOneField(
        "consents.Consent", on_delete=models.PROTECT, related_name="paper"
    )
    status = models.CharField(max_length=8, choices=Status, default=Status.WAITING)
    tries = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField()
    # What kind of thing went wrong last; never what it said, which may quote a client.
    error = models.CharField(max_length=120, blank=True)
    # The file itself (sealed, base64), its SHA-256, and the fingerprint of the certificate that sealed it.
    body = EncryptedTextField()
    digest = models.CharField(max_length=64, blank=True)
    certificate = models.CharField(max_length=64, blank=True)
    sealed_at = models.DateTimeField(null=True)

    objects = PaperQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(status__in=["waiting", "failed"]),
                name="consents_papers_due",
            )
        ]

    @property
    def is_sealed(self) -> bool:
        return self.status == self.Status.SEALED
