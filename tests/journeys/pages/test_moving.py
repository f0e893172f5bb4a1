"""Appointments are moved by pointer and taken back by pointer or key, in the grid and in the month."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from holdspace.scheduling.holidays import united_states
from tests.journeys.days import working_days
from tests.journeys.eye import Eye
from tests.journeys.pages.conftest import someone_elses

pytestmark = pytest.mark.journey
TILES = "[data-calendar] [data-tile]"
OSEI = "Dr Ama Osei"


@pytest.fixture(scope="module")
def free_days() -> Iterator[str]:
    """Working days with nothing on them."""
    return working_days(70)


@pytest.fixture
def desk(window: BrowserContext, eye: Eye) -> Page:
    return someone_elses(window, eye, "Bea Lindqvist")


def book(page: Page, day: str, time: str, client: str = "Rosa", weeks: int = 0) -> None:
    page.goto(f"/calendar?view=day&date={day}&clinician=all")
    fill(page, time, client, weeks)
    expect(page.locator("#drawer")).to_be_hidden()


def fill(page: Page, time: str, client: str, weeks: int = 0) -> None:
    """From n to **Create**."""
    page.keyboard.press("n")
    form = page.locator("#drawer form#appointment")
    form.locator("select[name=clinician]").select_option(label=OSEI)
    form.locator("input[name=client_text]").fill(client)
    form.locator(".hs-match", has_text=client).first.click()
    form.get_by_label("Start time").fill(time)
    if weeks:
        form.locator("summary", has_text="Repeating").click()
        form.locator("select[name=interval]").select_option("1")
        form.locator("input[name=times]").fill(str(weeks))
    page.get_by_role("button", name="Create").last.click()


def hour(time: str) -> re.Pattern[str]:
    return re.compile(rf"(^|\D){re.escape(time)}")


def pull(page: Page, tile: Locator, down: float) -> None:
    tile.scroll_into_view_if_needed()
    box = tile.bounding_box()
    assert box
    page.mouse.move(box["x"] + 30, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 30, box["y"] + 10 + down, steps=8)
    page.mouse.up()


def test_a_drag_is_undone_by_key_and_no_hint_takes_the_way_back(desk: Page, free_days: Iterator[str]) -> None:
    book(desk, next(free_days), "09:00")
    tile = desk.locator(TILES).first
    pull(desk, tile, 76)
    toast = desk.locator("[data-undo]")
    expect(toast).to_contain_text("10:00")
    expect(desk.locator("[data-announcer]")).to_contain_text("Press U to undo")
    # Somebody else's change: the grid draws itself anew.
    desk.evaluate("() => document.body.dispatchEvent(new CustomEvent('appointment.changed', {detail: {}}))")
    desk.wait_for_timeout(600)
    expect(toast).to_be_visible()
    expect(desk.locator(TILES).first).to_contain_text(hour("10:00"))
    desk.keyboard.press("u")
    expect(desk.locator(TILES).first).to_contain_text(hour("9:00"))
    expect(toast).to_be_hidden()
    expect(desk.locator(TILES).first).to_be_focused()


def test_an_edge_that_was_pulled_is_let_back_by_the_button(desk: Page, free_days: Iterator[str]) -> None:
    book(desk, next(free_days), "09:00")
    tile = desk.locator(TILES).first
    was = tile.locator("time").inner_text()
    box = tile.bounding_box()
    assert box
    desk.mouse.move(box["x"] + 60, box["y"] + box["height"] - 1)
    desk.mouse.down()
    desk.mouse.move(box["x"] + 60, box["y"] + box["height"] + 75, steps=8)
    desk.mouse.up()
    toast = desk.locator("[data-undo]")
    expect(toast).to_contain_text(re.compile("9:00 – 1[01]:"))
    expect(desk.locator(TILES).first.locator("time")).not_to_have_text(was)
    toast.get_by_role("button", name="Undo").click()
    expect(desk.locator(TILES).first.locator("time")).to_have_text(was)


def test_the_past_is_asked_about_once_when_booked_and_when_moved_there(desk: Page) -> None:
    long_ago, before = (date.today() - timedelta(days=n) for n in (10, 9))
    desk.goto(f"/calendar?view=month&date={long_ago}&clinician=all")
    desk.locator(f"td[data-day='{long_ago}'] a").first.focus()
    fill(desk, "04:00", "Rosa")
    expect(desk.locator("#refusal")).to_contain_text("in the past")
    desk.get_by_role("button", name="Book anyway").click()
    expect(desk.locator("#drawer")).to_be_hidden()
    line = desk.locator(f"td[data-day='{long_ago}'] a[data-tile]", has_text="4:00").first
    pk = line.get_attribute("data-tile")
    line.drag_to(desk.locator(f"td[data-day='{before}']"))
    refused = desk.locator("[data-refused]")
    expect(refused).to_contain_text("in the past")
    expect(desk.locator(f"td[data-day='{long_ago}'] a[data-tile='{pk}']")).to_be_visible()
    refused.get_by_role("button", name="Move anyway").click()
    expect(desk.locator("[data-undo]")).to_be_visible()
    expect(desk.locator(f"td[data-day='{before}'] a[data-tile='{pk}']")).to_be_visible()


def test_one_of_a_series_moves_alone_and_the_rest_may_follow(desk: Page, free_days: Iterator[str]) -> None:
    day = next(day for day in free_days if not closed_in_two_weeks_from(day))
    book(desk, day, "09:00", weeks=3)
    pull(desk, desk.locator(TILES).first, 76)
    toast = desk.locator("[data-undo]")
    expect(toast).to_contain_text("Only this occurrence")
    toast.get_by_role("link", name="Move this and following").click()
    form = desk.locator("#drawer form#appointment")
    expect(form.get_by_role("radio", name="This and following")).to_be_checked()
    expect(form.get_by_label("Start time")).to_have_value("10:00")
    desk.locator("#drawer").get_by_role("button", name="Save").last.click()
    expect(desk.locator("#drawer h1")).to_contain_text("Session Details")
    week_on = date.fromisoformat(day) + timedelta(days=7)
    desk.goto(f"/calendar?view=day&date={week_on}&clinician=all")
    expect(desk.locator(TILES, has_text=hour("10:00"))).to_have_count(1)


def closed_in_two_weeks_from(day: str) -> bool:
    later = [date.fromisoformat(day) + timedelta(days=7 * weeks) for weeks in (1, 2)]
    return any(one in united_states(one.year) for one in later)


def test_in_a_month_a_line_goes_to_another_day_at_the_same_hour_and_back(
    desk: Page, free_days: Iterator[str], eye: Eye
) -> None:
    day = next(free_days)
    book(desk, day, "15:30")
    pk = desk.locator(TILES).first.get_attribute("data-tile") or ""
    desk.goto(f"/calendar?view=month&date={day}&clinician=all")
    line = desk.locator(f"a[data-tile='{pk}']")
    there = neighbour(day)
    line.drag_to(desk.locator(f"td[data-day='{there}']"))
    moved = desk.locator(f"td[data-day='{there}'] a[data-tile='{pk}']")
    expect(moved).to_contain_text("3:30")
    desk.locator("[data-undo]").get_by_role("button", name="Undo").click()
    expect(desk.locator(f"td[data-day='{day}'] a[data-tile='{pk}']")).to_contain_text("3:30")
    eye.look(desk, "calendar-month-undone")


def neighbour(day: str) -> str:
    """A working day of the same month beside it."""
    one = date.fromisoformat(day)
    beside = [one + timedelta(days=n) for n in (1, -1, 3, -3)]
    return next(two.isoformat() for two in beside if two.weekday() < 5 and two.month == one.month)


def test_a_press_on_a_day_of_the_month_books_there(desk: Page, free_days: Iterator[str]) -> None:
    day = next(free_days)
    desk.goto(f"/calendar?view=month&date={day}&clinician=all")
    cell = desk.locator(f"td[data-day='{day}']")
    box = cell.bounding_box()
    assert box
    cell.click(position={"x": box["width"] / 2, "y": box["height"] - 12})
    date_field = desk.locator("#drawer form#appointment").get_by_label("Date", exact=True)
    expect(date_field).to_have_value(day)
    desk.keyboard.press("Escape")
    # By keyboard: on the day, n.
    desk.locator(f"td[data-day='{day}'] a").first.focus()
    desk.keyboard.press("n")
    expect(date_field).to_have_value(day)
