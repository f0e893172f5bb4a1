"""The connection that stands before anybody is admitted: ready, and silent."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.places import Two

pytestmark = pytest.mark.journey
SENT = """
async () => {
  const lines = [];
  for (const connection of window.connections)
    for (const line of (await connection.getStats()).values())
      if (line.type === "outbound-rtp") lines.push([line.kind, line.packetsSent, line.active]);
  return lines.sort();
}
"""
TRACKS = "() => window.connections.flatMap((one) => one.getSenders()).filter((sender) => sender.track).length"


def stands_silent(page: Page) -> None:
    """The line is up, both senders may send, neither has anything to send, and nothing ever went out."""
    expect(page.locator("html")).to_have_attribute("data-call", "standby")
    page.wait_for_timeout(1500)
    assert page.evaluate(SENT) == [["audio", 0, True], ["video", 0, True]]
    assert page.evaluate(TRACKS) == 0


def test_while_the_client_waits_the_line_stands_and_nothing_is_sent(two: Two) -> None:
    two.take_up()
    for side in two.sides:
        stands_silent(side.page)

    two.desk.admit()
    two.have_met()


def test_admitted_the_moment_the_line_stands_the_pictures_come_all_the_same(two: Two) -> None:
    two.take_up()
    two.desk.page.wait_for_function("() => document.documentElement.dataset.call === 'standby'")
    two.desk.admit()
    two.have_met()


def test_sent_back_and_admitted_again_the_line_is_silent_in_between(two: Two) -> None:
    two.meet()
    two.desk.page.get_by_role("button", name="Back to the waiting room").click()
    expect(two.client.page.locator("[data-part=waiting]")).to_be_visible()
    for side in two.sides:
        side.page.wait_for_function(f"() => ({TRACKS})() === 0")

    two.desk.admit()
    two.have_met()


WIDTHS = """
() => {
  window.widths = [];
  const theirs = document.querySelector("video[data-theirs]");
  theirs.addEventListener("resize", () => {
    if (theirs.videoWidth !== window.widths.at(-1)) window.widths.push(theirs.videoWidth);
  });
}
"""


def grew(page: Page) -> list[int]:
    """How wide the other side's picture has been, once it was more than one width."""
    page.wait_for_function("() => window.widths.length > 1")
    widths: list[int] = page.evaluate("window.widths.splice(0)")
    return widths


def test_a_picture_begins_small_and_is_whole_a_second_later(two: Two) -> None:
    two.take_up()
    two.desk.page.wait_for_function("() => document.documentElement.dataset.call === 'standby'")
    for side in two.sides:
        side.page.evaluate(WIDTHS)
    two.desk.admit()
    for side in two.sides:
        assert grew(side.page)[:2] == [320, 640]

    camera = two.client.page.get_by_role("button", name="Camera off")
    camera.click()
    expect(two.desk.page.locator('[data-they="camera-off"]')).to_be_visible()
    camera.click()
    assert grew(two.desk.page)[:2] == [320, 640]
