"""Signing in by passkey, with a device that Chromium pretends: somebody at work, and a client."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.authenticator import PretendedDevice
from tests.journeys.eye import Eye
from tests.journeys.house import House
from tests.journeys.pages.conftest import someone_elses, still
from tests.journeys.pages.test_pages_of_account import PASSWORD, invited, says
from tests.journeys.people import Side, follow

# Each page on the way is looked at in every mode.
pytestmark = [pytest.mark.journey, pytest.mark.timeout(420)]
WITH_A_PASSWORD = f"""
from holdspace.accounts.models import User
bea = User.objects.get(name="Bea Lindqvist")
bea.set_password("{PASSWORD}")
bea.save()
print(bea.email)
"""


def test_somebody_at_work_adds_a_passkey_and_signs_in_by_it(
    house: House, two_browsers: tuple[Browser, Browser], eye: Eye
) -> None:
    window = still(two_browsers[0], house)
    page = someone_elses(window, eye, "Bea Lindqvist")
    side, device = Side(page), PretendedDevice(page)

    adds_one(page, device, eye)
    signs_out_and_in(page, device, eye)
    says_who_they_are(page, eye)
    is_asked_beside_a_password(page, eye, house)
    removes_it(page, device, eye)

    side.complain_of_errors()
    window.close()


def is_told(page: Page, words: str) -> None:
    """In the page and, for whoever hears it, in its live region."""
    expect(page.locator("[data-passkey-wrong]").get_by_text(words)).to_be_visible()
    expect(page.locator("[data-announcer]").get_by_text(words)).to_have_count(1)


def adds_one(page: Page, device: PretendedDevice, eye: Eye) -> None:
    page.goto("/account")
    page.get_by_role("link", name="Add a passkey").click()
    eye.look(page, "desk-passkey-add")
    device.knows_the_finger(False)
    page.get_by_role("button", name="Make the passkey").click()
    is_told(page, "No passkey was made")
    eye.look(page, "desk-passkey-add-cancelled")
    device.knows_the_finger(True)
    page.get_by_label("What to call it").fill("The front desk’s computer")
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    assert len(device.keeps()) == 1

    page.goto("/account/passkeys/add")
    page.get_by_role("button", name="Make the passkey").click()
    is_told(page, "This device keeps a passkey of yours already")
    page.goto("/account")
    expect(page.get_by_text("The front desk’s computer", exact=True).first).to_be_visible()
    eye.look(page, "desk-account-with-passkey")


def signs_out_and_in(page: Page, device: PretendedDevice, eye: Eye) -> None:
    follow(page, page.get_by_role("button", name="Sign out").last)
    page.goto("/accounts/login/?next=/clients")
    device.knows_the_finger(False)
    page.get_by_role("button", name="Sign in with a passkey").click()
    is_told(page, "No passkey was used")
    eye.look(page, "desk-passkey-not-used")
    device.knows_the_finger(True)
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(re.compile(r"//[^/]+/clients$"))


def says_who_they_are(page: Page, eye: Eye) -> None:
    page.goto("/accounts/passkeys/again?next=/account")
    eye.look(page, "desk-is-it-you-by-passkey")
    page.get_by_role("button", name="Use your passkey").click()
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()


def is_asked_beside_a_password(page: Page, eye: Eye, house: House) -> None:
    address = house.ask(WITH_A_PASSWORD)
    follow(page, page.get_by_role("button", name="Sign out").last)
    page.goto("/accounts/login/")
    page.get_by_label("E-mail").fill(address)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Your passkey")).to_be_visible()
    eye.look(page, "second-factor-by-passkey")
    page.get_by_role("button", name="Use your passkey").click()
    page.wait_for_url(re.compile("^((?!accounts).)*$"))


def removes_it(page: Page, device: PretendedDevice, eye: Eye) -> None:
    page.goto("/account")
    page.get_by_role("link", name="Change The front desk’s computer").click()
    eye.look(page, "desk-passkey")
    page.get_by_label("What to call it").fill("Old computer")
    page.get_by_role("button", name="Keep").click()
    page.get_by_role("link", name="Change Old computer").click()
    page.get_by_role("link", name="Remove this passkey").click()
    eye.look(page, "desk-passkey-remove")
    page.get_by_role("button", name="Remove it").click()
    expect(page.get_by_text("The passkey is removed")).to_be_visible()
    expect(page.get_by_text("Old computer")).to_have_count(0)
    follow(page, page.get_by_role("button", name="Sign out").last)
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    is_told(page, "That passkey doesn't open anything here")
    eye.look(page, "desk-passkey-unknown")


def test_a_client_sets_their_account_up_with_a_passkey(
    house: House, two_browsers: tuple[Browser, Browser], eye: Eye, facts: dict[str, Any]
) -> None:
    window = still(two_browsers[0], house)
    link, name, *born = invited(window, eye, facts, house)
    phone = still(two_browsers[1], house)
    page = phone.new_page()
    side, device = Side(page), PretendedDevice(page)
    eye.follow(page)

    page.goto(link)
    says(page, name, born)
    expect(page.get_by_role("heading", name="Choose how you sign in")).to_be_visible()
    eye.look(page, "portal-choose-how", client=True)
    begins_with_one(page, device, eye)
    on_their_own_pages(page, eye)
    out_and_in_again(page, device, eye)

    side.complain_of_errors()
    phone.close()
    window.close()


def begins_with_one(page: Page, device: PretendedDevice, eye: Eye) -> None:
    device.knows_the_finger(False)
    page.get_by_role("button", name="Use a passkey instead").click()
    is_told(page, "No passkey was made")
    eye.look(page, "portal-choose-how-cancelled", client=True)
    device.knows_the_finger(True)
    page.get_by_role("button", name="Use a passkey instead").click()
    expect(page.get_by_role("heading", name="Dashboard")).to_be_visible()
    assert len(device.keeps()) == 1
    eye.look(page, "portal-account-with-passkey", client=True)


def on_their_own_pages(page: Page, eye: Eye) -> None:
    page.get_by_role("link", name="Add a passkey").click()
    eye.look(page, "portal-passkey-add", client=True)
    page.get_by_role("link", name="Back").click()
    page.get_by_role("link", name="Change My passkey").click()
    eye.look(page, "portal-passkey", client=True)
    page.get_by_label("What to call it").fill("My phone")
    page.get_by_role("button", name="Keep it").click()
    page.get_by_role("link", name="Change My phone").click()
    page.get_by_role("link", name="Remove this passkey").click()
    eye.look(page, "portal-passkey-remove", client=True)
    page.get_by_role("button", name="Remove it").click()
    expect(page.get_by_text("This passkey is your only way in")).to_be_visible()
    eye.look(page, "portal-passkey-stays", client=True)
    page.get_by_role("link", name="Keep it").click()


def out_and_in_again(page: Page, device: PretendedDevice, eye: Eye) -> None:
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in to your own pages")).to_be_visible()
    eye.look(page, "portal-sign-in-by-passkey", client=True)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="Dashboard")).to_be_visible()
    expect(page).to_have_url(re.compile("/portal/of/"))


def test_a_browser_without_passkeys_is_shown_no_button_that_does_nothing(
    house: House, two_browsers: tuple[Browser, Browser]
) -> None:
    window = still(two_browsers[0], house)
    window.add_init_script("delete globalThis.PublicKeyCredential")
    page = window.new_page()

    for address in ("/accounts/login/", "/portal/"):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        expect(page.get_by_role("button", name=re.compile("passkey"))).to_have_count(0)
    window.close()


def test_at_an_address_that_cannot_use_them_a_sentence_says_so(
    house: House, two_browsers: tuple[Browser, Browser]
) -> None:
    window = still(two_browsers[0], house)
    page = window.new_page()

    page.goto(house.url.replace("localhost", "127.0.0.1") + "/portal/")

    expect(page.get_by_text("begins with https")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("passkey"))).to_have_count(0)
    window.close()
