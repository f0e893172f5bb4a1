"""A series is a repeating appointment: a rule in wall time, and the appointment it makes again and again."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from holdspace.clients.models import Client
from holdspace.kit.actor import Actor, Member, practice_of
from holdspace.kit.fields import EncryptedTextField
from holdspace.kit.rows import Row
from holdspace.practices.models import Clinician, Practice, Site
from holdspace.scheduling.models.appointments import Appointment, AppointmentType, ContactType


class SeriesQuerySet(models.QuerySet["Series"]):
    def visible_to(self, actor: Actor) -> SeriesQuerySet:
        """The series this actor may know exist."""
        ours = self.filter(practice_id=practice_of(actor))
        match actor:
            case Member() if actor.may("see_every_calendar"):
                return ours
            case Member() if actor.may("see_own_calendar"):
                led = Series.clinicians.through.objects.filter(clinician=actor.clinician_id)
                return ours.filter(pk__in=led.values("series"))
            case _:
                return self.none()


class Series(Row):
    """Every occurrence is an appointment of its own; the series says what the next one will be."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="series")
    # When: an RFC 5545 rule without its end, over the wall time of `time_zone`.
    rule = models.CharField(max_length=200)
    first_day = models.DateField()
    wall_time = models.TimeField()
    time_zone = models.CharField(max_length=64)
    # Ends after so many times, or with a day, or never: at most one of the two.
    times = models.PositiveSmallIntegerField(null=True)
    last_day = models.DateField(null=True)
    # Days left out, as ISO dates.
    skipped = models.JSONField(default=list)
    # Every occurrence before this day has its row.
    made_until = models.DateField()

    # What: the plan of the next occurrence.
    type = models.ForeignKey(AppointmentType, on_delete=models.PROTECT, related_name="+")
    contact_type = models.CharField(max_length=12, choices=ContactType)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="+")
    minutes = models.PositiveSmallIntegerField()
    notes = EncryptedTextField()
    clinicians = models.ManyToManyField(Clinician, related_name="series")
    clients = models.ManyToManyField(Client, related_name="series")
    client_time_zone = models.CharField(max_length=64, blank=True)
    # The series this one was cut from by *this and following*.
    continues = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    created_by = models.UUIDField(null=True)
    created_at = models.DateTimeField()

    objects = SeriesQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["made_until"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(times=None) | models.Q(last_day=None), name="series_ends_one_way"
            )
        ]


class Occurrence(models.Model):
    """Which appointment of which series, by the day the rule meant; one that was changed alone says so."""

    appointment = models.OneToOneField(
        Appointment, on_delete=models.CASCADE, primary_key=True, related_name="occurrence"
    )
    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="occurrences")
    day = models.DateField()
    changed_alone = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["series", "day"], name="one_occurrence_a_series_and_day")
        ]
