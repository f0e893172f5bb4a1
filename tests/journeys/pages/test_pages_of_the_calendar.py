"""The calendar's views: looked at like every page, and used by pointer and by keyboard alone."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.axe import scrolls_sideways
from tests.journeys.eye import Eye
from tests.journeys.pages.conftest import someone, someone_elses, walk

pytestmark = pytest.mark.journey
TILES = "[data-calendar] [data-tile]"


def next_day(weekday: int) -> date:
    """The first such day that is wholly to come, a week on at least: most of it is free."""
    day = date.today() + timedelta(days=8)
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def test_the_views_and_what_lies_over_them(window: BrowserContext, eye: Eye) -> None:
    page = someone_elses(window, eye, "Bea Lindqvist")
    views = {
        "month": "view=month",
        "side-by-side": "view=clinicians",
        "filtered": "view=work-week&status=confirmed&contact_type=telehealth",
        "paper-day": "view=clinicians&print=1",
        "paper-week": "view=week&clinician=all&print=1",
    }
    walk(page, eye, {f"calendar-{name}": f"/calendar?{said}" for name, said in views.items()})
    page.goto("/calendar?view=week&clinician=all")
    page.locator("summary", has_text="Filters").click()
    eye.look(page, "calendar-filters")
    page.keyboard.press("Escape")
    page.locator(TILES).first.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#about")).to_be_visible()
    eye.look(page, "calendar-card")
    page.keyboard.press("Escape")
    expect(page.locator("#about")).to_be_hidden()


def test_a_phone_has_day_and_agenda(window: BrowserContext, eye: Eye) -> None:
    page = someone(window, eye, "Dr Ama Osei").page
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/calendar?view=clinicians")
    page.wait_for_url("**view=day**")
    expect(page.get_by_role("navigation", name="View").get_by_role("link")).to_have_text(["Day", "Agenda"])
    page.set_viewport_size({"width": 320, "height": 640})
    assert not scrolls_sideways(page)


def test_what_is_booked_for_a_saturday_is_shown(window: BrowserContext, eye: Eye) -> None:
    page = someone(window, eye, "Dr Ama Osei").page
    saturday = next_day(5)
    page.goto(f"/calendar?view=work-week&date={saturday - timedelta(days=2)}")
    page.keyboard.press("n")
    form = page.locator("#drawer form#appointment")
    form.get_by_label("Date", exact=True).fill(saturday.isoformat())
    form.get_by_label("Start time").fill("07:30")
    form.locator("input[name=client_text]").fill("Rosa")
    form.locator(".hs-match", has_text="Rosa").first.click()
    page.get_by_role("button", name="Create").last.click()
    # Nobody works on a Saturday: one insists.
    page.get_by_role("button", name="Book anyway").click()
    page.wait_for_url(f"**date={saturday}**")
    expect(page.get_by_role("link", name="Week", exact=True)).to_have_attribute("aria-current", "true")
    expect(page.locator(TILES, has_text="7:30")).to_be_visible()


def column(page: Page, name: str) -> float:
    box = page.locator(".ec-col-head", has_text=name).bounding_box()
    assert box
    return box["x"] + box["width"] / 2


def whose(page: Page, pk: str) -> str:
    """What the tile's card says about who leads."""
    return page.locator(f"{TILES}[data-tile='{pk}']").get_attribute("data-about") or ""


def test_side_by_side_a_tile_is_dragged_to_somebody_else_and_back(window: BrowserContext, eye: Eye) -> None:
    page = someone_elses(window, eye, "Bea Lindqvist")
    page.goto(f"/calendar?view=clinicians&date={next_day(2)}")
    tile = page.locator(TILES, has_text=re.compile("Scheduled|Confirmed")).first
    pk = tile.get_attribute("data-tile") or ""
    lead = whose(page, pk)
    other = next(one for one in ("Dr Ama Osei", "Noah Whitfield") if one not in lead)
    tile.scroll_into_view_if_needed()
    box = tile.bounding_box()
    assert box
    # To the evening, which nobody has: scrolled there, and dropped in the other's column.
    page.mouse.move(box["x"] + 20, box["y"] + 12)
    page.mouse.down()
    page.mouse.move(box["x"] + 40, box["y"] + 20, steps=4)
    page.locator(".ec-main").evaluate("(main) => { main.scrollTop = 18 * 76; }")
    page.mouse.move(column(page, other), 480, steps=8)
    page.mouse.up()
    page.locator("[data-refused-anyway]").click()
    toast = page.locator("[data-undo]")
    expect(toast).to_contain_text(other)
    expect(page.locator(f"{TILES}[data-tile='{pk}']")).to_have_attribute("data-about", re.compile(other))
    toast.get_by_role("button", name="Undo").click()
    expect(page.locator(f"{TILES}[data-tile='{pk}']")).to_have_attribute("data-about", lead)


def test_a_press_in_a_column_books_for_that_clinician(window: BrowserContext, eye: Eye) -> None:
    page = someone_elses(window, eye, "Bea Lindqvist")
    page.goto(f"/calendar?view=clinicians&date={next_day(2)}")
    expect(page.locator(TILES).first).to_be_visible()
    page.locator(".ec-main").evaluate("(main) => { main.scrollTop = 18 * 76; }")
    page.mouse.click(column(page, "Noah Whitfield"), 480)
    chosen = page.locator("#drawer select[name=clinician] option:checked")
    expect(chosen).to_have_text("Noah Whitfield")
