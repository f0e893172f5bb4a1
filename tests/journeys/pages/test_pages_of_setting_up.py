"""The first day: setting up, the second factor, and a practice with nothing in it yet."""

import base64
import hmac
import struct
import time

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.eye import Eye
from tests.journeys.house import House
from tests.journeys.pages.conftest import still, walk
from tests.journeys.people import follow

pytestmark = pytest.mark.journey
OWNER = {
    "Name of the practice": "Elm Court Counseling",
    "Name as clients see it": "Elm Court",
    "Address part": "elm",
    "Your name": "Ada Brook",
    "Your e-mail address": "ada@example.org",
    "Password": "a quiet evening walk",
}


class EmptyHouse(House):
    """A house that nobody has set up yet."""

    def furnish(self) -> None:
        self.printed = self.manage("prepare", "--empty")


def test_setting_up_and_the_second_factor(two_browsers: tuple[Browser, Browser]) -> None:
    house = EmptyHouse()
    eye = Eye(house.url, [])
    window = still(two_browsers[0], house)
    try:
        set_up(window.new_page(), eye, house.printed)
    finally:
        window.close()
        house.stop()
    eye.nothing_wrong()


def set_up(page: Page, eye: Eye, printed: str) -> None:
    eye.follow(page)
    walk(page, eye, {"login-empty": "/accounts/login/", "setup": "/setup"})
    page.get_by_role("button", name="Create the practice").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    eye.look(page, "setup-errors")
    page.get_by_label("Set-up code").fill(printed.rsplit(maxsplit=1)[-1])
    for label, said in OWNER.items():
        page.get_by_label(label, exact=label == "Password").first.fill(said)
    page.get_by_role("button", name="Create the practice").click()
    page.wait_for_url("**/2fa/totp/activate/**")
    second_factor(page, eye)
    walk(page, eye, {"first-day": "/calendar", "first-clients": "/clients", "first-staff": "/settings/staff"})
    page.goto("/accounts/logout/")
    follow(page, page.get_by_role("button", name="Sign out").last)
    page.goto("/accounts/login/")
    page.get_by_label("E-mail").fill(OWNER["Your e-mail address"])
    page.get_by_label("Password").fill(OWNER["Password"])
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/2fa/authenticate/**")
    eye.look(page, "second-factor")


def second_factor(page: Page, eye: Eye) -> None:
    """As the authenticator app would: the secret gives the figures of this half minute."""
    eye.look(page, "second-factor-set-up")
    page.get_by_label("code").fill("000000")
    page.get_by_role("button", name="Set up").click()
    eye.look(page, "second-factor-wrong")
    page.locator("summary").click()
    page.get_by_label("code").fill(figures(page.locator(".hs-secret").inner_text()))
    page.get_by_role("button", name="Set up").click()
    page.wait_for_url("**/recovery-codes/**")
    eye.look(page, "recovery-codes")
    walk(page, eye, {"second-factor-done": "/accounts/2fa/", "account-owner": "/account"})


def figures(secret: str) -> str:
    """RFC 6238: six figures from the secret and the time."""
    moment = struct.pack(">Q", int(time.time()) // 30)
    told = hmac.digest(base64.b32decode(secret.strip()), moment, "sha1")
    at = told[-1] & 15
    return f"{(int.from_bytes(told[at : at + 4], 'big') & 0x7FFFFFFF) % 10**6:06d}"
