"""Withdrawn during the day: somebody on their way in takes it back, and is seen another way."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.journeys.house import House
from tests.journeys.people import ClientSide, DeskSide
from tests.journeys.test_main_job import born_of, newest_link

pytestmark = pytest.mark.journey


def test_withdrawn_during_the_day(
    osei_at_desk: DeskSide, clients_phone: ClientSide, days: Iterator[str], house: House
) -> None:
    desk, client, day = osei_at_desk, clients_phone, next(days)
    desk.book(day, "14:00", "June Abara")
    desk.open_appointment("June A.", day)
    desk.confirm_and_start()
    desk.send_consent_form("Email")
    client.born = born_of(house, "June")
    client.arrive(newest_link(desk, "June Abara"))
    client.read_and_sign("June Abara")
    desk.follow_notification("June A.")
    desk.send_link("Email")
    expect(desk.page.locator("[data-room]")).to_be_visible()

    # They think better of it on their way in.
    client.page.goto("/v/papers")
    client.page.get_by_role("button", name="Take back my agreement").click()
    expect(client.page.get_by_text(re.compile("You took it back"))).to_be_visible()

    told = desk.page.get_by_text(re.compile(r"June A\. withdrew their consent"))
    expect(told.first).to_be_visible(timeout=15_000)

    client.page.goto("/v/")
    client.knock()
    missing = desk.page.get_by_text(re.compile("hasn't agreed to telehealth, or took it back"))
    expect(missing.first).to_be_visible(timeout=15_000)
    desk.admit()
    expect(desk.page.get_by_role("alert").get_by_text(re.compile("took it back")).first).to_be_visible()
    expect(client.page.locator("[data-part=waiting]")).to_be_visible()

    desk.page.get_by_role("link", name="Put it right").click()
    expect(desk.page.get_by_role("heading", name="June A. took the consent back").first).to_be_visible()
    desk.page.locator("#answer").get_by_role("button", name="Phone Call").click()
    expect(desk.page.get_by_text("Phone Call").first).to_be_visible()

    client.page.goto("/v/")
    expect(client.page.get_by_text("We will call you.")).to_be_visible()
