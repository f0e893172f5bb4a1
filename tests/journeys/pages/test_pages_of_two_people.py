"""What two people at one appointment see: who is at it, what differs, and both ways on; axe finds nothing."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.eye import Eye
from tests.journeys.house import House
from tests.journeys.pages.conftest import someone, someone_elses, still

pytestmark = pytest.mark.journey


@pytest.fixture
def other(house: House, two_browsers: tuple[Browser, Browser], eye: Eye) -> Iterator[Page]:
    """Bea Lindqvist at the front desk, in a browser of her own."""
    opened = still(two_browsers[1], house)
    yield someone_elses(opened, eye, "Bea Lindqvist")
    opened.close()


def change(page: Page, seat: str, notes: str) -> None:
    page.goto(f"{seat}/edit")
    page.get_by_label("Appointment Notes").fill(notes)
    page.get_by_role("button", name="Save").last.click()
    page.wait_for_url(f"**{seat}")


def test_who_is_editing_and_what_the_later_save_is_told(
    window: BrowserContext, eye: Eye, facts: dict[str, Any], other: Page
) -> None:
    page, seat = someone(window, eye, "Dr Ama Osei").page, f"/appointments/{facts['later'][3]['pk']}"
    other.goto(f"{seat}/edit")
    page.goto(seat)
    expect(page.locator("[data-others]")).to_contain_text("Bea Lindqvist is editing this")
    eye.look(page, "appointment-being-edited")
    page.goto(f"{seat}/edit")
    page.get_by_label("Appointment Notes").fill("Prefers the window seat")
    page.locator("[name=contact_type][value=phone]").check(force=True)
    change(other, seat, "Bring the intake form, and ask about the new insurance card.")
    expect(page.locator("[data-others]")).to_contain_text("changed this a moment ago")
    eye.look(page, "edit-changed-meanwhile")
    page.get_by_role("button", name="Save").last.click()
    expect(page.locator("#refusal")).to_be_visible()
    eye.look(page, "edit-refused")


def test_a_status_and_a_cancellation_that_come_too_late(
    window: BrowserContext, eye: Eye, facts: dict[str, Any], other: Page
) -> None:
    page, seat = someone(window, eye, "Dr Ama Osei").page, f"/appointments/{facts['later'][4]['pk']}"
    page.goto(f"{seat}/cancel")
    page.get_by_label("Reason").fill("Is ill")
    change(other, seat, "Called twice")
    page.get_by_role("button", name="Cancel appointment").click()
    expect(page.locator("#refusal")).to_be_visible()
    eye.look(page, "cancel-refused")
    # Without script nothing tells the page: so it is sent from an older one here.
    page.goto(seat)
    expect(page.locator("html")).to_have_attribute("data-live", "open")
    page.wait_for_load_state("networkidle")
    page.locator("#setting-status [name=status_was]").evaluate("(was) => { was.value = 'scheduled'; }")
    page.locator("#status").select_option("arrived")
    expect(page.locator("#refusal")).to_be_visible()
    eye.look(page, "status-refused")
    # What the page hears meanwhile doesn't take the refusal away.
    expect(page.locator("#refusal")).to_contain_text("all the same")
