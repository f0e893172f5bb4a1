"""What a walk through the pages needs: a demo of its own, an eye, and somebody signed in."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.browsers import context
from tests.journeys.eye import Eye
from tests.journeys.house import House
from tests.journeys.people import DeskSide

FACTS = """
import json
from datetime import timedelta
from holdspace.clients.models import Client
from holdspace.kit.clock import now
from holdspace.practices.models import Membership, Practice
from holdspace.scheduling import links
from holdspace.scheduling.models import Seat
home = Practice.objects.get(slug="willow")
seats = Seat.objects.filter(practice=home, appointment__clinicians__name="Dr Ama Osei")
soon = seats.filter(client__first_name="Rosa", status="scheduled").order_by("appointment__starts_at").first()
later = seats.filter(status="confirmed", appointment__contact_type="telehealth",
    appointment__starts_at__gt=now() + timedelta(days=1), appointment__type__is_group=False)
later = later.order_by("appointment__starts_at")
# One of each client, so that what one of them answers changes no other page.
later = list({one.client_id: one for one in later.exclude(client=soon.client)}.values())
# Who answers for themselves and can be written to, whoever the next are at this hour.
later = [one for one in later if one.client.email and not one.client.is_minor(now())]
told = lambda seat: {"pk": str(seat.pk), "client": str(seat.client_id), "link": links.link_for(seat),
    "name": seat.client.full_name, "born": seat.client.birth_date.strftime("%m %d %Y").split()}
print(json.dumps({
    "soon": told(soon), "later": [told(one) for one in later[:5]],
    "client": str(soon.client_id), "names": [one.last_name for one in Client.objects.all()],
    "member": str(Membership.objects.filter(practice=home).first().pk),
    "type": str(home.appointment_types.first().pk), "site": str(home.sites.first().pk),
}))
"""


@pytest.fixture(scope="module")
def facts(house: House) -> dict[str, Any]:
    """Who and what there is to look at."""
    told: dict[str, Any] = json.loads(house.ask(FACTS))
    return told


@pytest.fixture
def eye(house: House, facts: dict[str, Any]) -> Iterator[Eye]:
    one = Eye(house.url, facts["names"])
    yield one
    one.nothing_wrong()


@pytest.fixture
def window(house: House, two_browsers: tuple[Browser, Browser], eye: Eye) -> Iterator[BrowserContext]:
    """A browser window that nothing moves in, so that a look is a look."""
    opened = still(two_browsers[0], house)
    yield opened
    opened.close()


def still(browser: Browser, house: House) -> BrowserContext:
    return context(browser, house, viewport={"width": 1280, "height": 800}, reduced_motion="reduce")


def someone(window: BrowserContext, eye: Eye, name: str) -> DeskSide:
    """Somebody of the demo, signed in."""
    side = DeskSide(window.new_page())
    eye.follow(side.page)
    side.sign_in(name)
    return side


def someone_elses(window: BrowserContext, eye: Eye, name: str) -> Page:
    """Signed in as somebody whose first page may not be the calendar."""
    page = window.new_page()
    eye.follow(page)
    page.goto("/accounts/login/")
    page.get_by_role("button", name=name).click()
    page.wait_for_url(re.compile("^((?!accounts).)*$"))
    return page


def walk(page: Page, eye: Eye, pages: dict[str, str]) -> None:
    for name, address in pages.items():
        page.goto(address)
        eye.look(page, name)
