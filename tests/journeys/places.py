"""Seats that are ready to meet now: confirmed, agreed, the session open; and two people at them."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.browsers import context
from tests.journeys.house import House
from tests.journeys.media import received, wait_until_met
from tests.journeys.people import ClientSide, DeskSide

# Printed as JSON, one line.  The clinician is Dr Osei.
MAKE = """
import json
from datetime import timedelta
from holdspace.consents.models import Consent, ConsentVersion
from django.db import transaction
from holdspace.consents.queries import standing
from holdspace.kit.actor import System
from holdspace.kit.clock import now
from holdspace.kit.refusals import Refusal
from holdspace.practices.models import Clinician
from holdspace.scheduling import links
from holdspace.scheduling.actions import holds
from holdspace.scheduling.models import Appointment, AppointmentType, Seat
from holdspace.telehealth.actions import open_for
at = now()
clinician = Clinician.objects.get(name="Dr Ama Osei")
practice = clinician.practice
client = practice.clients.get(first_name="{client}")
version = ConsentVersion.objects.get(practice=practice, form__purpose="telehealth")
def make(starts_at):
    appointment = Appointment.objects.create(practice=practice, type=AppointmentType.objects.filter(
        practice=practice).first(), contact_type="telehealth", starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=1), time_zone="America/New_York", created_at=at, changed_at=at)
    appointment.clinicians.add(clinician)
    seat = Seat.objects.create(practice=practice, appointment=appointment, client=client, status="confirmed",
        client_time_zone=client.time_zone, location="12 Example St", location_state="NY",
        location_ok_at=at)
    holds.settle(appointment, at=at)
    # One for all of them, as a client has in life: each Admit reads whatever they ever answered.
    standing(client, at=at) or Consent.objects.create(practice=practice, version=version, client=client,
        seat=seat, way="digital", status="signed", time_zone="UTC", answered_at=at,
        expires_at=at + timedelta(days=1))
    session = open_for(appointment=appointment, actor=System(practice.pk), at=at)
    born = client.birth_date.strftime("%m %d %Y").split()
    return [str(seat.pk), str(session.pk), links.link_for(seat), born]
made, minute = [], 0
# A minute each, around now, wherever the clinician's time is free.
while len(made) < {count}:
    minute = -minute if minute < 0 else -minute - 1
    try:
        with transaction.atomic():
            made.append(make(at + timedelta(minutes=minute)))
    except Refusal:
        continue
print(json.dumps(made))
"""
LAPTOP = {"viewport": {"width": 1280, "height": 800}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}

SEAT = """
from holdspace.kit.actor import System
from holdspace.kit.clock import now
from holdspace.scheduling.models import Seat
seat = Seat.objects.get(pk="{seat}")
"""


@dataclass(frozen=True)
class Place:
    """A seat to meet in, its session, the client's link to it and their birth date."""

    seat: str
    session: str
    link: str
    born: tuple[str, str, str]


def places(house: House, count: int, client: str = "Rosa") -> Iterator[Place]:
    """So many of them, made in one go: each journey takes one of its own."""
    made = json.loads(house.ask(MAKE.format(count=count, client=client)))
    return iter([Place(*one) for one in made])


@dataclass
class Two:
    """The clinician and the client of one seat, at their pages."""

    place: Place
    desk: DeskSide
    client: ClientSide

    @property
    def sides(self) -> tuple[DeskSide, ClientSide]:
        return self.desk, self.client

    def take_up(self) -> None:
        """The clinician in the room, the client in the waiting room."""
        self.desk.page.goto(f"/sessions/{self.place.session}")
        self.client.arrive(self.place.link)
        self.client.knock()
        expect(self.desk.page.locator("[data-participant]")).to_be_visible()

    def meet(self) -> None:
        self.take_up()
        self.desk.admit()
        self.have_met()

    def have_met(self) -> None:
        """Each decodes the other's picture, has it on the screen, and receives the other's sound."""
        for side in self.sides:
            expect(side.page.locator("html")).to_have_attribute("data-call", "live")
            expect(side.page.locator("video[data-theirs]")).to_be_visible()
            wait_until_met(side.page)

    def come_back(self, page: Page) -> None:
        """After a reload: the picture by itself; the sound too, or after the one tap that browsers want."""
        expect(page.locator("html")).to_have_attribute("data-call", "live")
        listen(page)
        self.have_met()


def listen(page: Page) -> None:
    """Sound is heard; where the browser asks for a tap first, the page offers it."""
    hush = page.locator("[data-hush]")
    until = time.monotonic() + 10
    while time.monotonic() < until and not received(page)["energy"]:
        if hush.is_visible():
            hush.click()
            return
        page.wait_for_timeout(100)


def kept_sign_in(browser: Browser, house: House) -> object:
    """Dr Osei's sign-in, to be taken to every window that needs it."""
    window = context(browser, house)
    DeskSide(window.new_page()).sign_in("Dr Ama Osei")
    kept = window.storage_state()
    window.close()
    return kept


@contextmanager
def two_at(house: House, place: Place, desk: BrowserContext, phone: BrowserContext) -> Iterator[Two]:
    """Both at their windows, not yet on a page; neither browser may have complained in the end."""
    two = Two(place, DeskSide(desk.new_page()), ClientSide(phone.new_page()))
    two.client.born = place.born
    try:
        yield two
        for side in two.sides:
            side.complain_of_errors()
    finally:
        desk.close()
        phone.close()
