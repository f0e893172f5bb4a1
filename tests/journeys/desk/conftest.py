"""The front desk at work, in a house of its own, with every click and key counted."""

import json
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.browsers import context
from tests.journeys.desk.hands import Hands
from tests.journeys.house import House
from tests.journeys.people import DeskSide

# A confirmed appointment so many hours from now, or at a time in New York; prints its id and its seat's.
MAKE = """
import json
from datetime import datetime, timedelta
from holdspace.kit import zones
from holdspace.kit.clock import now
from holdspace.practices.models import Clinician
from holdspace.scheduling.actions import holds
from holdspace.scheduling.models import Appointment, AppointmentType, Hold, Seat
at, said = now().replace(second=0, microsecond=0), json.loads('{said}')
clinician = Clinician.objects.get(name=said["clinician"])
client = clinician.practice.clients.get(first_name=said["client"])
starts_at = (zones.instant(datetime.fromisoformat(said["start"]), "America/New_York") if said["start"]
    else at + timedelta(hours=said["hours"]))
# Whatever the demo put there makes way.
Appointment.objects.filter(pk__in=Hold.objects.filter(clinician=clinician, ends_at__gt=starts_at,
    starts_at__lt=starts_at + timedelta(minutes=50)).values("appointment")).delete()
made = Appointment.objects.create(practice=clinician.practice, type=AppointmentType.objects.get(
    practice=clinician.practice, name="Individual"), contact_type=said["way"], starts_at=starts_at,
    ends_at=starts_at + timedelta(minutes=50), time_zone="America/New_York", created_at=at, changed_at=at)
made.clinicians.add(clinician)
seat = Seat.objects.create(practice=made.practice, appointment=made, client=client, status="confirmed",
    client_time_zone=client.time_zone)
holds.settle(made, at=at)
print(json.dumps([str(made.pk), str(seat.pk)]))
"""


Booked = Callable[..., tuple[str, str]]


@pytest.fixture(scope="module")
def sign_in(house: House, two_browsers: tuple[Browser, Browser]) -> object:
    window = context(two_browsers[0], house)
    DeskSide(window.new_page()).sign_in("Bea Lindqvist")
    kept = window.storage_state()
    window.close()
    return kept


@pytest.fixture
def bea(house: House, two_browsers: tuple[Browser, Browser], sign_in: object) -> Iterator[DeskSide]:
    """Bea at the front desk of Willow Street, signed in."""
    window = context(two_browsers[0], house, storage_state=sign_in, viewport={"width": 1280, "height": 800})
    side = DeskSide(window.new_page())
    yield side
    side.complain_of_errors()
    window.close()


@pytest.fixture
def hands(bea: DeskSide, tell: Callable[[str], None]) -> Iterator[Hands]:
    """Bea's hands; what they did stands in the output."""
    one = Hands(bea.page)
    yield one
    if one.asked:
        tell(f"{one.asked}: {one.said}")


@pytest.fixture
def booked(house: House) -> Booked:
    """Somebody with an appointment that a journey needs: its id and the seat's."""

    def make(client: str, **facts: object) -> tuple[str, str]:
        said = {"client": client, "clinician": "Ben Halloran", "way": "in_person", "start": "", "hours": 0}
        appointment, seat = json.loads(house.ask(MAKE.format(said=json.dumps(said | facts))))
        return appointment, seat

    return make
