"""When somebody may be booked: weekly hours, single days, time off; a clinician's own beat the practice's."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from holdspace.kit.actor import NOBODY, Actor, Member, practice_of
from holdspace.kit.rows import Row
from holdspace.practices.models import Clinician, Practice, Site


class AvailabilityQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: Actor) -> AvailabilityQuerySet:
        """Everybody at work knows when colleagues may be booked; nobody outside does."""
        return self.filter(practice_id=practice_of(actor)) if isinstance(actor, Member) else self.none()

    def changeable_by(self, actor: Actor) -> AvailabilityQuerySet:
        """The rows this actor may change: see `may_change_hours`."""
        ours = self.visible_to(actor)
        match actor:
            case Member() if actor.may("change_settings"):
                return ours
            case Member() if actor.may("change_every_availability"):
                return ours.exclude(clinician=None)
            case Member() if actor.may("change_own_availability"):
                return ours.filter(clinician_id=actor.clinician_id or NOBODY)
            case _:
                return self.none()


def may_change_hours(actor: Actor, clinician: Clinician | None) -> bool:
    """The practice's by whoever changes its settings; a clinician's by front desk, owner, and themselves."""
    if not isinstance(actor, Member):
        return False
    if clinician is None:
        return actor.may("change_settings")
    own = actor.may("change_own_availability") and actor.clinician_id == clinician.pk
    return own or (actor.may("change_every_availability") and clinician.practice_id == actor.practice_id)


class Hours(Row):
    """[starts, ends) in wall time, every week or on one day; without a clinician they are the practice's."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="hours")
    clinician = models.ForeignKey(Clinician, on_delete=models.CASCADE, null=True, related_name="hours")
    # 0 is Monday.  Either a weekday or a single day; a single day replaces the week's hours on it.
    weekday = models.PositiveSmallIntegerField(null=True)
    day = models.DateField(null=True)
    # Minutes since midnight, so that a day may end at 24:00.
    starts = models.PositiveSmallIntegerField()
    ends = models.PositiveSmallIntegerField()
    # For these contact types only; for all if there are none.
    contact_types = models.JSONField(default=list)
    site = models.ForeignKey(Site, on_delete=models.CASCADE, null=True, related_name="+")

    objects = AvailabilityQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["weekday", "day", "starts"]
        indexes: ClassVar = [models.Index(fields=["practice", "clinician"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(starts__lt=models.F("ends"), ends__lte=24 * 60),
                name="hours_end_after_they_start",
            ),
            models.CheckConstraint(
                condition=models.Q(weekday=None, day__isnull=False)
                | models.Q(day=None, weekday__isnull=False),
                name="hours_of_a_weekday_or_a_day",
            ),
        ]


class TimeOff(Row):
    """[starts_at, ends_at) in which nobody is booked: away, a block, or the practice is closed."""

    class Kind(models.TextChoices):
        AWAY = "away", _("Time off")
        BLOCK = "block", _("Block")
        CLOSED = "closed", _("Practice closed")

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="time_off")
    # Without a clinician the whole practice is closed.
    clinician = models.ForeignKey(Clinician, on_delete=models.CASCADE, null=True, related_name="time_off")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.AWAY)
    # Shown on the calendar to colleagues; never sent anywhere.
    label = models.CharField(max_length=60, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    time_zone = models.CharField(max_length=64)
    created_by = models.UUIDField(null=True)
    created_at = models.DateTimeField()

    objects = AvailabilityQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["practice", "starts_at"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="time_off_ends_after_it_starts"
            )
        ]
