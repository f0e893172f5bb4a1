"""An import: a file somebody handed in, what each of its lines would do, and what it did."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from holdspace.kit.actor import Actor, Member, practice_of
from holdspace.kit.fields import EncryptedTextField
from holdspace.kit.rows import Row
from holdspace.kit.status import HasStatus
from holdspace.practices.models import Clinician, Membership, Practice
from holdspace.scheduling.models.appointments import AppointmentType, ContactType


class ImportQuerySet(models.QuerySet["Import"]):
    def visible_to(self, actor: Actor) -> ImportQuerySet:
        """The practice's, for whoever may import."""
        if isinstance(actor, Member) and actor.may("import"):
            return self.filter(practice_id=practice_of(actor))
        return self.none()


class ImportStatus(models.TextChoices):
    CHECKING = "checking", _("Being read")
    CHECKED = "checked", _("Read, nothing imported yet")
    IMPORTING = "importing", _("Being imported")
    DONE = "done", _("Imported")
    UNREADABLE = "unreadable", _("Can’t be read")
    DISCARDED = "discarded", _("Discarded")


S = ImportStatus


class Import(Row, HasStatus):
    """The file lies sealed beside the database under this row's id, until it is imported or discarded."""

    class What(models.TextChoices):
        CLIENTS = "clients", _("Clients, from CSV")
        APPOINTMENTS = "appointments", _("Appointments, from CSV")
        CALENDAR = "calendar", _("Appointments, from a calendar file (.ics)")

    Status = ImportStatus
    MOVES: ClassVar[dict[str, set[str]]] = {
        S.CHECKING: {S.CHECKED, S.UNREADABLE, S.DISCARDED},
        S.CHECKED: {S.IMPORTING, S.DISCARDED},
        S.IMPORTING: {S.DONE, S.UNREADABLE},
        S.DONE: set(),
        S.UNREADABLE: {S.DISCARDED},
        S.DISCARDED: set(),
    }

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="imports")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=12, choices=What)
    status = models.CharField(max_length=12, choices=ImportStatus, default=S.CHECKING)
    # For lines that don't say so themselves.
    clinician = models.ForeignKey(Clinician, on_delete=models.PROTECT, null=True, related_name="+")
    type = models.ForeignKey(AppointmentType, on_delete=models.PROTECT, null=True, related_name="+")
    contact_type = models.CharField(max_length=12, choices=ContactType, default=ContactType.IN_PERSON)
    size = models.PositiveIntegerField()
    # How far the present reading has come: the last line that was looked at, and the bytes up to it.
    line = models.PositiveIntegerField(default=0)
    offset = models.PositiveIntegerField(default=0)
    trouble = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-created_at", "pk"]

    @property
    def is_busy(self) -> bool:
        return self.status in {S.CHECKING, S.IMPORTING}

    @property
    def percent(self) -> int:
        return min(100, self.offset * 100 // max(1, self.size)) if self.is_busy else 100


class ImportLineQuerySet(models.QuerySet["ImportLine"]):
    def visible_to(self, actor: Actor) -> ImportLineQuerySet:
        """Those of the imports this actor may see."""
        return self.filter(of__in=Import.objects.visible_to(actor))


class ImportLine(Row):
    """What a line would do, and after the import what it did.  The fingerprint finds the same line again."""

    class Outcome(models.TextChoices):
        NEW = "new", _("New")
        THERE = "there", _("Already there")
        REFUSED = "refused", _("Refused")
        DONE = "done", _("Imported")

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=8, choices=Outcome)
    fingerprint = models.CharField(max_length=32)
    said = EncryptedTextField()
    why = EncryptedTextField()

    objects = ImportLineQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["number"]
        indexes: ClassVar = [models.Index(fields=["practice", "fingerprint"])]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["of", "number"], name="one_row_an_import_and_line")
        ]


class ImportPromise(models.Model):
    """What a line that was only tried would take, while the rest of its file is being read."""

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="promises")
    line = models.PositiveIntegerField()
    # Whose time: a clinician's or a client's id.  Or the keyed index of a name or a number, without a time.
    key = models.CharField(max_length=36)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["of", "key", "starts_at"])]
