"""What the front desk has open all day, each state looked at as every page is."""

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.journeys.eye import Eye
from tests.journeys.pages.conftest import someone, someone_elses, walk

pytestmark = pytest.mark.journey


def test_the_front_desks_day(window: BrowserContext, eye: Eye, facts: dict[str, Any]) -> None:
    page = someone(window, eye, "Bea Lindqvist").page
    walk(page, eye, {"desk-today": "/today", "desk-calendar": "/calendar"})

    page.goto("/today")
    page.keyboard.press("/")
    eye.look(page, "finder")
    page.keyboard.type("ma")
    expect(page.locator("#finder [data-found]").first).to_be_visible()
    eye.look(page, "finder-found")

    page.goto(f"/clients/{facts['client']}")
    page.get_by_role("link", name="Next free").click()
    expect(page.locator("#drawer").get_by_role("group", name="Free times")).to_be_visible()
    eye.look(page, "drawer-free")
    page.keyboard.press("Escape")

    page.locator("#coming + ul a").first.click()
    page.locator("#drawer").get_by_role("link", name="Move").click()
    expect(page.locator("#drawer").get_by_role("group", name="Free times")).to_be_visible()
    eye.look(page, "drawer-move")
    page.locator("#drawer").get_by_role("link", name="Leave it").click()
    page.locator("#drawer").get_by_role("link", name="Cancel appointment").click()
    expect(page.locator("#drawer").get_by_placeholder("or in your own words")).to_be_visible()
    eye.look(page, "drawer-cancel")
    page.locator("#drawer").get_by_role("button", name="Cancel appointment").click()
    expect(page.locator("#drawer")).to_contain_text("Why?")
    eye.look(page, "drawer-why")


def test_the_reasons_of_the_practice(window: BrowserContext, eye: Eye) -> None:
    page = someone_elses(window, eye, "Marguerite Dunn")
    walk(page, eye, {"settings-reasons": "/settings/reasons"})
    page.get_by_label("No Show optional").fill("\n".join(f"Reason {n}" for n in range(13)))
    page.get_by_role("button", name="Save").click()
    eye.look(page, "settings-reasons-errors")
