"""A client's way through all of their pages, each given once it stands as it should."""

import json
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Page

from tests.journeys.house import House
from tests.journeys.people import ClientSide
from tests.journeys.places import Place, places

PASSWORD = "four calm words here"
# Somebody whose appointment is days ahead and who has answered nothing yet, and the way to an account.
# The way of a guest into the session at hand.
GUEST = """
from holdspace.kit.clock import now
from holdspace.telehealth.actions import invite
from holdspace.telehealth.models import Session
session = Session.objects.get(pk="{session}")
lead = session.appointment.clinicians.first().membership.as_actor()
print(invite(session=session, name="Ana", comes_as="interpreter", actor=lead, at=now())[1])
"""
LATER = """
import json, re
from datetime import timedelta
from holdspace.clients import actions
from holdspace.consents.models import Consent
from holdspace.kit.actor import System
from holdspace.kit.clock import now
from holdspace.messaging.models import Message
from holdspace.scheduling import links
from holdspace.scheduling.models import Seat
later = Seat.objects.filter(status="confirmed", appointment__contact_type="telehealth",
    appointment__starts_at__gt=now() + timedelta(days=1), appointment__type__is_group=False)
later = later.exclude(client__in=Consent.objects.values("client")).order_by("appointment__starts_at")
later = later.exclude(client__first_name="Rosa").exclude(client__email="").filter(client__email_ok=True)
seat = next(one for one in later if not one.client.is_minor(now()))
actions.invite(person=seat.client, channel="email", actor=System(seat.practice_id), at=now())
body = Message.objects.filter(kind="portal_invitation").latest("queued_at").body
print(json.dumps({"link": links.link_for(seat), "born": seat.client.birth_date.strftime("%m %d %Y").split(),
    "name": seat.client.full_name, "last": seat.client.last_name, "client": str(seat.client_id),
    "invitation": re.search(r"http\\S+", body)[0]}))
"""
Told = dict[str, Any]
Stop = tuple[str, str]


def walk(page: Page, house: House) -> Iterator[Stop]:
    """Name and address of page after page; whoever takes one looks at it before the client goes on."""
    told = json.loads(house.ask(LATER))
    place = next(places(house, 1))
    yield from before_the_day(page, house, told)
    yield from at_the_hour(page, house, place)
    yield from as_a_guest(page, house, place)
    page.context.clear_cookies()
    yield from own_pages(page, house, told)


def before_the_day(page: Page, house: House, told: Told) -> Iterator[Stop]:
    """From the link to *You are ready*."""
    client = ClientSide(page)
    yield "link", told["link"]
    page.goto(told["link"])
    client.say_birth_date(*told["born"])
    yield "get ready", f"{house.url}/v/"
    page.locator(".btn-primary", has_text="Get ready").click()
    yield "form", page.url
    page.get_by_role("button", name="I agree", exact=True).click()
    yield "signature", page.url
    sign(page, told["name"])
    yield "signed", page.url
    yield "papers", f"{house.url}/v/papers"
    yield "how we reach you, by the link", f"{house.url}/v/details"
    yield "where", f"{house.url}/v/where"
    yield "camera and sound", f"{house.url}/v/check"


def sign(page: Page, name: str) -> None:
    page.get_by_text("Type", exact=True).click()
    page.get_by_label("Your full name").fill(name)
    page.get_by_label("This is my signature").check()
    page.get_by_role("button", name="Sign").click()
    page.wait_for_url("**/v/form/done")


def as_a_guest(page: Page, house: House, place: Place) -> Iterator[Stop]:
    """Somebody invited to the session that is on."""
    link = house.ask(GUEST.format(session=place.session)).strip()
    yield "guest's link", link
    page.goto(link)
    page.get_by_role("button", name="Come in").click()
    yield "guest's room", page.url
    yield "guest's thanks", f"{house.url}/v/guest/ended"


def at_the_hour(page: Page, house: House, place: Place) -> Iterator[Stop]:
    """Somebody who is ready and may come in now."""
    page.context.clear_cookies()
    page.goto(place.link)
    ClientSide(page).say_birth_date(*place.born)
    yield "join", f"{house.url}/v/"
    yield "check before the call", f"{house.url}/v/room"
    page.goto(f"{house.url}/v/room")
    page.get_by_role("button", name="Yes, go in").click()
    page.locator("[data-part=waiting]").wait_for()
    page.goto("about:blank")  # whoever looks has the camera, and the place, to themselves
    yield "waiting room", f"{house.url}/v/room"
    yield "ended", f"{house.url}/v/ended"
    yield "spoken code", f"{house.url}/j"


def own_pages(page: Page, house: House, told: Told) -> Iterator[Stop]:
    """A portal account, from the invitation on."""
    yield "portal sign-in", f"{house.url}/portal/"
    yield "forgot password", f"{house.url}/portal/forgot"
    yield "invitation", told["invitation"]
    page.goto(told["invitation"])
    shows_who(page, told)
    yield "choose a password", page.url
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("The same password again").fill(PASSWORD)
    page.get_by_role("button", name="Keep it").click()
    page.wait_for_url("**/portal/of/**")
    yield "account", page.url
    yield "how we reach you", f"{page.url}/details"


def shows_who(page: Page, told: Told) -> None:
    page.get_by_label("Your last name").fill(told["last"])
    for label, part in zip(("Month", "Day", "Year"), told["born"], strict=True):
        page.get_by_label(label).fill(part)
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/portal/welcome")
