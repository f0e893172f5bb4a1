"""From one week to the next and back, by keyboard, without a new page; the address says where one is."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.browsers import context
from tests.journeys.house import House
from tests.journeys.people import DeskSide
from tests.journeys.places import LAPTOP

pytestmark = pytest.mark.journey
TILES = "[data-calendar] [data-tile]"


@pytest.fixture
def desk(house: House, two_browsers: tuple[Browser, Browser]) -> Iterator[DeskSide]:
    window = context(two_browsers[0], house, **LAPTOP)
    side = DeskSide(window.new_page())
    side.sign_in("Dr Ama Osei")
    yield side
    side.complain_of_errors()
    window.close()


def shown(page: Page) -> tuple[str | None, str | None, list[str]]:
    """The title, the day typed into the date picker, and the tiles in the grid."""
    tiles = page.locator(TILES).evaluate_all("found => found.map(one => one.dataset.tile).sort()")
    return page.locator(".hs-cal-title").text_content(), page.locator("#pick").input_value(), tiles


def go(page: Page, name: str, day: date) -> None:
    """Enter on the link that has the focus, on to that day."""
    page.get_by_role("link", name=name, exact=True).focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"date={day.isoformat()}"))
    expect(page.locator("#pick")).to_have_value(day.isoformat())


def test_paging_keeps_page_and_focus_and_a_reload_shows_the_same(desk: DeskSide) -> None:
    page = desk.page
    first = date.fromisoformat(page.locator("[data-days]").get_attribute("data-first") or "")
    following = first + timedelta(days=7)
    page.goto(f"/calendar?view=week&date={first.isoformat()}")
    expect(page.locator(TILES).first).to_be_attached()
    began = shown(page)
    # A new page wouldn't have it.
    page.evaluate("() => { window.stillHere = true; }")

    go(page, "Forward", following)

    expect(page.get_by_role("link", name="Forward", exact=True)).to_be_focused()
    assert page.evaluate("() => window.stillHere")
    went = shown(page)
    assert went != began
    page.go_back()
    expect(page.locator("#pick")).to_have_value(first.isoformat())
    assert shown(page) == began
    assert page.evaluate("() => window.stillHere")
    go(page, "Forward", following)
    page.reload()
    expect(page.locator("#pick")).to_have_value(following.isoformat())
    page.wait_for_function(f"() => document.querySelectorAll('{TILES}').length === {len(went[2])}")
    assert shown(page) == went


def test_what_a_press_on_add_fills_in_is_of_the_week_one_came_to(desk: DeskSide) -> None:
    page = desk.page
    # Far ahead: wherever one presses there nobody has an appointment.
    first = date.today() + timedelta(weeks=26)
    page.goto(f"/calendar?view=day&date={first.isoformat()}")
    go(page, "Forward", first + timedelta(days=1))

    page.locator("[data-calendar] .ec-day").last.click(position={"x": 20, "y": 700})

    form = page.locator("form#appointment")
    expect(form.get_by_label("Date", exact=True)).to_have_value((first + timedelta(days=1)).isoformat())
