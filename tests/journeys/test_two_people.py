"""A clinician and the front desk at the same appointment, each at a browser of their own."""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.browsers import context
from tests.journeys.days import working_days
from tests.journeys.house import House
from tests.journeys.people import DeskSide
from tests.journeys.places import places

pytestmark = pytest.mark.journey
OTHERS = "[data-others]"
HALF_HOUR = 38
# A form post of the other person's, by the page they are at: answered when it is committed.
POST = """async ([url, fields]) => {
  const headers = { Accept: "application/json", "X-CSRFToken": document.body.dataset.csrf };
  const response = await fetch(url, { method: "POST", headers, body: new URLSearchParams(fields) });
  return response.status;
}"""


@dataclass(frozen=True)
class Made:
    seat: str
    appointment: str
    day: str

    @property
    def page(self) -> str:
        return f"/appointments/{self.seat}"

    def on(self, page: Page) -> Locator:
        return page.locator(f"[data-tile='{self.appointment}']")


@pytest.fixture
def bea_at_desk(house: House, two_browsers: tuple[Browser, Browser]) -> Iterator[DeskSide]:
    """Bea Lindqvist of the front desk, in a browser that shares nothing with Dr Osei's."""
    here = context(two_browsers[1], house, viewport={"width": 1280, "height": 800})
    side = DeskSide(here.new_page())
    side.sign_in("Bea Lindqvist")
    yield side
    side.complain_of_errors()
    here.close()


@pytest.fixture(scope="module")
def own_days() -> Iterator[str]:
    """Days that no other journey books on."""
    return working_days(150)


@pytest.fixture
def made(osei_at_desk: DeskSide, own_days: Iterator[str]) -> Made:
    """Rosa at ten on a day of its own."""
    day = next(own_days)
    osei_at_desk.book(day, "10:00", "Rosa Marin")
    tile = osei_at_desk.page.locator("[data-tile]").first
    seat = (tile.get_attribute("href") or "").rsplit("/", 1)[1]
    return Made(seat, tile.get_attribute("data-tile") or "", day)


def seconds_until(what: Callable[[], Any]) -> float:
    began = time.monotonic()
    what()
    return time.monotonic() - began


def move(side: DeskSide, made: Made, start: str) -> None:
    """The other person moves it, from the version that stands."""
    page = side.page.context.new_page()
    page.goto(f"{made.page}/move")
    page.get_by_label("Start time").fill(start)
    page.get_by_role("button", name="Move").last.click()
    page.wait_for_url(f"**{made.page}")
    page.close()


# ---- who is editing ----------------------------------------------------------------------------


def test_who_has_the_form_open_is_seen_and_goes_away(
    osei_at_desk: DeskSide, bea_at_desk: DeskSide, made: Made, tell: Callable[[str], None]
) -> None:
    osei, bea = osei_at_desk.page, bea_at_desk.page
    here = bea.locator(OTHERS)
    says = re.compile("Dr Ama Osei is editing this")
    bea.goto(made.page)
    expect(here).to_be_empty()

    # In the drawer; the watcher reloads nothing.
    bea.evaluate("() => { window.stayed = true; }")
    made.on(osei).click()
    osei.locator("#drawer").get_by_role("link", name="Edit").click()
    expect(osei.locator("#drawer form[data-edits]")).to_be_visible()
    tell(f"seen after {seconds_until(lambda: expect(here).to_have_text(says)):.2f} s")
    osei.keyboard.press("Escape")
    tell(f"closed: gone after {seconds_until(lambda: expect(here).to_be_empty()):.2f} s")

    # As a page of its own, left for another.
    osei.goto(f"{made.page}/move")
    expect(here).to_have_text(says)
    osei.goto("/today")
    expect(here).to_be_empty()

    # Saved.
    osei.goto(f"{made.page}/edit")
    expect(here).to_have_text(says)
    osei.get_by_label("Appointment Notes").fill("Brings her sister")
    osei.get_by_role("button", name="Save").last.click()
    osei.wait_for_url(f"**{made.page}")
    expect(here).to_be_empty()
    expect(bea.get_by_text("Brings her sister")).to_be_visible()

    # Vanished without a word.
    osei.goto(f"{made.page}/edit")
    expect(here).to_have_text(says)
    osei.context.set_offline(True)
    gone = seconds_until(lambda: expect(here).to_be_empty(timeout=12_000))
    tell(f"vanished: gone after {gone:.2f} s")
    osei.context.set_offline(False)
    expect(here).to_have_text(says)
    assert bea.evaluate("() => window.stayed")


def test_both_at_the_form_see_each_other_and_that_it_was_changed(
    osei_at_desk: DeskSide, bea_at_desk: DeskSide, made: Made
) -> None:
    osei, bea = osei_at_desk.page, bea_at_desk.page
    osei.goto(f"{made.page}/edit")
    bea.goto(f"{made.page}/edit")
    expect(osei.locator(OTHERS)).to_have_text(re.compile("Bea Lindqvist is editing this"))
    expect(bea.locator(OTHERS)).to_have_text(re.compile("Dr Ama Osei is editing this"))

    bea.get_by_label("Appointment Notes").fill("Call before")
    bea.get_by_role("button", name="Save").last.click()

    expect(osei.locator(OTHERS)).to_have_text(re.compile("^Bea Lindqvist changed this a moment ago"))


# ---- the later save ----------------------------------------------------------------------------


@pytest.mark.parametrize("where", ["drawer", "page"])
def test_the_later_save_shows_what_differs_and_saves_on_top(
    osei_at_desk: DeskSide, bea_at_desk: DeskSide, made: Made, where: str
) -> None:
    osei = osei_at_desk.page
    if where == "drawer":
        made.on(osei).click()
        osei.locator("#drawer").get_by_role("link", name="Edit").click()
    else:
        osei.goto(f"{made.page}/edit")
    notes = osei.get_by_label("Appointment Notes")
    notes.fill("Wants the early hour")
    move(bea_at_desk, made, "13:00")

    osei.get_by_role("button", name="Save").last.click()

    refused = osei.locator("#refusal")
    expect(refused).to_contain_text("Bea Lindqvist changed this appointment while you had it open")
    expect(refused.locator("tr", has_text="Time")).to_contain_text("1:00 – ")
    expect(refused.locator("tr", has_text="Notes")).to_contain_text("as typed below")
    expect(refused).to_be_focused()
    expect(notes).to_have_value("Wants the early hour")
    expect(osei.get_by_label("Start time")).to_have_value("13:00")

    refused.get_by_role("button", name="Save mine on top").click()
    expect(osei.get_by_text("Wants the early hour")).to_be_visible()
    expect(osei.locator("[data-details]")).to_contain_text("1:00 – ")


def test_theirs_is_taken_with_one_press(osei_at_desk: DeskSide, bea_at_desk: DeskSide, made: Made) -> None:
    osei = osei_at_desk.page
    made.on(osei).click()
    osei.locator("#drawer").get_by_role("link", name="Move", exact=True).click()
    osei.get_by_label("Start time").fill("15:00")
    move(bea_at_desk, made, "13:00")
    osei.locator("#drawer footer").get_by_role("button", name="Move").click()
    expect(osei.locator("#refusal tr", has_text="Time")).to_contain_text("3:00 – ")

    osei.locator("#refusal").get_by_role("link", name="Take theirs").click()

    expect(osei.locator("#drawer [data-details]")).to_contain_text("1:00 – ")


# ---- dragging ----------------------------------------------------------------------------------


def take(page: Page, tile: Locator, half_hours: int) -> None:
    """Takes hold of the tile and carries it; it isn't let go."""
    # Where it has come to rest, should it just have been drawn anew.
    tile.hover(position={"x": 30, "y": 10})
    box = tile.bounding_box()
    assert box
    x, y = box["x"] + 30, box["y"] + 10
    page.mouse.down()
    page.mouse.move(x, y + 12, steps=3)
    page.mouse.move(x, y + half_hours * HALF_HOUR, steps=6)


# Found and measured at once: a calendar that hears of a change puts a new tile in the old one's place.
LIES = """(id) => {
  const tile = document.querySelector(`[data-tile='${id}']`);
  const day = tile?.closest(".ec-main");
  return day && [tile.getBoundingClientRect().top - day.getBoundingClientRect().top + day.scrollTop];
}"""


def height(made: Made, page: Page) -> float:
    """How far down the day it lies, however far that is scrolled."""
    return float(page.wait_for_function(LIES, arg=made.appointment).json_value()[0])


def test_of_two_who_drag_one_tile_the_second_sees_where_it_really_is(
    osei_at_desk: DeskSide, bea_at_desk: DeskSide, made: Made
) -> None:
    osei, bea = osei_at_desk.page, bea_at_desk.page
    for page in (osei, bea):
        page.goto(f"/calendar?view=day&date={made.day}&clinician=all")
        expect(made.on(page)).to_contain_text("10:00")
    take(osei, made.on(osei), 6)
    take(bea, made.on(bea), 2)
    bea.mouse.up()
    expect(bea.locator("[data-undo]")).to_contain_text("11:00 ")
    expect(made.on(bea)).to_contain_text("11:00")

    osei.mouse.up()

    told = osei.locator("[data-refused]")
    expect(told).to_contain_text("Bea Lindqvist changed this appointment a moment ago: it is now")
    expect(told).to_contain_text("11:00 ")
    expect(told.get_by_role("button", name="Move anyway")).to_be_hidden()
    expect(made.on(osei)).to_contain_text("11:00")
    assert abs(height(made, osei) - height(made, bea)) < 3
    # From where it is it may be dragged again.
    take(osei, made.on(osei), 2)
    osei.mouse.up()
    expect(osei.locator("[data-undo]")).to_contain_text("12:00 – ")
    expect(made.on(bea)).to_contain_text("12:00")


def test_undo_after_somebody_elses_change_is_refused(
    osei_at_desk: DeskSide, bea_at_desk: DeskSide, made: Made
) -> None:
    osei = osei_at_desk.page
    osei.goto(f"/calendar?view=day&date={made.day}")
    take(osei, made.on(osei), 2)
    osei.mouse.up()
    undo = osei.locator("[data-undo]")
    expect(undo).to_contain_text("11:00 ")
    move(bea_at_desk, made, "14:00")
    expect(made.on(osei)).to_contain_text("2:00")

    undo.get_by_role("button", name="Undo").click()

    expect(osei.locator("[data-refused]")).to_contain_text("Nothing was undone")
    expect(made.on(osei)).to_contain_text("2:00")


# ---- every view hears of it --------------------------------------------------------------------

VIEWS = {
    "day": "/calendar?view=day&date={day}",
    "work week": "/calendar?view=work-week&date={day}",
    "week": "/calendar?view=week&date={day}",
    "month": "/calendar?view=month&date={day}",
    "agenda": "/calendar?view=agenda&date={day}",
    "side by side": "/calendar?view=clinicians&date={day}",
    "Session Details": "/appointments/{seat}",
}
PAINTED = """([where, words]) => new Promise((done) => {
  const there = () => [...document.querySelectorAll(where)].some((one) => one.textContent.includes(words));
  const look = () => (there() ? requestAnimationFrame(() => done(Date.now())) : requestAnimationFrame(look));
  look();
})"""


@pytest.mark.parametrize("view", VIEWS)
def test_a_move_of_somebody_elses_appears_without_reload(
    osei_at_desk: DeskSide, bea_at_desk: DeskSide, made: Made, tell: Callable[[str], None], view: str
) -> None:
    osei, bea = osei_at_desk.page, bea_at_desk.page
    osei.goto(VIEWS[view].format(day=made.day, seat=made.seat))
    where = "[data-details]" if view == "Session Details" else f"[data-tile='{made.appointment}']"
    expect(osei.locator("html")).to_have_attribute("data-live", "open")
    expect(osei.locator(where).first).to_contain_text("10:00")
    osei.evaluate("() => { window.stayed = true; }")
    said = {"id": made.appointment, "start": f"{made.day}T13:00:00", "minutes": "50", "version": "1"}
    said["zone"] = "America/New_York"

    assert bea.evaluate(POST, ["/appointments/drop", said]) == 200
    committed = time.time()
    where = where if view != "agenda" else ".hs-agenda-line"
    painted = osei.evaluate(PAINTED, [where, "1:00"]) / 1000

    tell(f"{view}: {max(0.0, painted - committed):.2f} s from the answer to the other's screen")
    assert osei.evaluate("() => window.stayed")


def test_a_status_set_elsewhere_appears_on_today(
    osei_at_desk: DeskSide, bea_at_desk: DeskSide, house: House, tell: Callable[[str], None]
) -> None:
    osei, bea = osei_at_desk.page, bea_at_desk.page
    seat = next(places(house, 1)).seat
    osei.goto("/today?whose=mine")
    row = f"tr:has(a[href='/appointments/{seat}'])"
    expect(osei.locator("html")).to_have_attribute("data-live", "open")
    expect(osei.locator(row)).to_contain_text("Confirmed")
    osei.evaluate("() => { window.stayed = true; }")

    assert bea.evaluate(POST, [f"/appointments/{seat}/status", {"status": "arrived"}]) == 200
    committed = time.time()
    painted = osei.evaluate(PAINTED, [row, "Arrived"]) / 1000

    tell(f"Today: {max(0.0, painted - committed):.2f} s from the answer to the other's screen")
    assert osei.evaluate("() => window.stayed")
