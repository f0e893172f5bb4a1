"""A portal account, from the invitation on the chart to signing out, each page looked at on the way."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.eye import Eye
from tests.journeys.house import House
from tests.journeys.pages.conftest import someone_elses, still

pytestmark = pytest.mark.journey

PASSWORD = "four calm words here"
ABOUT = """
import re
from holdspace.clients.models import Client
from holdspace.messaging.models import Message
one = Client.objects.get(pk="{client}")
body = Message.objects.filter(kind="portal_invitation").latest("queued_at").body
print(re.search(r"http\\S+", body)[0], one.last_name, one.birth_date.strftime("%m %d %Y"))
"""


def invited(window: BrowserContext, eye: Eye, facts: dict[str, Any], house: House) -> list[str]:
    """Staff invite from the chart; the link that was sent, and what the client knows about themselves."""
    desk = someone_elses(window, eye, "Bea Lindqvist")
    desk.goto(f"/clients/{facts['client']}")
    desk.get_by_role("link", name="Portal account").click()
    eye.look(desk, "chart-portal")
    desk.get_by_role("button", name="Invite by e-mail").first.click()
    expect(desk.get_by_text("By e-mail, good until")).to_be_visible()
    eye.look(desk, "chart-portal-invited")
    return house.ask(ABOUT.format(client=facts["client"])).split()


def says(page: Page, name: str, born: list[str]) -> None:
    page.get_by_label("Your last name").fill(name)
    for label, part in zip(("Month", "Day", "Year"), born, strict=True):
        page.get_by_label(label).fill(part)
    page.get_by_role("button", name="Continue").click()


def chooses(page: Page, password: str) -> None:
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_label("The same password again").fill(password)
    page.get_by_role("button", name="Keep it").click()


def test_from_the_invitation_to_the_appointment_and_out(
    window: BrowserContext,
    two_browsers: tuple[Browser, Browser],
    eye: Eye,
    facts: dict[str, Any],
    house: House,
) -> None:
    link, name, *born = invited(window, eye, facts, house)
    phone = still(two_browsers[1], house)
    page = phone.new_page()
    eye.follow(page)

    page.goto(link)
    eye.look(page, "invited", client=True)
    says(page, "Nobody", born)
    expect(page.get_by_text("That didn't fit")).to_be_visible()
    eye.look(page, "invited-wrong", client=True)
    says(page, name, born)
    expect(page.get_by_role("heading", name="Choose how you sign in")).to_be_visible()
    assert link.rpartition("/")[2] not in page.url
    eye.look(page, "password", client=True)
    chooses(page, "short")
    expect(page.get_by_role("alert")).to_be_visible()
    eye.look(page, "password-wrong", client=True)
    chooses(page, PASSWORD)
    expect(page.get_by_role("heading", name="Dashboard")).to_be_visible()
    eye.look(page, "account", client=True)

    changes_their_number(page, eye)
    joins_and_comes_back(page, eye)
    signs_out_and_in(page, eye, link)
    phone.close()

    desk = window.pages[0]
    desk.goto("/bells")
    expect(desk.get_by_text("changed how to reach them").first).to_be_visible()


def changes_their_number(page: Page, eye: Eye) -> None:
    page.get_by_role("link", name="Change how we reach you").click()
    eye.look(page, "details", client=True)
    page.get_by_label("Mobile number").fill("12")
    page.get_by_role("button", name="Keep it").click()
    eye.look(page, "details-wrong", client=True)
    page.get_by_label("Mobile number").fill("(312) 555-0177")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("We have been told")).to_be_visible()
    expect(page.get_by_text("(312) 555-0177")).to_be_visible()


def joins_and_comes_back(page: Page, eye: Eye) -> None:
    """Not asked a second time who they are; and the way back is at the foot of the page."""
    # The next is first; at some hours another of their day can be joined, too.
    page.get_by_role("button", name=re.compile("^(Join|Get ready)")).first.click()
    page.wait_for_url("**/v/")
    eye.look(page, "visit-from-account", client=True)
    page.get_by_role("link", name="Back to the Dashboard").click()
    expect(page.get_by_role("heading", name="Dashboard")).to_be_visible()


def signs_out_and_in(page: Page, eye: Eye, link: str) -> None:
    address = page.get_by_role("region", name="Signing in").get_by_text("@").inner_text().split()[0]
    page.get_by_role("button", name="Sign out").click()
    eye.look(page, "portal-sign-in", client=True)
    page.goto("/v/")
    expect(page.get_by_role("button", name="Join")).to_have_count(0)
    page.goto(link)
    eye.look(page, "invitation-over", client=True)
    page.get_by_role("link", name="Sign in").click()
    page.get_by_role("link", name="I forgot my password").click()
    eye.look(page, "portal-forgot", client=True)
    page.get_by_role("link", name="Back").click()
    page.get_by_label("E-mail").fill(address)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Dashboard")).to_be_visible()
