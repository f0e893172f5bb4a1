"""Run as a process: `people`, `same_hour`, `morning N`, `pair N`, `two_hundred N`, `report`."""

import sys
import time
from datetime import timedelta
from functools import cache

import django
from django.conf import settings

django.setup()

from holdspace.clients.models import Client  # noqa: E402
from holdspace.kit.actor import System  # noqa: E402
from holdspace.practices.models import Clinician  # noqa: E402
from holdspace.scheduling import actions, refusals  # noqa: E402
from holdspace.scheduling.models import Appointment, AppointmentType, Hold  # noqa: E402
from holdspace.scheduling.plans import Plan  # noqa: E402
from tests.cast import TEN, client_of, person, practice, type_of  # noqa: E402


def people() -> None:
    """Two clinicians, one client, one type."""
    willow = practice("Willow Street Counseling", "willow")
    for name in ("Dr Ama Osei", "Dr Eva Novak"):
        person(willow, name, ["clinician"])
    client_of(willow, "Rosa", "Marin")
    type_of(willow)


def same_hour() -> None:
    print(_book(0, 1))


def morning(nth: str) -> None:
    """Six tries all over three hours; prints how many held."""
    print(sum(_book((int(nth) * 7 + k * 25) % 180, 1) for k in range(6)))


def pair(nth: str) -> None:
    """Both clinicians at once, named in either order."""
    print(_book(0, 2, backwards=int(nth) % 2 == 1))


def two_hundred(nth: str) -> None:
    """Two hundred hours, each wanted by everybody, by each at another minute; prints how many held."""
    _together(nth)
    print(sum(_book(hour * 60 + int(nth) * 5, 1) for hour in range(200)))


def _together(nth: str, many: int = 8) -> None:
    """Wait until as many processes have come this far: whoever starts first has no start."""
    (settings.HOME / f"ready-{nth}").touch()
    while len(list(settings.HOME.glob("ready-*"))) < many:
        time.sleep(0.01)


def report() -> None:
    """Appointments, holds, and pairs of holds of one clinician that overlap."""
    holds = list(Hold.objects.all())
    overlaps = sum(
        one.clinician_id == other.clinician_id
        and one.starts_at < other.ends_at
        and one.ends_at > other.starts_at
        for n, one in enumerate(holds)
        for other in holds[n + 1 :]
    )
    print(Appointment.objects.count(), len(holds), overlaps)


@cache
def _there() -> tuple[Client, AppointmentType, list[Clinician]]:
    clinicians = Clinician.objects.select_related("practice").order_by("name")
    kind = AppointmentType.objects.select_related("practice").get()
    return Client.objects.get(), kind, list(clinicians)


def _book(minutes: int, clinicians: int, *, backwards: bool = False) -> int:
    rosa, kind, everybody = _there()
    leads, start = everybody[:clinicians], TEN + timedelta(minutes=minutes)
    plan = Plan(
        type=kind,
        contact_type="telehealth",
        clinicians=tuple(reversed(leads) if backwards else leads),
        starts_at=start,
        ends_at=start + timedelta(minutes=50),
        time_zone="America/New_York",
    )
    try:
        actions.book(plan=plan, clients=[rosa], actor=System(rosa.practice_id), at=TEN, anyway=True)
    except refusals.ClinicianBusy as no:
        # A refusal says who is booked and when; any other no ends this process.
        if "is already booked then" not in str(no.sentence):
            raise
        return 0
    return 1


if __name__ == "__main__":
    parts = (people, same_hour, morning, pair, two_hundred, report)
    {part.__name__: part for part in parts}[sys.argv[1]](*sys.argv[2:])
