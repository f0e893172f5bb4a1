"""The lease table.  Who holds a job holds it until a moment, not for ever: a dead worker's job comes back."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from holdspace.jobs.refusals import LeaseLost
from holdspace.kit.refusals import MoveNotAllowed
from holdspace.kit.rows import Row
from holdspace.kit.status import HasStatus


class Status(models.TextChoices):
    READY = "ready", _("Ready")
    LEASED = "leased", _("Leased")
    DONE = "done", _("Done")
    DEAD = "dead", _("Dead")


class JobQuerySet(models.QuerySet["Job"]):
    def due(self, at: datetime) -> "JobQuerySet":
        """What may be started at `at`, the longest waiting first."""
        return self.filter(status=Status.READY, run_at__lte=at).order_by("run_at")

    def ran_out(self, at: datetime) -> "JobQuerySet":
        """Leases nobody extended: their worker is gone."""
        return self.filter(status=Status.LEASED, lease_until__lt=at)


class Job(HasStatus, Row):
    """One piece of work; or, with `cron`, one that is never done and comes round again."""

    MOVES = {
        Status.READY: {Status.LEASED},
        Status.LEASED: {Status.DONE, Status.READY, Status.DEAD},
        Status.DONE: set(),
        Status.DEAD: set(),
    }

    status = models.CharField(max_length=8, choices=Status.choices, default=Status.READY)
    task = models.CharField(max_length=200)
    args = models.JSONField(default=list)
    kwargs = models.JSONField(default=dict)
    cron = models.BooleanField(default=False)
    unique = models.CharField(max_length=250, null=True)  # null: nothing is the same as this
    run_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    leased_by = models.CharField(max_length=120, blank=True)
    enqueued_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        constraints = [
            # Only waiting jobs: one that runs may already have read what the next one is about.
            models.UniqueConstraint(fields=["unique"], condition=Q(status="ready"), name="jobs_one_waiting")
        ]
        indexes = [
            models.Index(fields=["cron", "run_at"], condition=Q(status="ready"), name="jobs_due"),
            models.Index(fields=["lease_until"], condition=Q(status="leased"), name="jobs_leased"),
            models.Index(fields=["status", "finished_at"], name="jobs_finished"),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.pk}"

    def settle(self, status: str, **changes: Any) -> None:
        """Give the lease back with an outcome, or raise LeaseLost and change nothing.

        The UPDATE repeats the lease: a worker that slept through its end must not
        overwrite what the next holder did.
        """
        if not self.may_become(status):
            raise MoveNotAllowed
        mine = Job.objects.filter(pk=self.pk, status=Status.LEASED, leased_by=self.leased_by)
        changes |= {"status": status, "leased_by": "", "lease_until": None}
        if not mine.update(**changes):
            raise LeaseLost
        for field, value in changes.items():
            setattr(self, field, value)
