"""Run as a process: `queue N`, `work`, `work_later`, `all_at_once`, `report`."""

import sys
from datetime import UTC, datetime, timedelta

import django

django.setup()

from holdspace.clients.models import Client  # noqa: E402
from holdspace.jobs import actions as jobs  # noqa: E402
from holdspace.jobs import runner  # noqa: E402
from holdspace.kit.actor import System  # noqa: E402
from holdspace.kit.clock import now  # noqa: E402
from holdspace.messaging.models import Message  # noqa: E402
from holdspace.practices.models import Clinician  # noqa: E402
from holdspace.scheduling import actions  # noqa: E402
from holdspace.scheduling.models import Notice  # noqa: E402
from holdspace.scheduling.notices.sending import tell_client  # noqa: E402
from holdspace.scheduling.plans import Plan  # noqa: E402
from tests.cast import client_of, person, practice, type_of  # noqa: E402

FIRST = datetime(2031, 3, 3, 15, tzinfo=UTC)
HOUR = timedelta(hours=1)


def queue(count: str) -> None:
    """So many clients, each booked a minute ago, so that their notices are due."""
    willow = practice("Willow Street Counseling", "willow")
    person(willow, "Dr Ama Osei", ["clinician"])
    for nth in range(int(count)):
        client = client_of(willow, "Rosa", f"Marin {nth}", phone="", email=f"rosa{nth}@example.org")
        starts_at = FIRST + nth * HOUR
        plan = Plan(
            type=type_of(willow),
            contact_type="telehealth",
            clinicians=(Clinician.objects.get(),),
            starts_at=starts_at,
            ends_at=starts_at + HOUR,
            time_zone="America/New_York",
        )
        actions.book(plan=plan, clients=[client], actor=System(willow.pk), at=now() - HOUR / 60, anyway=True)


def work() -> None:
    """One job after the other; a line for each."""
    while claimed := jobs.claim(by="worker", at=now(), limit=1):
        runner.run(claimed[0])
        print("done")


def work_later() -> None:
    """An hour on, when the leases of the dead have run out."""
    jobs.recover(at=now() + HOUR)
    runner.run_due(at=now() + HOUR)


def all_at_once() -> None:
    for client in Client.objects.order_by("pk"):
        tell_client(client_id=client.pk, at=now())
    print(0)


def report() -> None:
    """Clients told, messages, and notices that still wait."""
    told = Message.objects.filter(kind="booked")
    waiting = Notice.objects.filter(due_at__isnull=False).count()
    print(told.values("client_id").distinct().count(), told.count(), waiting)


if __name__ == "__main__":
    parts = (queue, work, work_later, all_at_once, report)
    {part.__name__: part for part in parts}[sys.argv[1]](*sys.argv[2:])
