"""A practice's consent forms: written, looked at, published; and a client just signing the old text."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.eye import Eye
from tests.journeys.house import House
from tests.journeys.pages.conftest import someone, someone_elses, still, walk
from tests.journeys.people import ClientSide

pytestmark = pytest.mark.journey
FORMS = "/settings/forms"


def form_page(page: Page, title: str = "Telehealth consent") -> None:
    page.goto(FORMS)
    page.get_by_role("link", name=title, exact=True).click()
    page.wait_for_url(re.compile(r"/settings/forms/[0-9a-f-]{36}$"))


def write(page: Page, text: str) -> None:
    """Save a draft of the English text."""
    form_page(page)
    page.get_by_role("link", name="Write a new version").click()
    page.get_by_label("What the client reads").fill(text)
    page.get_by_role("button", name="Save the draft").click()
    expect(page.get_by_text("Nobody is asked with it until you publish it.")).to_be_visible()


def test_the_owner_makes_a_form_their_own(window: BrowserContext, eye: Eye) -> None:
    page = someone_elses(window, eye, "Marguerite Dunn")
    walk(page, eye, {"forms": FORMS, "form-rules": f"{FORMS}/rules"})
    form_page(page)
    eye.look(page, "form")
    page.get_by_label("Language", exact=True).select_option("es")
    page.get_by_role("button", name="Write", exact=True).click()
    eye.look(page, "draft-begun")
    typed = page.get_by_label("What the client reads")
    preview = page.get_by_role("region", name="Preview")
    typed.fill("## Hola\n\nDear {frist_name}")
    expect(preview.get_by_role("heading", name="Hola")).to_be_visible()
    page.get_by_role("button", name="Save the draft").click()
    expect(page.get_by_role("alert").first).to_contain_text("{frist_name}")
    eye.look(page, "draft-unknown-field")
    typed.fill("## Hola\n\nDear {first_name}")
    expect(preview.get_by_text("Dear Jordan")).to_be_visible()
    page.get_by_role("button", name="Save the draft").click()
    eye.look(page, "draft-saved")
    page.get_by_role("link", name="Publish…").click()
    eye.look(page, "publish-first")
    page.get_by_role("button", name="Publish").click()
    page.get_by_role("link", name="Spanish, version 1").click()
    eye.look(page, "version")
    page.get_by_text("No longer ask with this version").click()
    page.get_by_role("button", name="Retire this version").click()
    eye.look(page, "form-with-retired")


def test_two_owners_at_one_draft(window: BrowserContext, eye: Eye) -> None:
    one = someone_elses(window, eye, "Marguerite Dunn")
    form_page(one)
    one.get_by_role("link", name="Write a new version").click()
    expect(one.get_by_label("What is read out")).to_be_visible()
    two = window.new_page()
    two.goto(one.url)
    two.get_by_label("What is read out").fill("Do you agree to meet by video?")
    two.get_by_role("button", name="Save the draft").click()
    one.get_by_label("What is read out").fill("Shall we meet by video?")
    one.get_by_role("button", name="Save the draft").click()
    expect(one.get_by_text("Save again to keep your words")).to_be_visible()
    eye.look(one, "draft-differs")
    one.get_by_text("Throw this draft away").click()
    one.get_by_role("button", name="Throw it away").click()


def test_a_client_who_is_signing_the_old_text_finds_the_new_one(
    window: BrowserContext,
    two_browsers: tuple[Browser, Browser],
    house: House,
    eye: Eye,
    facts: dict[str, Any],
) -> None:
    seat = facts["later"][0]
    desk = someone(window, eye, "Dr Ama Osei")
    desk.page.goto(f"/start/{seat['pk']}")
    desk.send_consent_form("Email")
    phone = still(two_browsers[1], house)
    client = ClientSide(phone.new_page())
    client.page.goto(seat["link"])
    client.say_birth_date(*seat["born"])
    client.page.goto("/v/form")
    client.page.get_by_role("button", name="I agree", exact=True).click()
    client.page.get_by_text("Type", exact=True).click()
    client.page.get_by_label("Your full name").fill(seat["name"])
    client.page.get_by_label("This is my signature").check()

    office = still(two_browsers[0], house)
    page = someone_elses(office, eye, "Marguerite Dunn")
    write(page, "## Meeting by video\n\nDear {first_name}, this is new.")
    page.get_by_role("link", name="Publish…").click()
    page.get_by_label("They are asked again").check()
    eye.look(page, "publish")
    page.get_by_role("button", name="Publish").click()
    # Gone before it is answered, a window takes its press with it.
    page.wait_for_url(re.compile(r"/settings/forms/[0-9a-f-]+$"))
    office.close()

    client.page.get_by_role("button", name="Sign").click()
    expect(client.page.get_by_role("alert")).to_contain_text("This form was changed")
    expect(client.page.get_by_text("this is new.")).to_be_visible()
    eye.look(client.page, "consent-changed-meanwhile", client=True)
    client.page.get_by_role("button", name="I agree", exact=True).click()
    expect(client.page.get_by_label("Your full name")).to_have_value(seat["name"])
    eye.look(client.page, "consent-sign-kept", client=True)
    client.page.get_by_label("This is my signature").check()
    client.page.get_by_role("button", name="Sign").click()
    expect(client.page.get_by_role("heading", name="Thank you")).to_be_visible()
    phone.close()
