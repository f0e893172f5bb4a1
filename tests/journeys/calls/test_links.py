"""A link in the wrong hands, an old one, and a birth date that is guessed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.journeys.house import House
from tests.journeys.people import ClientSide
from tests.journeys.places import SEAT, Place, Two

pytestmark = pytest.mark.journey


def test_five_wrong_birth_dates_pause_the_link_and_say_nothing_more(
    house: House, place: Callable[[], Place], phone: BrowserContext
) -> None:
    client, link = ClientSide(phone.new_page()), place().link
    client.page.goto(link)
    for _ in range(5):
        client.say_birth_date("1", "1", "1950")
        expect(client.page.get_by_role("alert")).to_contain_text("That didn't fit what we have on file.")
    # The right one now gets the same line: whoever guesses can't tell.
    client.say_birth_date(*client.born)
    expect(client.page.get_by_role("alert")).to_contain_text("That didn't fit what we have on file.")
    phone.close()


def test_an_old_a_cut_and_a_strangers_link_lead_to_the_same_neutral_page(
    house: House, place: Callable[[], Place], phone: BrowserContext
) -> None:
    here = place()
    renew = "from holdspace.scheduling.actions.links import renew_link\n"
    renew += "renew_link(seat=seat, actor=System(seat.practice_id), at=now())\nprint('done')"
    house.ask(SEAT.format(seat=here.seat) + renew)
    fresh = place().link
    page = phone.new_page()
    for link in (here.link, fresh[:-3], fresh.replace("willow", "birch"), "/willow/v/nobody.nothing"):
        answer = page.goto(link)
        assert answer
        assert answer.status == 404, link
        expect(page.get_by_role("heading", name="This link doesn't open an appointment now")).to_be_visible()
        expect(page.locator("body")).not_to_contain_text("Rosa")
    phone.close()


def test_a_new_link_shows_whoever_waits_by_the_old_one_out(two: Two) -> None:
    two.take_up()
    other = two.desk.page.context.new_page()
    other.goto(f"/sessions/{two.place.session}")
    page = two.client.page
    two.desk.page.evaluate(
        "address => fetch(address, {method: 'POST', headers: {'X-CSRFToken': document.body.dataset.csrf}})",
        f"/start/{two.place.seat}/new-link",
    )
    page.goto("/v/room")
    expect(page.get_by_role("heading", name="This link doesn't open an appointment now")).to_be_visible()
