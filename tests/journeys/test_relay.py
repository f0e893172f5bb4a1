"""Calls through a real coturn with addresses hidden; *Test the service* with a relay and without."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.browsers import context
from tests.journeys.house import House
from tests.journeys.media import received
from tests.journeys.people import DeskSide
from tests.journeys.places import LAPTOP, PHONE, kept_sign_in, places, two_at
from verbs import services

pytestmark = pytest.mark.journey
HIDE = """
from holdspace.practices.models import Practice
print(Practice.objects.update(hide_addresses=True))
"""


@pytest.fixture(scope="module")
def relay() -> Iterator[tuple[str, str]]:
    """Address and secret of a coturn: bin/test's, or else one of our own."""
    given = os.environ.get("HOLDSPACE_TEST_TURN")
    if given:
        yield given, os.environ["HOLDSPACE_TEST_TURN_SECRET"]
        return
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="holdspace-relay-")))
        user = services.unprivileged()
        if user:
            shutil.chown(folder, user)
        yield stack.enter_context(services.coturn(folder, user))


@pytest.fixture(scope="module")
def relayed_house(relay: tuple[str, str]) -> Iterator[House]:
    """The product with this relay, and addresses hidden for everyone."""
    address, secret = relay
    running = House(HOLDSPACE_TURN_URLS=f"turn:{address}?transport=udp", HOLDSPACE_TURN_SECRET=secret)
    running.ask(HIDE)
    yield running
    running.stop()


@pytest.mark.parametrize("who", ["as they come", "after a reload"])
def test_with_addresses_hidden_two_meet_through_the_relay_alone(
    relayed_house: House, two_browsers: tuple[Browser, Browser], who: str
) -> None:
    desk = context(
        two_browsers[0], relayed_house, storage_state=kept_sign_in(two_browsers[0], relayed_house), **LAPTOP
    )
    phone = context(two_browsers[1], relayed_house, **PHONE)
    with two_at(relayed_house, next(places(relayed_house, 1)), desk, phone) as two:
        two.meet()
        if who == "after a reload":
            two.client.page.reload()
            two.come_back(two.client.page)
        for side in two.sides:
            assert received(side.page)["relayed"], side
            assert side.page.evaluate(KINDS) == ["relay"]
        two.desk.end_session()


# Every way that a side offered: with addresses hidden nothing but the relay's own.
KINDS = """
async () => {
  const kinds = new Set();
  for (const connection of window.connections) {
    if (connection.connectionState === "closed") continue;
    (await connection.getStats()).forEach((line) => {
      if (line.type === "local-candidate" || line.type === "remote-candidate") kinds.add(line.candidateType);
    });
  }
  return [...kinds];
}
"""


def put_to_the_test(house: House, browser: Browser) -> DeskSide:
    """Settings, Telehealth, **Start the test**; ends when there is a verdict."""
    side = DeskSide(context(browser, house, **LAPTOP).new_page())
    side.sign_in("Dr Ama Osei")
    side.page.goto("/settings/telehealth")
    side.page.locator("[data-run]").click()
    expect(side.page.locator('[data-verdict="running"]')).to_be_visible()
    expect(side.page.locator('[data-verdict="running"]')).to_be_hidden(timeout=40_000)
    return side


def test_the_service_is_ready_where_a_relay_carried_a_call(
    relayed_house: House, two_browsers: tuple[Browser, Browser]
) -> None:
    side = put_to_the_test(relayed_house, two_browsers[0])
    expect(side.page.get_by_text("Ready for sessions").filter(visible=True)).to_be_visible()
    for grade in ("bad", "none"):
        expect(side.page.locator(f'[data-test="relay"] [data-grade="{grade}"]')).to_be_hidden()
    expect(side.page.get_by_text("Not needed: relay only")).to_be_visible()
    # Kept: the page says so after it was left, too.
    side.page.reload()
    expect(side.page.get_by_text("Ready for sessions").filter(visible=True)).to_be_visible()
    expect(side.page.get_by_text("Last tested")).to_be_visible()
    side.complain_of_errors()
    side.page.context.close()


def test_the_service_says_honestly_that_without_a_relay_it_is_one_network_only(
    house: House, two_browsers: tuple[Browser, Browser]
) -> None:
    side = put_to_the_test(house, two_browsers[0])
    expect(side.page.get_by_text("Calls work inside one network only")).to_be_visible()
    expect(side.page.get_by_text("None is configured")).to_be_visible()
    for part in ("camera", "microphone", "signalling", "direct"):
        expect(side.page.locator(f'[data-test="{part}"] [data-grade="bad"]')).to_be_hidden()
    side.complain_of_errors()
    side.page.context.close()


def test_the_service_says_that_a_relay_which_does_not_answer_does_not(
    two_browsers: tuple[Browser, Browser],
) -> None:
    silent = House(HOLDSPACE_TURN_URLS="turn:127.0.0.1:9?transport=udp", HOLDSPACE_TURN_SECRET="nobody")
    side = put_to_the_test(silent, two_browsers[0])
    expect(side.page.get_by_text("Not ready: the relay does not answer")).to_be_visible()
    side.page.context.close()
    silent.stop()
