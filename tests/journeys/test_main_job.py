"""The main job from a vacant slot to two faces, in two real browsers."""

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.house import House
from tests.journeys.media import wait_until_met
from tests.journeys.people import ClientSide, DeskSide

pytestmark = pytest.mark.journey
Step = Callable[[int, str], None]


def newest_link(desk: DeskSide, client: str) -> str:
    """The link as it stands on this client's phone (the Demo phone): newest message first."""
    phone = desk.page.context.new_page()
    phone.goto("/demo/phone")
    # Others are sent to as well: what was booked just before is told about in its own time.
    phone.get_by_label("Client", exact=True).select_option(label=client)
    phone.get_by_role("button", name="Show").click()
    phone.wait_for_url("**client=*")
    link = phone.locator("a[href*='/v/']").first
    expect(link).to_be_visible(timeout=15_000)
    address = link.get_attribute("href")
    phone.close()
    assert address
    return address


def both_meet(desk: DeskSide, client: ClientSide) -> None:
    """Each side decodes the other's picture and receives the other's sound."""
    for side in (desk, client):
        wait_until_met(side.page)
        expect(side.page.locator("video[data-theirs]")).to_be_visible()
    expect(desk.page.locator("[data-words]")).to_be_visible()


def test_verbal_consent_by_email_clinician_first(
    osei_at_desk: DeskSide, clients_phone: ClientSide, days: Iterator[str], step: Step
) -> None:
    desk, client, day = osei_at_desk, clients_phone, next(days)

    step(1, "telehealth is enabled, Settings > Telehealth says so")
    step(2, "a vacant slot becomes an appointment")
    desk.book(day, "10:00", "Rosa Marin")
    desk.open_appointment("Rosa M.", day)

    step(3, "Session Details: not confirmed yet, Confirm and start mends it")
    expect(desk.page.get_by_role("button", name="Start Telehealth Session")).to_have_attribute(
        "aria-disabled", "true"
    )
    desk.confirm_and_start()
    expect(desk.page).to_have_title(re.compile("Start Telehealth Session"))

    step(4, "verbal consent is read out and recorded")
    desk.record_verbal_consent()

    step(6, "the link goes by e-mail and the room opens")
    desk.send_link("Email")
    expect(desk.page.locator("[data-room]")).to_be_visible()

    step(7, "the client opens the link, shows who they are, and waits")
    client.arrive(newest_link(desk, "Rosa Marin"))
    client.knock()

    step(8, "told, admitted, two faces")
    expect(desk.page.locator("[data-participant]")).to_be_visible()
    desk.admit()
    both_meet(desk, client)
    expect(desk.page.get_by_role("heading", name="Rosa M.")).to_be_visible()
    expect(client.page.get_by_text("Dr Ama Osei").first).to_be_attached()

    step(9, "End session asks what became of it and keeps who was there")
    desk.end_session("Occurred")
    expect(desk.page.locator("#status")).to_have_value("occurred")
    client.page.wait_for_url("**/v/ended")
    expect(desk.page.get_by_text("Who was there")).to_be_visible()


def test_digital_consent_by_sms_client_first(
    osei_at_desk: DeskSide, clients_phone: ClientSide, days: Iterator[str], step: Step, house: House
) -> None:
    desk, client, day = osei_at_desk, clients_phone, next(days)
    desk.book(day, "11:00", "Theo Kessler")
    desk.open_appointment("Theo K.", day)
    desk.confirm_and_start()

    step(4, "the form goes to the client's phone")
    desk.send_consent_form("SMS")
    client.born = born_of(house, "Theo")
    client.arrive(newest_link(desk, "Theo Kessler"))
    client.read_and_sign("Theo Kessler")

    step(5, "the bell rings at once, and leads to this appointment's session")
    desk.follow_notification("Theo K.")

    step(6, "Next sends the link by SMS")
    desk.send_link("SMS")

    step(8, "admitted: two faces")
    client.page.goto("/v/")
    client.knock()
    desk.admit()
    both_meet(desk, client)
    desk.end_session("Occurred")

    # What was signed is a sealed PDF by now, made beside the call.
    client.page.wait_for_url("**/v/ended")
    client.page.goto("/v/papers")
    pdf = client.page.get_by_role("link", name="Download the PDF").first
    until = time.monotonic() + 60
    while not pdf.is_visible() and time.monotonic() < until:
        client.page.wait_for_timeout(1_000)
        client.page.reload()
    with client.page.expect_download() as download:
        pdf.click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF-")


def test_client_comes_before_the_clinician_has_pressed_anything(
    osei_at_desk: DeskSide, clients_phone: ClientSide, step: Step, house: House
) -> None:
    """The demo's next appointment: Rosa, in a few minutes, not confirmed and not agreed yet."""
    desk, client = osei_at_desk, clients_phone
    client.arrive(soonest_link(house))
    client.knock()

    step(8, "every page of the clinician says that somebody waits, without a name")
    expect(desk.page).to_have_title(re.compile("waiting", re.IGNORECASE), timeout=10_000)
    assert "Rosa" not in desk.page.title()

    desk.open_waiting("Rosa M.")
    desk.confirm_and_start()
    desk.record_verbal_consent()
    step(6, "the client is already there: the primary button is Open the room")
    desk.page.get_by_role("button", name="Open the room").click()
    desk.admit()
    both_meet(desk, client)
    desk.end_session("Occurred")


def test_a_declined_consent_leaves_the_appointment_as_it_was(
    osei_at_desk: DeskSide, clients_phone: ClientSide, days: Iterator[str], house: House
) -> None:
    desk, client, day = osei_at_desk, clients_phone, next(days)
    desk.book(day, "13:00", "June Abara")
    desk.open_appointment("June A.", day)
    desk.confirm_and_start()
    desk.send_consent_form("Email")
    client.born = born_of(house, "June")
    client.arrive(newest_link(desk, "June Abara"))

    client.decline()

    expect(desk.page.get_by_text(re.compile("declined", re.IGNORECASE)).first).to_be_visible(timeout=15_000)
    desk.open_appointment("June A.", day)
    expect(desk.page.locator("#status")).to_have_value("confirmed")


def born_of(house: House, first: str) -> tuple[str, str, str]:
    """A demo client's birth date as they would say it."""
    month, day, year = house.ask(
        "from holdspace.clients.models import Client; "
        f"print(Client.objects.get(first_name={first!r}).birth_date.strftime('%m %d %Y'))"
    ).split()
    return month, day, year


def soonest_link(house: House) -> str:
    """The link of Rosa's appointment that is about to begin."""
    return house.ask(
        "from holdspace.scheduling.models import Seat; from holdspace.scheduling import links; "
        "print(links.link_for(Seat.objects.filter(client__first_name='Rosa', status='scheduled')"
        ".order_by('appointment__starts_at').first()))"
    )
