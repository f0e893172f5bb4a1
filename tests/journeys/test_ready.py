"""A client arrives ready: the first time step by step, and ever after in a few taps."""

import json
import re
import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.journeys.browsers import context
from tests.journeys.house import House
from tests.journeys.people import ClientSide, DeskSide
from tests.journeys.places import PHONE, SEAT, Place, places

pytestmark = pytest.mark.journey
# Some browsers ask for camera and microphone at each visit; these here never do.
BROWSERS_OWN_QUESTION = 1
# Every finger on the glass, and every field that was typed in, over all the pages of one tab.
COUNT = """
const keep = (name, add) => sessionStorage.setItem(name,
  JSON.stringify([...JSON.parse(sessionStorage.getItem(name) ?? "[]"), add]));
addEventListener("pointerdown", (event) => keep("taps", event.target.textContent.trim().slice(0, 30)), true);
addEventListener("input", (event) => {
  const typed = event.target.matches("input:not([type=radio], [type=checkbox]), textarea, select");
  if (typed) keep("fields", event.target.name);
}, true);
"""
# What a fresh seat doesn't know yet; a saved place to say with one tap.
FORGET = """
from holdspace.clients.models import Address
Seat.objects.filter(pk=seat.pk).update(location="", location_state="", location_ok_at=None)
Address.objects.get_or_create(client=seat.client, practice=seat.practice, usual=True,
    defaults={"label": "Home", "lines": "12 Example Street", "state": "NY"})
print("done")
"""
LATER = """
import json
from datetime import timedelta
from holdspace.consents.models import Consent
from holdspace.kit.clock import now
from holdspace.scheduling import links
from holdspace.scheduling.models import Seat
later = Seat.objects.filter(status="confirmed", appointment__contact_type="telehealth",
    appointment__clinicians__name="Dr Ama Osei", appointment__starts_at__gt=now() + timedelta(days=1),
    appointment__type__is_group=False)
later = later.exclude(client__in=Consent.objects.values("client")).order_by("appointment__starts_at")
# Others are asked in journeys of their own; this one has one form to read, and reads it alone.
later = later.exclude(client__first_name__in=["Rosa", "Theo", "June", "Priya"])
seat = next(one for one in later if not one.client.is_minor(now()))
print(json.dumps([str(seat.pk), links.link_for(seat), seat.client.birth_date.strftime("%m %d %Y").split(),
    seat.client.full_name]))
"""


@pytest.fixture
def phone(house: House, two_browsers: tuple[Browser, Browser]) -> Iterator[BrowserContext]:
    window = context(two_browsers[1], house, **PHONE)
    yield window
    window.close()


def counted(page: Page, what: str) -> list[str]:
    kept: list[str] = page.evaluate(f"JSON.parse(sessionStorage.getItem('{what}') ?? '[]')")
    return kept


def lights_of(desk: DeskSide, seat: str) -> Locator:
    return desk.page.locator(f"tr:has([id='who-{seat}']) .hs-lights")


def tile_beside(desk: DeskSide, seat: str) -> Locator:
    """The lights on the seat's tile, on a second page of the same person's: the calendar, left open."""
    calendar = desk.page.context.new_page()
    calendar.goto("/calendar?view=day")
    lights = calendar.locator(f"[data-calendar] a.hs-tile[href$='{seat}'] .hs-lights")
    expect(lights).to_have_attribute("aria-label", re.compile("Link not seen.*Location not yet"))
    return lights


def new_to_it(house: House, place: Place) -> Place:
    house.ask(SEAT.format(seat=place.seat) + FORGET)
    return place


def tap_through(client: ClientSide, place: Place) -> None:
    """From the link to the waiting room, each touch one that a finger makes."""
    page = client.page
    page.goto(place.link)
    page.get_by_label("Date of birth").fill("".join(place.born))
    page.get_by_role("button", name="Continue").tap()
    page.get_by_role("link", name="Join", exact=True).tap()
    page.get_by_text("I am alone", exact=True).tap()
    page.get_by_role("button", name="Continue").tap()
    page.get_by_role("button", name="Yes, go in").tap()
    expect(page.locator("[data-part=waiting]")).to_be_visible()


def test_a_returning_client_is_in_with_six_taps_and_one_field_at_most(
    house: House, osei_at_desk: DeskSide, phone: BrowserContext, tell: Callable[[str], None]
) -> None:
    place = new_to_it(house, next(places(house, 1)))
    osei_at_desk.page.goto("/today")
    lights, tile = lights_of(osei_at_desk, place.seat), tile_beside(osei_at_desk, place.seat)
    expect(lights).to_have_attribute("aria-label", re.compile("Link not seen.*Location not yet"))
    client = ClientSide(phone.new_page())
    client.page.add_init_script(COUNT)
    began = time.monotonic()

    tap_through(client, place)

    took = time.monotonic() - began
    taps, fields = counted(client.page, "taps"), set(counted(client.page, "fields"))
    tell(f"from the link to the waiting room: {len(taps)} taps {taps}, fields {fields}, {took:.1f} s")
    assert 4 <= len(taps) + BROWSERS_OWN_QUESTION <= 6
    assert fields == {"born"}
    assert took < 20
    # Every light has followed by itself.
    for followed in (lights, tile):
        expect(followed).to_have_attribute("aria-label", "Link seen, Device ok, Consent ok, Location ok")


def test_the_first_time_each_step_leads_to_the_next(
    house: House, osei_at_desk: DeskSide, phone: BrowserContext
) -> None:
    seat, link, born, name = json.loads(house.ask(LATER))
    client = ClientSide(phone.new_page())
    client.born, page = tuple(born), client.page
    client.arrive(link)
    page.get_by_role("link", name="Add to calendar").wait_for()

    def onward() -> Locator:
        return page.locator(".btn-primary", has_text="Get ready")

    onward().click()
    page.get_by_role("button", name="I agree", exact=True).click()
    page.get_by_text("Type", exact=True).click()
    page.get_by_label("Your full name").fill(name)
    page.get_by_label("This is my signature").check()
    page.get_by_role("button", name="Sign").click()
    page.get_by_role("link", name="Continue").click()
    onward().click()
    client.say_where()
    onward().click()
    expect(page.locator("[data-network=ok]").first).to_be_visible()
    page.go_back()
    page.go_forward()
    page.get_by_role("button", name="Yes, it works").click()
    expect(page.get_by_role("heading", name="You are ready")).to_be_visible()
    expect(page.locator(".btn-primary")).to_have_count(0)
    # The practice's pages have followed.
    osei_at_desk.page.goto(f"/appointments/{seat}")
    for light in ("Link seen", "Device ok", "Consent ok", "Location ok"):
        expect(osei_at_desk.page.get_by_text(light)).to_be_visible()
