"""An appointment is an agreed time; its holds are what makes that time taken."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from holdspace.kit.actor import Actor, Holder, Member, Visit, practice_of
from holdspace.kit.fields import EncryptedTextField
from holdspace.kit.rows import Row
from holdspace.practices.models import Clinician, Practice, Site

if TYPE_CHECKING:
    from holdspace.scheduling.models.seats import Seat


class ContactType(models.TextChoices):
    IN_PERSON = "in_person", _("In-Person")
    PHONE = "phone", _("Phone Call")
    TELEHEALTH = "telehealth", _("Telehealth")


def every_contact_type() -> list[str]:
    return [ContactType.IN_PERSON.value, ContactType.PHONE.value, ContactType.TELEHEALTH.value]


class AppointmentType(Row):
    """What an appointment is for: it fills duration, hue and the contact types allowed."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="appointment_types")
    name = models.CharField(max_length=60)
    minutes = models.PositiveSmallIntegerField(default=50)
    hue = models.PositiveSmallIntegerField(default=1)
    contact_types = models.JSONField(default=every_contact_type)
    is_group = models.BooleanField(default=False)
    places = models.PositiveSmallIntegerField(default=1)
    active = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def takes_several(self) -> bool:
        """Whether there is room for more than one client: a couple, a family, a group."""
        return self.places > 1


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def visible_to(self, actor: Actor) -> AppointmentQuerySet:
        """The appointments this actor may know exist."""
        ours = self.filter(practice_id=practice_of(actor))
        match actor:
            case Member() if actor.may("see_every_calendar"):
                return ours
            case Member() if actor.may("see_own_calendar"):
                return ours.led_by(actor.clinician_id)
            case Visit():
                return ours.filter(seats=actor.seat_id)
            case Holder():
                return ours.filter(seats__client=actor.client_id)
            case _:
                return self.none()

    def led_by(self, clinician_id: UUID | None) -> AppointmentQuerySet:
        """Those this clinician leads.  Asked per row: a range is short, a clinician's years are long."""
        leads = Appointment.clinicians.through.objects.filter(
            appointment=OuterRef("pk"), clinician=clinician_id
        )
        return self.filter(Exists(leads))


class Appointment(Row):
    """An agreed time between clinicians and clients: [starts_at, ends_at), kept in UTC with its zone."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="appointments")
    type = models.ForeignKey(AppointmentType, on_delete=models.PROTECT, related_name="appointments")
    contact_type = models.CharField(max_length=12, choices=ContactType)
    clinicians = models.ManyToManyField(Clinician, related_name="appointments")
    site = models.ForeignKey(
        Site, on_delete=models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    time_zone = models.CharField(max_length=64)
    notes = EncryptedTextField()
    # Told to the client at least once: from then on it is cancelled, never deleted.
    announced = models.BooleanField(default=False)
    # Grows with every change: a save that began from an older one is refused.
    version = models.PositiveIntegerField(default=1)
    created_by = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    changed_by = models.UUIDField(null=True)
    changed_at = models.DateTimeField()

    # As `queries.between` finds them, whether it is one of a series, and who leads as `with_leads` does.
    leads: list[Clinician]
    taken: list[Seat]
    repeats: bool

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["practice", "starts_at"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="appointment_ends_after_start"
            )
        ]

    @property
    def length(self) -> timedelta:
        return self.ends_at - self.starts_at

    @property
    def minutes(self) -> int:
        return int(self.length.total_seconds() // 60)

    @property
    def is_telehealth(self) -> bool:
        return self.contact_type == ContactType.TELEHEALTH

    @property
    def topics(self) -> list[str]:
        """Where news about this appointment is heard: its practice's open pages."""
        return [f"practice:{self.practice_id}"]


class Hold(models.Model):
    """A clinician's time, taken by one appointment: [starts_at, ends_at)."""

    clinician = models.ForeignKey(Clinician, on_delete=models.PROTECT, related_name="holds")
    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="holds")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    # No two holds of a clinician overlap: a migration says so, once per database vendor.

    class Meta:
        indexes: ClassVar = [models.Index(fields=["clinician", "starts_at", "ends_at"])]
