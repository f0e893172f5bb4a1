"""Every page of the client's side as it is read aloud, and as it is seen in colors of the reader's own."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys import forced, reading
from tests.journeys.browsers import context
from tests.journeys.client_walk import walk
from tests.journeys.house import House
from tests.journeys.people import ClientSide
from tests.journeys.places import PHONE, places

pytestmark = pytest.mark.journey
# The browser says no to the camera.
REFUSE = """navigator.mediaDevices.getUserMedia = async () => {
  throw new DOMException("no", "NotAllowedError");
};"""
# A step as it is while somebody speaks; the page's own come and go with the sound.
LIT = "(step) => { step.after(Object.assign(step.cloneNode(), { className: 'is-on' })); }"
INK = """(canvas) => {
  const dots = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  for (let at = 0; at < dots.length; at += 4)
    if (dots[at + 3] > 200) return `rgb(${dots[at]}, ${dots[at + 1]}, ${dots[at + 2]})`;
  return "nothing";
}"""


@dataclass
class Found:
    """What is wrong, a line each, over all the pages of one walk."""

    pages: list[str] = field(default_factory=list)
    read: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)

    def look(self, page: Page, name: str) -> None:
        self.pages.append(name)
        self.read += [f"{name}: {line}" for line in reading.wrong_in(page)]
        self.seen += [f"{name}: {line}" for line in forced.wrong_in(page, name)]


@pytest.fixture(scope="module")
def found(house: House, two_browsers: tuple[Browser, Browser]) -> Iterator[Found]:
    """One walk for both questions."""
    window = context(two_browsers[1], house, reduced_motion="reduce", **PHONE)
    page, all_of_it = window.new_page(), Found()
    for name, address in walk(page, house):
        if page.url != address:
            page.goto(address)
        if name == "where":
            page.get_by_text("I am alone", exact=True).click()
        if name == "camera and sound":
            page.locator(".hs-meter i").first.evaluate(LIT)
        page.wait_for_load_state("networkidle")
        all_of_it.look(page, name)
    yield all_of_it
    window.close()


def test_a_screen_reader_reads_one_heading_the_text_and_then_what_to_press(found: Found) -> None:
    assert len(found.pages) > 15
    assert not found.read, "\n" + "\n".join(found.read)


def test_nothing_disappears_in_forced_colors(found: Found) -> None:
    assert not found.seen, "\n" + "\n".join(found.seen)


def test_a_camera_that_is_refused_is_read_and_seen_in_order(
    house: House, two_browsers: tuple[Browser, Browser]
) -> None:
    window = context(two_browsers[1], house, reduced_motion="reduce", **PHONE)
    window.add_init_script(REFUSE)
    page, place, wrong = window.new_page(), next(places(house, 1)), Found()
    client = ClientSide(page)
    client.born = place.born
    client.arrive(place.link)
    for address in ("/v/check", "/v/room"):
        page.goto(address)
        expect(page.get_by_role("heading", name="switched off for this page")).to_be_visible()
        wrong.look(page, address)
    window.close()
    assert not wrong.read + wrong.seen


def test_the_ink_of_a_signature_is_seen_in_forced_colors(
    house: House, two_browsers: tuple[Browser, Browser]
) -> None:
    window = context(two_browsers[1], house, forced_colors="active", **PHONE)
    page = window.new_page()
    at_the_signature = next(address for name, address in walk(page, house) if name == "signature")
    seen = {}
    for scheme in ("light", "dark"):
        page.emulate_media(forced_colors="active", color_scheme=scheme)
        page.goto(at_the_signature)
        seen[scheme] = inked(page)
    window.close()

    black, white = "rgb(0, 0, 0)", "rgb(255, 255, 255)"
    assert seen == {"light": (black, white), "dark": (white, black)}


def inked(page: Page) -> tuple[str, str]:
    """The color of a stroke that is drawn, and of the box it is drawn in."""
    canvas = page.locator("canvas[data-pad]")
    box = canvas.bounding_box()
    assert box
    page.mouse.move(box["x"] + 30, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 150, box["y"] + 70, steps=6)
    page.mouse.up()
    ground = page.locator(".hs-pad").evaluate("(pad) => getComputedStyle(pad).backgroundColor")
    return canvas.evaluate(INK), ground
