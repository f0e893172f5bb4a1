"""What may happen to a call: reloads, second windows, a server that is killed."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.house import House
from tests.journeys.media import keeps_coming, received, wait_until_met
from tests.journeys.places import Two, listen

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("who", ["client", "desk"])
def test_a_reload_in_the_call_brings_the_same_seat_back(two: Two, who: str) -> None:
    two.meet()
    page = getattr(two, who).page

    page.reload()

    two.come_back(page)
    two.desk.end_session()
    two.client.page.wait_for_url("**/v/ended")


def test_a_reload_in_the_waiting_room_keeps_the_place(two: Two) -> None:
    two.take_up()
    two.client.page.reload()
    expect(two.client.page.locator("[data-part=waiting]")).to_be_visible()
    two.desk.page.reload()
    two.desk.admit()
    two.have_met()


def test_a_second_tab_takes_the_clients_seat_and_can_be_taken_from(two: Two, phone: BrowserContext) -> None:
    two.meet()
    second = phone.new_page()
    second.goto("/v/room")

    gone_on = two.client.page.get_by_role("heading", name="You went on in another window")
    expect(gone_on).to_be_visible()
    expect(second.locator("html")).to_have_attribute("data-call", "live")
    listen(second)
    wait_until_met(second)
    wait_until_met(two.desk.page)

    two.client.page.get_by_role("button", name="Carry on here instead").click()

    two.come_back(two.client.page)
    expect(second.get_by_role("heading", name="You went on in another window")).to_be_visible()


def test_a_second_window_takes_the_clinicians_seat_and_can_be_taken_from(
    two: Two, desk_window: BrowserContext
) -> None:
    two.meet()
    second = desk_window.new_page()
    second.goto(f"/sessions/{two.place.session}")

    taken = two.desk.page.locator("[data-taken]")
    expect(taken).to_be_visible()
    expect(taken).to_contain_text("You went on in another window")
    expect(second.locator("html")).to_have_attribute("data-call", "live")
    listen(second)
    wait_until_met(second)
    wait_until_met(two.client.page)

    taken.get_by_role("button", name="Carry on here instead").click()

    two.come_back(two.desk.page)
    expect(second.locator("[data-taken]")).to_be_visible()


def test_the_server_may_be_killed_and_started_again_without_the_call_dropping(two: Two, house: House) -> None:
    two.meet()
    pages = two.desk.page, two.client.page
    house.kill()
    keeps_coming(*pages, seconds=4)
    two.desk.page.get_by_role("link", name="End session").click()
    expect(two.desk.page.get_by_role("alert")).to_contain_text("A call goes on without it")
    house.start()

    for page in pages:
        expect(page.locator("html")).to_have_attribute("data-live", "open", timeout=5_000)
    keeps_coming(*pages, seconds=2)
    assert [received(page)["open"] for page in pages] == [1, 1]

    two.desk.end_session()
    two.client.page.wait_for_url("**/v/ended")


def emergency_card(desk: Page) -> None:
    """One press, and where the client is and whom to call stand on a page of their own."""
    with desk.context.expect_page() as opened:
        desk.get_by_role("link", name="Emergency card").click()
    card = opened.value
    expect(card.get_by_role("heading", level=1)).to_contain_text("Rosa")
    expect(card.locator("a[href^='tel:']").first).to_be_visible()
    card.close()


def test_the_emergency_card_is_one_press_away_with_a_picture_or_without(two: Two) -> None:
    desk = two.desk.page
    desk.goto(f"/sessions/{two.place.session}")
    emergency_card(desk)
    two.meet()
    emergency_card(desk)
    two.have_met()


def test_whoever_waits_while_the_server_is_started_again_is_still_let_in(two: Two, house: House) -> None:
    two.take_up()
    house.kill()
    house.start()
    for side in two.sides:
        expect(side.page.locator("html")).to_have_attribute("data-live", "open", timeout=5_000)
    two.desk.admit()
    two.have_met()
