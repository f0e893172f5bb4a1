"""Where a state asks for a signature: no verbal way; the form is read and signed on the client's phone."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.browsers import context
from tests.journeys.house import House
from tests.journeys.media import wait_until_met
from tests.journeys.people import ClientSide, DeskSide, follow
from tests.journeys.test_main_job import born_of, newest_link

pytestmark = pytest.mark.journey


LINK = """
from holdspace.scheduling.models import Seat
from holdspace.scheduling import links
print(links.link_for(Seat.objects.get(pk="{seat}")))
"""
STATE, NAMED = "CO", "Colorado"


@pytest.fixture
def only_a_signature(two_browsers: tuple[Browser, Browser], house: House) -> Iterator[None]:
    """The practice's owner asks for a signature in this state; afterwards all is as it was."""
    window = context(two_browsers[0], house)
    page = window.new_page()
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Marguerite Dunn").click()
    page.wait_for_url(re.compile("^((?!accounts).)*$"))
    page.goto(f"/settings/states/{STATE}")
    page.get_by_label("A signature").check()
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/settings/states")
    yield
    page.goto(f"/settings/states/{STATE}")
    follow(page, page.get_by_role("button", name="Use this one again"))
    page.goto(f"/settings/states/{STATE}")
    expect(page.get_by_label("Spoken consent")).to_be_checked()
    window.close()


def says_where(client: ClientSide) -> None:
    page = client.page
    page.get_by_role("link", name="Tell us where you are").click()
    expect(page.get_by_role("heading", name="Where are you")).to_be_visible()
    client.say_elsewhere("12 Example Street", STATE)
    expect(page.get_by_text("You told us where you are")).to_be_visible()


def draws_a_name(page: Page) -> None:
    """A stroke with the finger's pointer, across the box."""
    box = page.locator("canvas[data-pad]").bounding_box()
    assert box
    page.mouse.move(box["x"] + 40, box["y"] + 40)
    page.mouse.down()
    for step in range(1, 9):
        page.mouse.move(box["x"] + 40 + step * 25, box["y"] + 40 + 60 * (step % 2))
    page.mouse.up()


def test_where_only_a_signature_will_do(
    only_a_signature: None,
    house: House,
    osei_at_desk: DeskSide,
    clients_phone: ClientSide,
    days: Iterator[str],
) -> None:
    start, desk, client, day = osei_at_desk, osei_at_desk.page, clients_phone, next(days)
    client.born = born_of(house, "Theo")
    start.book(day, "15:00", "Theo Kessler")
    start.open_appointment("Theo K.", day)
    start.confirm_and_start()
    seat = desk.url.rpartition("/")[2]
    client.arrive(house.ask(LINK.format(seat=seat)))
    says_where(client)

    # The start screen says why, and offers the form alone; an address typed by hand doesn't help.
    for address in (f"/start/{seat}", f"/start/{seat}?way=verbal"):
        desk.goto(address)
        expect(desk.get_by_text(f"{NAMED} asks for a signature")).to_be_visible()
        expect(desk.get_by_text("agreeing out loud isn't enough there")).to_be_visible()
        expect(desk.get_by_role("link", name="Accept Verbal Consent")).to_have_count(0)
        expect(desk.get_by_role("button", name=re.compile("record it"))).to_have_count(0)

    # Sent as a message, opened on the phone, read to its end and signed there.
    desk.locator("main").get_by_text("Email", exact=True).first.click()
    desk.get_by_role("button", name="Send the form").click()
    expect(desk.get_by_role("link", name="Ask out loud instead")).to_have_count(0)
    client.arrive(newest_link(start, "Theo Kessler"))
    reads_and_signs(client.page)

    # Heard at the desk, started from there, and they meet.
    start.follow_notification("Theo K.")
    start.send_link("Email")
    client.page.goto("/v/")
    client.knock()
    start.admit()
    for side in (start, client):
        wait_until_met(side.page)
    start.end_session("Occurred")
    client.page.wait_for_url("**/v/ended")


def reads_and_signs(page: Page) -> None:
    page.get_by_role("link", name="Read the form").tap()
    agree = page.get_by_role("button", name="I agree", exact=True)
    expect(page.get_by_role("article", name="The agreement")).to_be_visible()
    agree.scroll_into_view_if_needed()
    agree.tap()
    draws_a_name(page)
    page.get_by_label("This is my signature").tap()
    page.get_by_role("button", name="Sign").tap()
    page.wait_for_url("**/v/form/done")
    expect(page.get_by_text("Your signature has reached us.")).to_be_visible()
    expect(page.get_by_role("link", name="Download what you signed")).to_be_visible()
