"""A minor and her mother: who decides is asked, signs for her, and they come in together."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.house import House
from tests.journeys.media import wait_until_met
from tests.journeys.people import ClientSide, DeskSide
from tests.journeys.test_main_job import born_of, newest_link

pytestmark = pytest.mark.journey
SIGNED = """
from holdspace.consents.models import Consent
print(Consent.objects.get(seat="{seat}", status="signed").pk)
"""
DAUGHTER, MOTHER = "Ivy Castellan", "Nadia Castellan"


def says_who_is_here(page: Page, link: str, born: tuple[str, str, str], *, mother: bool) -> None:
    """The one question of the way in, with the other that a minor's link asks."""
    page.goto(link)
    expect(page.get_by_role("heading", name="When were they born?")).to_be_visible()
    # Whoever holds the link learns nobody's name by it.
    for name in ("Ivy", "Nadia", "Castellan"):
        assert name not in page.content()
    page.get_by_label("Date of birth").fill("".join(born))
    if mother:
        page.get_by_text("Their parent or guardian", exact=True).tap()
        page.get_by_label("Your own full name").fill(MOTHER)
        page.get_by_label("What are you to them?").fill("mother")
    else:
        page.get_by_text("The person it is for", exact=True).tap()
    page.get_by_role("button", name="Continue").tap()
    page.wait_for_url("**/v/")


def reads_and_signs(page: Page) -> None:
    """The name that was said on the way in stands there already."""
    page.get_by_role("link", name="Read the form").tap()
    expect(page.get_by_text("For whoever decides for Ivy C.")).to_be_visible()
    page.get_by_role("button", name="I agree", exact=True).tap()
    expect(page.get_by_role("heading", name="Now sign it for Ivy")).to_be_visible()
    expect(page.get_by_label("Your full name")).to_have_value(MOTHER)
    expect(page.get_by_label("What are you to Ivy?")).to_have_value("mother")
    page.get_by_label("This is my signature").tap()
    page.get_by_role("button", name="Sign").tap()
    page.wait_for_url("**/v/form/done")
    # Thanked as herself, not as her daughter.
    expect(page.get_by_role("heading", name="Thank you.", exact=True)).to_be_visible()


def test_a_mother_signs_for_her_daughter_and_comes_in_with_her(
    osei_at_desk: DeskSide, clients_phone: ClientSide, days: Iterator[str], house: House
) -> None:
    desk, phone, day = osei_at_desk, clients_phone.page, next(days)
    desk.book(day, "16:00", DAUGHTER)
    desk.open_appointment("Ivy C.", day)
    desk.confirm_and_start()
    seat = desk.page.url.rpartition("/")[2]
    expect(desk.page.get_by_text("Ivy is under 18: a parent or guardian answers.")).to_be_visible()
    desk.page.get_by_role("link", name="Send Consent Form to Portal").click()
    expect(desk.page.get_by_label("Who should answer it?")).to_contain_text(f"{MOTHER}, mother")
    desk.page.locator("main").get_by_text("Email", exact=True).first.click()
    desk.page.get_by_role("button", name="Send the form").click()

    # It came to her mother, who shows who she is and signs.
    link, born = newest_link(desk, DAUGHTER), born_of(house, "Ivy")
    says_who_is_here(phone, link, born, mother=True)
    reads_and_signs(phone)
    desk.follow_notification("Ivy C.")
    desk.send_link("Email")

    # Together in the waiting room; the clinician sees who brought her before letting them in.
    phone.goto("/v/")
    phone.get_by_role("link", name="Join", exact=True).tap()
    phone.wait_for_url("**/v/where")
    clients_phone.say_where("I am not alone")
    phone.get_by_role("button", name="Yes, go in").tap()
    expect(phone.locator("[data-part=waiting]")).to_be_visible()
    expect(desk.page.get_by_text(f"Came in: {MOTHER}, mother")).to_be_visible()
    desk.admit()
    for side in (desk, clients_phone):
        wait_until_met(side.page)
    desk.end_session("Occurred")
    phone.wait_for_url("**/v/ended")
    # Whose signature it was stands on the paper.
    desk.page.goto(f"/consents/{house.ask(SIGNED.format(seat=seat))}")
    expect(desk.page.get_by_text(f"{MOTHER}, mother").first).to_be_visible()
