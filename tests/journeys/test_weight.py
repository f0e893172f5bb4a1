"""What pages weigh on the way to a browser: a client's on a weak line, the desk's every morning."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from tests.journeys.browsers import context
from tests.journeys.house import House
from tests.journeys.people import ClientSide, DeskSide
from tests.journeys.test_main_job import soonest_link

pytestmark = pytest.mark.journey
KB = 1000


class Scales:
    """Adds up the bodies of pages, scripts and styles as they came over the line, compressed or not."""

    def __init__(self, page: Page) -> None:
        self.came: list[Response] = []
        page.on("response", self._keep)

    def _keep(self, response: Response) -> None:
        self.came.append(response)

    def weights(self) -> dict[str, float]:
        """What came, by kind, in kB."""
        sums: dict[str, float] = {}
        for response in self.came:
            kind = response.request.resource_type
            body = response.request.sizes()["responseBodySize"] / KB
            sums[kind] = round(sums.get(kind, 0) + body, 1)
        return sums


# First, before anybody signs: once their paper is sealed, an open calendar is fetched again.
def test_the_calendar_weighs_180_kb_at_most(
    house: House, two_browsers: tuple[Browser, Browser], tell: Callable[[str], None]
) -> None:
    door = context(two_browsers[0], house)
    DeskSide(door.new_page()).sign_in("Dr Ama Osei")
    # Signed in, and nothing kept yet of what other pages had.
    window = context(two_browsers[0], house, storage_state=door.storage_state())
    page = window.new_page()
    scales = Scales(page)
    page.goto("/calendar?view=work-week")
    expect(page.locator("[data-calendar] [data-tile]").first).to_be_visible()
    page.wait_for_load_state("networkidle")

    weights = scales.weights()
    tell(f"the calendar: {weights} kB")
    door.close()
    window.close()
    assert sum(weights.values()) <= 180, weights


def test_a_clients_pages_weigh_60_kb_at_most_before_the_call(
    house: House, two_browsers: tuple[Browser, Browser], tell: Callable[[str], None]
) -> None:
    link = soonest_link(house)
    desk = DeskSide(context(two_browsers[0], house).new_page())
    desk.sign_in("Dr Ama Osei")
    desk.page.goto("/today")
    desk.page.locator("table").get_by_role("link", name="Rosa M.").first.click()
    desk.confirm_and_start()
    desk.send_consent_form("Email")
    phone = context(two_browsers[1], house, viewport={"width": 390, "height": 844})
    client = ClientSide(phone.new_page())
    scales = Scales(client.page)

    client.arrive(link)
    client.read_and_sign("Rosa Marin")
    client.page.goto("/v/")
    client.join()
    expect(client.page.get_by_role("button", name="Yes, go in")).to_be_visible()
    client.page.wait_for_load_state("networkidle")

    weights = scales.weights()
    tell(f"a client's pages before the call: {weights} kB")
    desk.page.context.close()
    phone.close()
    assert sum(weights.values()) <= 60, weights
