"""A client who travels: where nobody is licensed the clinician is told, gives a reason, and they meet."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.journeys.house import House
from tests.journeys.media import received, wait_until_met
from tests.journeys.people import ClientSide, DeskSide
from tests.journeys.test_main_job import born_of, newest_link

pytestmark = pytest.mark.journey
WHO, SHORT, STATE, NAMED = "Dee Larkin", "Dee L.", "FL", "Florida"


def test_a_client_in_a_state_without_a_license_is_met_for_a_reason(
    osei_at_desk: DeskSide, clients_phone: ClientSide, days: Iterator[str], house: House
) -> None:
    desk, client, day = osei_at_desk, clients_phone, next(days)
    client.born = born_of(house, "Dee")
    desk.book(day, "10:00", WHO)
    desk.open_appointment(SHORT, day)
    desk.confirm_and_start()
    desk.record_verbal_consent()
    desk.send_link("Email")

    # On the phone, from the link to the waiting room, with another place than was said before.
    client.arrive(newest_link(desk, WHO))
    client.page.goto("/v/where")
    client.say_elsewhere("4 Example Shore", STATE)
    expect(client.page.get_by_label("Street address")).to_have_count(0)
    client.page.goto("/v/")
    client.knock()

    # Said in the room before anybody presses; and pressing lets nobody in.
    expect(desk.page.get_by_role("link", name="Put it right")).to_be_visible()
    desk.admit()
    expect(desk.page.locator("[data-refusal]")).to_contain_text("license")
    assert received(client.page)["frames"] == 0

    desk.page.get_by_role("link", name="Put it right").click()
    expect(desk.page.get_by_role("heading", name=f"has no license for {NAMED}")).to_be_visible()
    desk.page.get_by_label("Why you go on").fill("One session only, while they travel.")
    desk.page.get_by_role("button", name="Go on with this reason").click()
    desk.page.wait_for_url("**/sessions/**")

    desk.admit()
    for side in (desk, client):
        wait_until_met(side.page)
    desk.end_session("Occurred")
    client.page.wait_for_url("**/v/ended")
    # The reason stays with the appointment.
    expect(desk.page.get_by_text("One session only, while they travel.")).to_be_visible()
