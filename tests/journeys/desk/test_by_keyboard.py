"""Booking, moving, changing a series and cancelling without a mouse, and without ever losing the place."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.days import working_days
from tests.journeys.desk.conftest import Booked
from tests.journeys.desk.keys import Keys
from tests.journeys.house import House
from tests.journeys.people import DeskSide

pytestmark = pytest.mark.journey
SERIES = """
from datetime import datetime, timedelta
from holdspace.kit import zones
from holdspace.kit.actor import System
from holdspace.kit.clock import now
from holdspace.practices.models import Clinician
from holdspace.scheduling import actions, recurrence
from holdspace.scheduling.models import AppointmentType
from holdspace.scheduling.plans import Plan
noah = Clinician.objects.get(name="Noah Whitfield")
wall = datetime.fromisoformat("{day}T10:00")
start = zones.instant(wall, "America/New_York")
plan = Plan(type=AppointmentType.objects.get(practice=noah.practice, name="Individual"),
    contact_type="in_person", clinicians=(noah,), starts_at=start, ends_at=start + timedelta(minutes=50),
    time_zone="America/New_York", site=None, notes="")
repeat = recurrence.checked(recurrence.weekly(wall, 1), wall, times=4)
actions.book_series(plan=plan, repeat=repeat, clients=[noah.practice.clients.get(first_name="Petra")],
    choices={{}}, actor=System(noah.practice_id), at=now())
print("booked")
"""


@pytest.fixture(scope="module")
def days() -> Iterator[str]:
    """Days that the demo has left empty, and no other journey here uses."""
    return working_days(120)


@pytest.fixture
def keys(bea: DeskSide) -> Keys:
    return Keys(bea.page)


def look_at(page: Page, day: str) -> None:
    page.goto(f"/calendar?date={day}")
    page.wait_for_load_state("networkidle")


def details(page: Page) -> Locator:
    return page.locator("#drawer")


def tile(page: Page, name: str) -> Locator:
    return page.locator("[data-calendar] [data-tile]", has_text=name)


def test_booking(keys: Keys, days: Iterator[str]) -> None:
    look_at(keys.page, next(days))

    keys.press("n")
    expect(details(keys.page).get_by_label("Client", exact=True)).to_be_focused()
    keys.focused()
    keys.type("Dee")
    expect(keys.page.locator("label.hs-match")).to_have_count(1)
    keys.press("Enter")
    keys.to("clinician")
    keys.type("Ben")
    keys.to("start")
    keys.type("1130AM")
    keys.press("Enter")

    expect(tile(keys.page, "Dee L.")).to_contain_text("11:30")
    keys.rests_on("Add Appointment")


def test_moving(keys: Keys, booked: Booked, days: Iterator[str]) -> None:
    day = next(days)
    booked("Sam", start=f"{day}T10:00")
    look_at(keys.page, day)

    keys.to("Sam O")
    keys.press("Enter")
    expect(details(keys.page)).to_contain_text("Session Details")
    keys.rests_on("Sam O.")
    keys.to("^Move$")
    keys.press("Enter")
    expect(details(keys.page).get_by_label("Date")).to_be_focused()
    keys.to("start")
    keys.type("0100PM")
    keys.press("Enter")
    expect(details(keys.page).locator(".hs-clocks")).to_contain_text("1:00 – 1:50")
    keys.rests_on("Sam O.")
    keys.press("Escape")

    expect(details(keys.page)).to_be_hidden()
    expect(tile(keys.page, "Sam O.")).to_contain_text("1:00")
    expect(tile(keys.page, "Sam O.")).to_be_focused()
    keys.focused()


def test_a_series_from_this_one_on(keys: Keys, house: House, days: Iterator[str]) -> None:
    first = date.fromisoformat(next(days))
    house.ask(SERIES.format(day=first.isoformat()))
    second, third = ((first + timedelta(days=7 * week)).isoformat() for week in (1, 2))
    look_at(keys.page, second)

    keys.to("Petra V")
    keys.press("Enter")
    expect(details(keys.page)).to_contain_text("Session Details")
    keys.rests_on("Petra V.")
    keys.to("^Edit$")
    keys.press("Enter")
    expect(details(keys.page)).to_contain_text("This and following")
    keys.to("scope")
    keys.press("ArrowRight")
    keys.focused()
    keys.to("start")
    keys.type("0300PM")
    keys.press("Enter")
    expect(details(keys.page).locator(".hs-clocks")).to_contain_text("3:00 – 3:50")
    keys.press("Escape")
    expect(tile(keys.page, "Petra V.")).to_be_focused()

    for day, hour in ((first.isoformat(), "10:00"), (third, "3:00")):
        look_at(keys.page, day)
        expect(tile(keys.page, "Petra V.")).to_contain_text(hour)


def test_cancelling(keys: Keys, booked: Booked, days: Iterator[str]) -> None:
    day = next(days)
    booked("Jonah", start=f"{day}T10:00")
    look_at(keys.page, day)

    keys.to("Jonah F")
    keys.press("Enter")
    expect(details(keys.page)).to_contain_text("Session Details")
    keys.rests_on("Jonah F.")
    keys.to("^Cancel appointment$")
    keys.press("Enter")
    expect(details(keys.page).get_by_label("Client asked")).to_be_focused()
    keys.focused()
    keys.press("Space", "Enter")
    expect(details(keys.page)).to_contain_text("Reason: Client asked")
    keys.rests_on("Jonah F.")
    keys.press("Escape")

    expect(tile(keys.page, "Jonah F.")).to_be_focused()
    keys.focused()


def test_finding_somebody_and_going_back(keys: Keys) -> None:
    keys.page.goto("/today")
    keys.page.wait_for_load_state("networkidle")

    keys.press("/")
    expect(keys.page.get_by_label("Find a client").last).to_be_focused()
    keys.type("priya")
    expect(keys.page.locator("#finder [data-found]").first).to_be_visible()
    keys.press("ArrowDown", "ArrowDown")
    keys.focused()
    keys.press("Enter")
    expect(details(keys.page)).to_contain_text("Priya S.")
    keys.rests_on("Priya S.")
    keys.press("Escape")

    expect(details(keys.page)).to_be_hidden()
