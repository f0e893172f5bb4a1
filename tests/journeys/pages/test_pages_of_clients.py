"""Every page of a client, and the room from both sides, with the same eye."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.calls.test_guests import beside, come_in, invite
from tests.journeys.eye import Eye
from tests.journeys.house import House
from tests.journeys.pages.conftest import someone, still, walk
from tests.journeys.people import ClientSide
from tests.journeys.places import places

pytestmark = pytest.mark.journey
REFUSED = """Object.defineProperty(navigator.mediaDevices, "getUserMedia",
  { value: () => Promise.reject(new DOMException("no", "NotAllowedError")) })"""


def asked_again(desk: Page, eye: Eye, seat: dict[str, str]) -> None:
    """What the client's state wants asked each session, under a signature: partly, then in sight."""
    desk.goto(f"/start/{seat['pk']}")
    record = desk.get_by_role("button", name="I asked: record it")
    eye.look(desk, "start-to-ask")
    desk.get_by_label(re.compile("I checked who")).first.check()
    record.click()
    expect(desk.get_by_text("Partly asked")).to_be_visible()
    eye.look(desk, "start-partly-asked")


def another_number(page: Page, desk: Page, eye: Eye, seat: dict[str, str]) -> None:
    """A client without an account asks to be reached elsewhere; the practice sees it on the chart."""
    page.goto("/v/details")
    eye.look(page, "details-by-link", client=True)
    page.locator("#phone").fill("(312) 555-0177")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("A number that ends in")).to_be_visible()
    eye.look(page, "details-wait", client=True)
    desk.goto(f"/clients/{seat['client']}")
    expect(desk.get_by_role("button", name="We asked: take it over")).to_be_visible()
    eye.look(desk, "client-wish")


def test_a_clients_pages_before_the_day(
    window: BrowserContext,
    two_browsers: tuple[Browser, Browser],
    house: House,
    eye: Eye,
    facts: dict[str, Any],
) -> None:
    seat, cancelled = facts["later"][3:]
    desk = someone(window, eye, "Dr Ama Osei")
    desk.page.goto(f"/start/{seat['pk']}")
    desk.send_consent_form("Email")
    desk.page.goto(f"/appointments/{cancelled['pk']}/cancel")
    desk.page.get_by_role("button", name="Cancel appointment").click()
    phone = still(two_browsers[1], house)
    client = ClientSide(phone.new_page())
    page = client.page
    eye.follow(page)
    page.goto("/willow/v/nobody.nothing")
    eye.look(page, "gone", client=True)
    page.get_by_label("Your mobile number or e-mail").fill("nobody@example.org")
    page.get_by_role("button", name="Send me my link").click()
    eye.look(page, "gone-asked", client=True)
    page.goto(seat["link"])
    eye.look(page, "arrive", client=True)
    client.say_birth_date("1", "1", "1901")
    eye.look(page, "arrive-wrong", client=True)
    page.get_by_label("Date of birth").fill("in April")
    page.get_by_role("button", name="Continue").click()
    eye.look(page, "arrive-unread", client=True)
    client.say_birth_date(*seat["born"])
    eye.look(page, "home-early", client=True)
    page.goto("/v/room")
    eye.look(page, "room-early", client=True)
    page.goto("/v/check")
    expect(page.locator("[data-network=ok]").first).to_be_visible()
    eye.look(page, "check-early", client=True)
    page.goto("/v/")
    page.get_by_role("link", name="Read the form").click()
    eye.look(page, "consent", client=True)
    page.get_by_role("button", name="I agree", exact=True).click()
    eye.look(page, "consent-sign", client=True)
    page.get_by_text("Type", exact=True).click()
    page.get_by_label("Your full name").fill(seat["name"])
    eye.look(page, "consent-sign-typed", client=True)
    page.get_by_label("This is my signature").check()
    page.get_by_role("button", name="Sign").click()
    eye.look(page, "consent-done", client=True)
    for name, address in (("home-agreed", "/v/"), ("papers", "/v/papers"), ("consent-none", "/v/form")):
        page.goto(address)
        eye.look(page, name, client=True)
    desk.page.goto(f"/start/{seat['pk']}")
    desk.page.get_by_role("link", name="All about it").click()
    expect(desk.page.get_by_role("link", name="Sealed PDF")).to_be_visible(timeout=30_000)
    eye.look(desk.page, "consent-life")
    page.goto("/v/papers")
    expect(page.get_by_role("link", name="Download the PDF")).to_be_visible()
    eye.look(page, "papers-sealed", client=True)
    asked_again(desk.page, eye, seat)
    another_number(page, desk.page, eye, seat)
    page.goto(cancelled["link"])
    client.say_birth_date(*cancelled["born"])
    eye.look(page, "home-cancelled", client=True)
    phone.close()


def test_a_code_is_read_out_and_typed(
    window: BrowserContext,
    two_browsers: tuple[Browser, Browser],
    house: House,
    eye: Eye,
    facts: dict[str, Any],
) -> None:
    seat = facts["later"][2]
    desk = someone(window, eye, "Dr Ama Osei")
    desk.page.goto(f"/appointments/{seat['pk']}")
    desk.page.get_by_role("button", name="Code to read out").click()
    eye.look(desk.page, "spoken-code")
    code = desk.page.locator("[data-spoken]").inner_text()
    phone = still(two_browsers[1], house)
    client = ClientSide(phone.new_page())
    page = client.page
    eye.follow(page)
    page.goto("/j")
    eye.look(page, "spoken", client=True)
    page.get_by_label("Your code").fill("ABCD EFGH")
    page.get_by_role("button", name="Continue").click()
    eye.look(page, "spoken-wrong", client=True)
    page.get_by_label("Your code").fill(code.lower())
    page.get_by_role("button", name="Continue").click()
    client.say_birth_date(*seat["born"])
    expect(page.locator(".btn-primary", has_text="Get ready")).to_be_visible()
    assert page.url.endswith("/v/")
    phone.close()


def test_the_room_with_a_guest(
    window: BrowserContext, two_browsers: tuple[Browser, Browser], house: House, eye: Eye
) -> None:
    """Somebody invited from the room comes, waits, is let in, and thanked; each page of it looked at."""
    desk, place = someone(window, eye, "Dr Ama Osei"), next(places(house, 1))
    theirs = still(two_browsers[1], house)
    client, guest = ClientSide(theirs.new_page()), theirs.new_page()
    eye.follow(client.page)
    eye.follow(guest)
    desk.page.goto(f"/sessions/{place.session}")
    link = invite(desk.page, "Ana", "Interpreter")
    guest.goto(link)
    eye.look(guest, "guest", client=True)
    come_in(guest, link)
    eye.look(guest, "guest-waiting", client=True)
    eye.look(desk.page, "room-guest-waits")
    desk.page.goto(f"/sessions/{place.session}/guests")
    eye.look(desk.page, "guest-invite")
    desk.page.go_back()
    client.born = place.born
    client.arrive(place.link)
    client.knock()
    desk.admit()
    desk.page.get_by_role("button", name="Admit Ana").click()
    expect(beside(desk.page, "Ana")).to_be_visible()
    expect(guest.locator("html")).to_have_attribute("data-call", "live", timeout=20_000)
    for page, name in ((desk.page, "room-of-three"), (client.page, "call-of-three"), (guest, "guest-call")):
        eye.look(page, name, client=page is not desk.page)
    desk.end_session("Occurred")
    expect(guest.get_by_role("heading", name="Thank you for being there.")).to_be_visible()
    eye.look(guest, "guest-ended", client=True)
    theirs.close()


def test_the_room_from_both_sides(
    window: BrowserContext,
    two_browsers: tuple[Browser, Browser],
    house: House,
    eye: Eye,
    facts: dict[str, Any],
) -> None:
    desk = someone(window, eye, "Dr Ama Osei")
    theirs = still(two_browsers[1], house)
    client = ClientSide(theirs.new_page())
    eye.follow(client.page)
    page, seat = client.page, facts["soon"]
    page.goto(seat["link"])
    client.say_birth_date(*seat["born"])
    eye.look(page, "home-join", client=True)
    blocked(theirs, eye)
    client.join()
    expect(page.get_by_role("button", name="Yes, go in")).to_be_visible()
    eye.look(page, "check", client=True)
    page.get_by_role("button", name="Yes, go in").click()
    expect(page.locator("[data-part=waiting]")).to_be_visible()
    eye.look(page, "waiting", client=True)

    walk(desk.page, eye, {"today-waiting": "/today", "calendar-waiting": "/calendar"})
    desk.page.goto(f"/appointments/{seat['pk']}")
    desk.confirm_and_start()
    desk.record_verbal_consent()
    eye.look(desk.page, "send-link-waiting")
    desk.page.get_by_role("button", name="Open the room").click()
    expect(desk.page.locator("[data-participant]")).to_be_visible()
    eye.look(desk.page, "room-waiting")
    desk.admit()
    for side in (desk, client):
        expect(side.page.locator("html")).to_have_attribute("data-call", "live", timeout=20_000)
    eye.look(desk.page, "room-call")
    eye.look(page, "call", client=True)
    room = desk.page.url
    desk.page.get_by_role("link", name="End session").click()
    expect(desk.page.locator("dialog[data-end] [data-end-form]")).to_be_visible()
    eye.look(desk.page, "room-end")
    walk(desk.page, eye, {"end": f"{room}/end"})
    desk.page.goto(room)
    desk.end_session("Occurred")
    eye.look(desk.page, "appointment-over")
    page.wait_for_url("**/v/ended")
    eye.look(page, "ended", client=True)
    # A room for an appointment that nobody has agreed to.
    desk.page.evaluate(POST, f"/start/{facts['later'][4]['pk']}/open")
    expect(desk.page.get_by_role("heading", name="That wasn")).to_be_visible()
    eye.look(desk.page, "refused")
    theirs.close()


POST = """(action) => {
  const form = Object.assign(document.createElement("form"), { method: "post", action });
  form.append(Object.assign(document.createElement("input"), {
    name: "csrfmiddlewaretoken", value: document.body.dataset.csrf }));
  document.body.append(form);
  form.submit();
}"""


def blocked(window: BrowserContext, eye: Eye) -> None:
    """Another window of the same client, in which camera and microphone are refused."""
    page = window.new_page()
    eye.follow(page)
    page.add_init_script(REFUSED)
    page.goto("/v/room")
    expect(page.locator("[data-trouble-part]")).to_be_visible()
    eye.look(page, "check-blocked", client=True)
    page.close()
