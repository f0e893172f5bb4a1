"""People and places for the launch bench: a signed-in clinician, clients at the door, seats to meet in."""

import json
from dataclasses import dataclass

from playwright.sync_api import Browser, Page

from tests.journeys.house import House

# Seats that are ready to meet now: confirmed, agreed, open.  Printed as JSON, one line.
MAKE = """
import json
from datetime import timedelta
from django.utils import timezone
from holdspace.consents.models import Consent, ConsentVersion
from holdspace.practices.models import Clinician
from holdspace.scheduling import links
from holdspace.scheduling.models import Appointment, AppointmentType, Seat
from holdspace.kit.actor import System
from holdspace.telehealth.actions import open_for
at = timezone.now()
clinician = Clinician.objects.get(name="Dr Ama Osei")
client = clinician.practice.clients.get(first_name="Rosa")
version = ConsentVersion.objects.get(practice=clinician.practice, form__purpose="telehealth")
kind = AppointmentType.objects.filter(practice=clinician.practice).first()
made = []
for n in range({count}):
    appointment = Appointment.objects.create(
        practice=clinician.practice, type=kind, contact_type="telehealth", time_zone="America/New_York",
        starts_at=at, ends_at=at + timedelta(minutes=50), created_at=at, changed_at=at)
    appointment.clinicians.add(clinician)
    seat = Seat.objects.create(
        practice=clinician.practice, appointment=appointment, client=client, status="confirmed",
        client_time_zone=client.time_zone)
    Consent.objects.create(
        practice=clinician.practice, version=version, client=client, seat=seat, way="digital",
        status="signed", time_zone="UTC", answered_at=at, expires_at=at + timedelta(days=1))
    session = open_for(appointment=appointment, actor=System(clinician.practice_id), at=at)
    made.append([str(session.pk), links.link_for(seat)])
print(json.dumps(made))
"""


@dataclass
class Place:
    """A session to meet in, and the client's link to it."""

    session: str
    link: str


def places(house: House, count: int) -> list[Place]:
    said = house.manage("shell", "--no-imports", "-c", MAKE.format(count=count))
    return [Place(*one) for one in json.loads(said.strip().splitlines()[-1])]


class Clinician:
    """Dr Osei, who signs in once and takes the sign-in to every round."""

    def __init__(self, browser: Browser, house: House) -> None:
        self.browser, self.house = browser, house
        context = browser.new_context(base_url=house.url)
        page = context.new_page()
        page.goto("/accounts/login/")
        page.get_by_role("button", name="Dr Ama Osei").click()
        page.wait_for_url("**/calendar**")
        self.kept = context.storage_state()
        context.close()

    def room(self, place: Place, scripts: list[str]) -> Page:
        """The room's page with the camera on, nobody in it yet."""
        page = page_with(self.browser, self.house, scripts, storage_state=self.kept)
        page.goto(f"/sessions/{place.session}")
        return page


class Client:
    def __init__(self, browser: Browser, house: House) -> None:
        self.browser, self.house = browser, house

    def wait_in(self, place: Place, scripts: list[str]) -> Page:
        """From the link to the waiting room, as a person gets there."""
        page = page_with(self.browser, self.house, scripts)
        page.goto(place.link)
        for label, value in (("Month", "4"), ("Day", "12"), ("Year", "1984")):
            page.get_by_label(label).fill(value)
        page.get_by_role("button", name="Continue").click()
        page.get_by_role("link", name="Join", exact=True).click()
        page.get_by_role("button", name="Yes, go in").click()
        page.wait_for_selector("[data-part=waiting]:not([hidden])")
        return page


def page_with(browser: Browser, house: House, scripts: list[str], **kept: object) -> Page:
    context = browser.new_context(base_url=house.url, **kept)  # type: ignore[arg-type]
    for script in scripts:
        context.add_init_script(script)
    return context.new_page()
