"""People and places for the launch bench: a signed-in clinician, and clients at the door."""

from playwright.sync_api import Browser, Page

from tests.journeys.house import House
from tests.journeys.people import ClientSide
from tests.journeys.places import Place


class Clinician:
    """Dr Osei, who signs in once and takes the sign-in to every round."""

    def __init__(self, browser: Browser, house: House) -> None:
        self.browser, self.house = browser, house
        context = browser.new_context(base_url=house.url)
        page = context.new_page()
        page.goto("/accounts/login/")
        page.get_by_role("button", name="Dr Ama Osei").click()
        page.wait_for_url("**/calendar**")
        self.kept = context.storage_state()
        context.close()

    def room(self, place: Place, scripts: list[str]) -> Page:
        """The room's page with the camera on, nobody in it yet."""
        page = page_with(self.browser, self.house, scripts, storage_state=self.kept)
        page.goto(f"/sessions/{place.session}")
        return page


class Client:
    def __init__(self, browser: Browser, house: House) -> None:
        self.browser, self.house = browser, house

    def wait_in(self, place: Place, scripts: list[str]) -> Page:
        """From the link to the waiting room, as a person gets there."""
        page = page_with(self.browser, self.house, scripts)
        side = ClientSide(page)
        side.arrive(place.link)
        side.knock()
        return page


def page_with(browser: Browser, house: House, scripts: list[str], **kept: object) -> Page:
    context = browser.new_context(base_url=house.url, **kept)  # type: ignore[arg-type]
    for script in scripts:
        context.add_init_script(script)
    return context.new_page()
