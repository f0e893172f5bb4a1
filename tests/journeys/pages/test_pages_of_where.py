"""Where the client is, and what follows from it: their page, the start screen, the card, and Settings."""

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.eye import Eye
from tests.journeys.house import House
from tests.journeys.pages.conftest import someone, someone_elses, walk
from tests.journeys.people import ClientSide, follow

pytestmark = pytest.mark.journey


def at_where(window: BrowserContext, eye: Eye, told: dict[str, Any]) -> Page:
    """A client past the identity check, asked where they are."""
    client = ClientSide(window.new_page())
    eye.follow(client.page)
    client.page.goto(told["link"])
    client.say_birth_date(*told["born"])
    client.page.get_by_role("link", name="Tell us where you are").click()
    return client.page


def elsewhere(page: Page) -> None:
    """None of their places, for who has any on their chart."""
    for choice in page.get_by_role("radio", name="Somewhere else").all():
        choice.check()


def says_georgia(page: Page) -> None:
    elsewhere(page)
    page.get_by_label("Street address").fill("40 Example Avenue")
    page.get_by_label("City").fill("Atlanta")
    page.get_by_label("State").select_option("GA")
    page.get_by_text("I am not alone").click()


def test_a_client_says_where_they_are(window: BrowserContext, eye: Eye, facts: dict[str, Any]) -> None:
    page = at_where(window, eye, facts["later"][0])
    eye.look(page, "where", client=True)
    elsewhere(page)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_be_visible()
    eye.look(page, "where-wrong", client=True)
    says_georgia(page)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("You told us where you are")).to_be_visible()
    eye.look(page, "where-said", client=True)


def test_the_browser_is_asked_on_a_tap_and_never_before(
    window: BrowserContext, eye: Eye, facts: dict[str, Any], house: House
) -> None:
    window.grant_permissions(["geolocation"], origin=house.url)
    window.set_geolocation({"latitude": 41.88, "longitude": -87.63, "accuracy": 20})
    page = window.new_page()
    page.add_init_script(
        "navigator.geolocation.getCurrentPosition = ((ask) => (...said) => "
        "{ window.asked = (window.asked ?? 0) + 1; ask.apply(navigator.geolocation, said); })"
        "(navigator.geolocation.getCurrentPosition);"
    )
    client = ClientSide(page)
    page.goto(facts["later"][3]["link"])
    client.say_birth_date(*facts["later"][3]["born"])
    page.goto("/v/where")
    elsewhere(page)
    assert page.evaluate("window.asked") is None

    page.get_by_role("button", name="Use my location").click()

    expect(page.get_by_text("to within 66 feet")).to_be_visible()
    eye.look(page, "where-found", client=True)
    page.get_by_label("State").select_option("IL")
    page.get_by_text("I am alone", exact=True).click()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("You told us where you are")).to_be_visible()


def test_a_client_in_a_state_without_a_license(
    window: BrowserContext, eye: Eye, facts: dict[str, Any]
) -> None:
    """The clinician's page follows by itself; a reason is on the record; only the form can be asked for."""
    told = facts["later"][1]
    desk = someone(window, eye, "Dr Ama Osei").page
    desk.goto(f"/start/{told['pk']}")
    expect(desk.get_by_text("said yet where they are")).to_be_visible()
    client = at_where(window, eye, told)
    says_georgia(client)
    client.get_by_role("button", name="Continue").click()

    expect(desk.get_by_role("heading", name="Dr Ama Osei has no license for Georgia")).to_be_visible()
    eye.look(desk, "start-no-license")
    desk.reload()
    expect(desk.get_by_text("Georgia asks for a signature")).to_be_visible()
    expect(desk.get_by_role("link", name="Accept Verbal Consent")).to_have_count(0)
    desk.get_by_label("Why you go on").fill("One session only, while they travel.")
    desk.get_by_role("button", name="Go on with this reason").click()
    expect(desk.get_by_text("One session only, while they travel.")).to_be_visible()
    eye.look(desk, "start-went-on")
    walk(desk, eye, {"card": f"/emergency/{told['pk']}", "details-of-where": f"/appointments/{told['pk']}"})


def test_settings_of_licenses_numbers_and_rules(
    window: BrowserContext, eye: Eye, facts: dict[str, Any]
) -> None:
    page = someone_elses(window, eye, "Marguerite Dunn")
    member = f"/settings/staff/{facts['member']}"
    walk(
        page,
        eye,
        {
            "states": "/settings/states",
            "state": "/settings/states/GA",
            "numbers": "/settings/emergency",
            "number-new": "/settings/emergency/new",
            "member": member,
            "license-new": f"{member}/licenses/new",
        },
    )
    page.goto("/settings/states/IL")
    page.get_by_label("A signature").check()
    follow(page, page.get_by_role("button", name="Save"))
    page.goto("/settings/states/IL")
    expect(page.get_by_role("heading", name="Versions")).to_be_visible()
    eye.look(page, "state-owned")
