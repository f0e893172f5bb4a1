"""Questions about the work that waits: for readiness, metrics and the people who operate this."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from holdspace.jobs.models import Job, Status


@dataclass(frozen=True)
class Load:
    """How much waits, runs and was given up, and how long the oldest due job has waited."""

    ready: int
    leased: int
    dead: int
    behind: timedelta


def load(*, at: datetime) -> Load:
    work = Job.objects.filter(cron=False)
    found = dict(work.exclude(status=Status.DONE).values_list("status").annotate(Count("pk")))
    oldest = work.due(at).values_list("run_at", flat=True).first()
    return Load(
        ready=found.get(Status.READY, 0),
        leased=found.get(Status.LEASED, 0),
        dead=found.get(Status.DEAD, 0),
        behind=at - oldest if oldest else timedelta(),
    )
