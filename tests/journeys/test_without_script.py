"""No JavaScript: the desk's forms and the consent form still work."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.browsers import context
from tests.journeys.days import working_days
from tests.journeys.house import House
from tests.journeys.people import ClientSide, DeskSide
from tests.journeys.places import LAPTOP, PHONE, places
from tests.journeys.test_main_job import born_of

pytestmark = pytest.mark.journey
NEWEST = """
from holdspace.scheduling.models import Seat
from holdspace.scheduling import links
seat = Seat.objects.filter(client__first_name="{first}").order_by("-appointment__created_at").first()
print(seat.pk, links.link_for(seat))
"""


@pytest.fixture
def desk(house: House, two_browsers: tuple[Browser, Browser]) -> Iterator[DeskSide]:
    window = context(two_browsers[0], house, java_script_enabled=False, **LAPTOP)
    yield DeskSide(window.new_page())
    window.close()


@pytest.fixture
def client(house: House, two_browsers: tuple[Browser, Browser]) -> Iterator[ClientSide]:
    window = context(two_browsers[1], house, java_script_enabled=False, **PHONE)
    yield ClientSide(window.new_page())
    window.close()


def test_an_appointment_is_booked_and_a_form_is_asked_for_and_signed_without_script(
    house: House, desk: DeskSide, client: ClientSide
) -> None:
    day = next(working_days(95))
    page = desk.page
    desk.sign_in("Dr Ama Osei")
    page.goto("/appointments/new")
    form = page.locator("form#appointment")
    form.get_by_label("Client", exact=True).fill("Priya")
    form.get_by_label("Date", exact=True).fill(day)
    form.get_by_label("Start time").fill("09:00")
    form.get_by_role("button", name="Find").click()
    # Whoever fits alone is taken, and stands in the field by what tells them apart.
    expect(form.get_by_label("Client", exact=True)).to_have_value(re.compile("Priya Sundaram"))
    name, full = "Priya S.", "Priya Sundaram"
    # What was typed before the look-up is still there.
    expect(form.get_by_label("Start time")).to_have_value("09:00")
    form.get_by_text("Telehealth", exact=True).click()
    page.get_by_role("button", name="Create").last.click()
    expect(page.get_by_text("Created.")).to_be_visible()
    page.goto(f"/calendar?view=agenda&date={day}")
    expect(page.locator("main")).to_contain_text(name)

    seat, link = house.ask(NEWEST.format(first=full.split(maxsplit=1)[0])).split()
    page.goto(f"/appointments/{seat}")
    desk.confirm_and_start()
    desk.send_consent_form("Email")
    expect(page.locator("body")).to_contain_text(re.compile("sent|waits|asked", re.IGNORECASE))

    client.born = born_of(house, full.split(maxsplit=1)[0])
    client.arrive(link)
    client.page.get_by_role("link", name="Read the form").click()
    client.page.get_by_role("button", name="I agree", exact=True).click()
    client.page.get_by_label("Your full name").fill(full)
    client.page.get_by_label("This is my signature").check()
    client.page.get_by_role("button", name="Sign").click()
    expect(client.page.get_by_role("button", name="Sign")).to_have_count(0)

    page.goto(f"/start/{seat}")
    desk.go_on()
    expect(page.get_by_role("button", name="Next")).to_be_visible()


def test_the_client_is_told_that_camera_and_sound_need_script(house: House, client: ClientSide) -> None:
    place = next(places(house, 1))
    client.born = place.born
    client.arrive(place.link)
    client.page.get_by_role("link", name="Join", exact=True).click()
    # Asked of the page's source: a browser told to run no script for a test doesn't draw it.
    expect(client.page.get_by_role("button", name="Yes, go in")).to_be_disabled()
    assert "This page needs JavaScript for camera and sound." in client.page.content()
