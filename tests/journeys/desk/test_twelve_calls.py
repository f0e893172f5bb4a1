"""Twelve calls as the front desk takes them, each in no more clicks and keys than it needs."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.days import working_days
from tests.journeys.desk.hands import Hands

pytestmark = pytest.mark.journey
Booked = Callable[..., tuple[str, str]]


@pytest.fixture(scope="module")
def days() -> Iterator[str]:
    """Days that the demo has left empty, one for each call."""
    return working_days(61)


def typed(day: str) -> str:
    """A date as it is typed into a field of dates."""
    return f"{day[5:7]}{day[8:]}{day[:4]}"


def look_at(page: Page, day: str) -> None:
    """Everybody's day, side by side."""
    page.goto(f"/calendar?date={day}")
    expect(page.locator("[data-calendar] .ec-day, [data-calendar] .ec-time-grid").first).to_be_visible()
    page.wait_for_load_state("networkidle")


def drawer(page: Page) -> Locator:
    return page.locator("#drawer")


def tile(page: Page, name: str) -> Locator:
    return page.locator("[data-calendar] [data-tile]", has_text=name)


def find(hands: Hands, words: str) -> None:
    """/ and a few letters or figures, then whoever fits is there."""
    hands.press("/")
    hands.type(words)
    expect(hands.page.locator("#finder [data-found]").first).to_be_visible()


def test_as_soon_as_possible_please(hands: Hands) -> None:
    hands.page.goto("/today")
    hands.take("1 · the next free time with their usual clinician, found by phone number")

    find(hands, "555-0113")
    hands.press("Enter")
    expect(hands.page.get_by_role("heading", level=1)).to_be_visible()
    expect(hands.page.get_by_role("link", name="Next free")).to_be_visible()
    hands.press("f")
    expect(drawer(hands.page).get_by_role("group", name="Free times")).to_be_visible()
    before = hands.page.locator("#coming + ul li").count()
    hands.press("Enter")
    expect(drawer(hands.page).get_by_role("button", name="Create").last).to_be_focused()
    hands.press("Enter")

    expect(drawer(hands.page)).to_be_hidden()
    expect(hands.page.locator("#coming + ul li")).not_to_have_count(before - 1)
    expect(hands.page.get_by_role("link", name="Next free")).to_be_focused()
    hands.at_most(6)


def test_tuesday_at_ten_with_dr_osei(hands: Hands, days: Iterator[str]) -> None:
    look_at(hands.page, next(days))
    hands.take("2 · a vacant time in a clinician's column")

    hands.click(hands.page.locator("[data-calendar] .ec-day").nth(1))
    expect(drawer(hands.page).get_by_label("Client", exact=True)).to_be_focused()
    hands.type("Theo Kes")
    expect(hands.page.locator("label.hs-match")).to_have_count(1)
    hands.press("Enter", "Enter")

    expect(tile(hands.page, "Theo K.")).to_be_visible()
    hands.at_most(4)


def test_somebody_who_was_never_here(hands: Hands, days: Iterator[str]) -> None:
    look_at(hands.page, next(days))
    hands.take("3 · a first appointment for somebody new")

    hands.click(hands.page.locator("[data-calendar] .ec-day").nth(2))
    expect(drawer(hands.page).get_by_label("Client", exact=True)).to_be_focused()
    hands.type("Odile Ferrand")
    expect(hands.page.get_by_text("Nobody on file fits")).to_be_visible()
    hands.press("Enter")
    expect(drawer(hands.page).get_by_label("Date of birth")).to_be_focused()
    hands.type("05061991")
    hands.press("Tab")
    if hands.page.evaluate("() => document.activeElement.name") == "birth_date":
        hands.page.keyboard.press("Tab")  # the picker's own stop, which not every Chromium has
    hands.type("(212) 555-0177")
    hands.press("Enter")

    expect(tile(hands.page, "Odile F.")).to_be_visible()
    hands.at_most(7)
