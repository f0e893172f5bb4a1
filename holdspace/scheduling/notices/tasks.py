"""A notice's work, outside the request and after the moment in which things are undone."""

from datetime import timedelta
from uuid import UUID

from holdspace.jobs import every, task
from holdspace.kit.clock import now
from holdspace.scheduling.models import Notice
from holdspace.scheduling.notices.sending import tell_client

LATE = timedelta(minutes=30)


@task(unique=True)
def tell(client_id: str) -> None:
    """Tell one client; and come back for what is changed again meanwhile."""
    client = UUID(client_id)
    tell_client(client_id=client, at=now())
    waiting = Notice.objects.filter(seat__client=client, due_at__isnull=False)
    if later := waiting.order_by("due_at").values_list("due_at", flat=True).first():
        tell.using(run_after=later).enqueue(client_id)


def _are_forgotten() -> bool:
    return Notice.objects.filter(due_at__lt=now() - LATE).exists()


@every(seconds=300, when=_are_forgotten)
def tell_the_forgotten() -> None:
    """Those whose job was given up get a new one."""
    due = Notice.objects.filter(due_at__lt=now() - LATE)
    for client_id in due.values_list("seat__client", flat=True).distinct()[:500]:
        tell.enqueue(str(client_id))
