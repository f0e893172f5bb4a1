"""A third person: a guest by a link of their own, or a partner elsewhere; let in, seen by both, sent away."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.browsers import context
from tests.journeys.house import House
from tests.journeys.media import received, wait_until_nothing_comes
from tests.journeys.people import ClientSide, Side
from tests.journeys.places import PHONE, SEAT, Two

pytestmark = pytest.mark.journey
# Decoded pictures of one person, counted in the element that shows them.
MOVES = """
(video) => new Promise((resolve) => {
  let pictures = 0;
  const one = () => (++pictures === 5 ? resolve(true) : video.requestVideoFrameCallback(one));
  video.requestVideoFrameCallback(one);
  setTimeout(() => resolve(false), 15000);
})
"""

# Lin has the second seat of somebody's appointment, and has agreed; prints link and birth date.
PARTNER = """
import json
from datetime import timedelta
from holdspace.consents.models import Consent, ConsentVersion
from holdspace.scheduling import links
lin = seat.practice.clients.get(first_name="Lin")
theirs = Seat.objects.create(practice=seat.practice, appointment=seat.appointment, client=lin,
    status="confirmed", client_time_zone=lin.time_zone, location="9 Example St", location_state="NY",
    location_ok_at=now())
Consent.objects.create(practice=seat.practice, version=ConsentVersion.objects.get(
    practice=seat.practice, form__purpose="telehealth"), client=lin, seat=theirs, way="digital",
    status="signed", time_zone="UTC", answered_at=now(), expires_at=now() + timedelta(days=1))
print(json.dumps([links.link_for(theirs), lin.birth_date.strftime("%m %d %Y").split()]))
"""


@pytest.fixture
def lin(house: House, two_browsers: tuple[Browser, Browser]) -> Iterator[ClientSide]:
    window = context(two_browsers[1], house, **PHONE)
    side = ClientSide(window.new_page())
    yield side
    side.complain_of_errors()
    window.close()


@pytest.fixture
def ana(house: House, two_browsers: tuple[Browser, Browser]) -> Iterator[Side]:
    window = context(two_browsers[1], house, **PHONE)
    side = Side(window.new_page())
    yield side
    side.complain_of_errors()
    window.close()


def invite(desk: Page, name: str, comes_as: str) -> str:
    """The link that the room shows once."""
    inviting = desk.locator("[data-inviting]")
    if inviting.get_attribute("open") is None:
        inviting.locator("summary").click()
    inviting.get_by_label("What they are called").fill(name)
    inviting.get_by_label("They come as").select_option(label=comes_as)
    inviting.get_by_role("button", name="Make a link").click()
    expect(inviting.get_by_label(re.compile("The link for"))).to_be_visible()
    return inviting.get_by_label(re.compile("The link for")).input_value()


def come_in(guest: Page, link: str) -> None:
    guest.goto(link)
    guest.get_by_role("button", name="Come in").click()
    assert link.rpartition("/")[2] not in guest.url
    guest.get_by_role("button", name="Yes, go in").click()
    expect(guest.locator("[data-part=waiting]")).to_be_visible()


def beside(page: Page, name: str) -> Locator:
    return page.locator("[data-beside-box]").filter(has_text=name)


def test_an_interpreter_comes_by_a_link_of_their_own(two: Two, ana: Side) -> None:
    two.meet()
    desk, client = two.desk.page, two.client.page
    come_in(ana.page, invite(desk, "Ana", "Interpreter"))
    # Nobody is seen or heard before: the two in the room are none the wiser, and the guest sees nothing.
    assert ana.page.evaluate("() => window.connections.length") == 0
    expect(client.locator("[data-beside-box]")).to_have_count(0)

    desk.get_by_role("button", name="Admit Ana").click()

    for page in (desk, client):
        assert beside(page, "Ana").locator("video").evaluate(MOVES)
    assert ana.page.locator("video[data-theirs]").evaluate(MOVES)
    others = ana.page.locator("[data-beside-box]")
    expect(others).to_have_count(1)
    assert others.locator("video").evaluate(MOVES)
    two.have_met()
    # Each pair has words of its own, the same on both sides.
    theirs = beside(client, "Ana").locator("[data-their-words]")
    expect(theirs).to_have_text(re.compile(r"^\w+ \w+ \w+ \w+$"))
    expect(others.locator("[data-their-words]")).to_have_text(theirs.inner_text())

    desk.get_by_role("button", name="Take back the link for Ana").click()

    expect(ana.page.locator("[data-part=out]")).to_be_visible()
    wait_until_nothing_comes(ana.page)
    for page in (desk, client):
        expect(page.locator("[data-beside-box]")).to_be_hidden()
    two.have_met()


def test_a_couple_in_two_places_meets_and_one_who_is_sent_back_sees_nobody(
    two: Two, lin: ClientSide, house: House
) -> None:
    link, born = json.loads(house.ask(SEAT.format(seat=two.place.seat) + PARTNER))
    lin.born = tuple(born)
    two.meet()
    desk, client = two.desk.page, two.client.page
    lin.arrive(link)
    lin.knock()
    desk.get_by_role("button", name="Admit Lin T.").click()

    for page, name in ((desk, "Lin T."), (client, "Lin"), (lin.page, "Rosa")):
        assert beside(page, name).locator("video").evaluate(MOVES)
    assert lin.page.locator("video[data-theirs]").evaluate(MOVES)

    desk.get_by_role("button", name="Back to the waiting room: Lin T.").click()

    expect(lin.page.locator("[data-part=waiting]")).to_be_visible()
    wait_until_nothing_comes(lin.page)
    for page in (desk, client):
        expect(page.locator("[data-beside-box]")).to_be_hidden()
    two.have_met()


def test_who_was_sent_back_sends_nothing_to_whoever_was_put_out_meanwhile(two: Two, ana: Side) -> None:
    desk, client = two.desk.page, two.client.page
    desk.goto(f"/sessions/{two.place.session}")
    come_in(ana.page, invite(desk, "Ana", "Helper"))
    desk.get_by_role("button", name="Admit Ana").click()
    assert beside(desk, "Ana").locator("video").evaluate(MOVES)
    # With somebody in the room it would not be true that nobody sees or hears.
    expect(desk.locator("[data-alone]")).to_be_visible()
    expect(desk.locator("[data-unseen]")).to_be_hidden()
    two.client.arrive(two.place.link)
    two.client.knock()
    two.desk.admit()
    assert beside(client, "Ana").locator("video").evaluate(MOVES)
    desk.get_by_role("button", name="Back to the waiting room: Rosa M.").click()
    expect(client.locator("[data-part=waiting]")).to_be_visible()

    desk.get_by_role("button", name="Remove Ana").click()
    expect(ana.page.locator("[data-part=out]")).to_be_visible()
    two.desk.admit()

    two.have_met()
    expect(client.locator("[data-beside-box]")).to_be_hidden()
    assert received(client)["open"] == 1


def test_a_guest_who_reloads_is_back_and_an_ended_session_is_over_for_them(two: Two, ana: Side) -> None:
    two.meet()
    desk = two.desk.page
    link = invite(desk, "Ana", "Family or friend")
    come_in(ana.page, link)
    desk.get_by_role("button", name="Admit Ana").click()
    assert beside(desk, "Ana").locator("video").evaluate(MOVES)

    ana.page.reload()

    assert ana.page.locator("video[data-theirs]").evaluate(MOVES)
    assert beside(desk, "Ana").locator("video").evaluate(MOVES)
    two.desk.end_session()
    expect(ana.page.get_by_role("heading", name="Thank you for being there.")).to_be_visible()
    ana.page.goto(link)
    expect(ana.page.get_by_role("heading", name=re.compile("doesn't open an appointment"))).to_be_visible()
