"""What the two people of a journey do, in the words on their screens."""

import re

from playwright.sync_api import ConsoleMessage, Locator, Page, expect

from tests.journeys.media import WATCH

# What a browser says about itself and not about us.
HARMLESS = (
    "favicon",
    "ResizeObserver",
    "net::ERR_",
    "WebSocket connection to",
    "Failed to load resource",
    "Failed to fetch",
)


def follow(page: Page, pressed: Locator) -> None:
    """Press it and be where it leads: whatever is still under way would break the next visit off."""
    with page.expect_navigation():
        pressed.click()


class Side:
    """One person at one page; whatever their browser complains of is kept."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.errors: list[str] = []
        page.context.add_init_script(WATCH)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._hear)

    def _hear(self, said: ConsoleMessage) -> None:
        if said.type == "error":
            self.errors.append(said.text)

    def complain_of_errors(self) -> None:
        told = [error for error in self.errors if not any(word in error for word in HARMLESS)]
        assert not told, told

    def call_state(self) -> str:
        return str(self.page.evaluate("() => document.documentElement.dataset.call || ''"))


class DeskSide(Side):
    """Somebody who works at the practice."""

    def sign_in(self, name: str) -> None:
        self.page.goto("/accounts/login/")
        self.page.get_by_role("button", name=name).click()
        self.page.wait_for_url("**/calendar**")

    def book(self, day: str, time: str, client: str, contact: str = "Telehealth") -> None:
        """From **Add Appointment** to **Create**; ends on the calendar with the tile there."""
        self.page.goto(f"/calendar?view=day&date={day}")
        self.page.get_by_role("link", name="Add Appointment").click()
        self.fill_appointment(day, time, client, contact)

    def fill_appointment(self, day: str, time: str, client: str, contact: str) -> None:
        form = self.page.locator("form#appointment")
        form.get_by_label("Client", exact=True).fill(client)
        form.locator("label.hs-match", has_text=client).first.click()
        form.get_by_label("Date", exact=True).fill(day)
        form.get_by_label("Start time").fill(time)
        form.get_by_text(contact, exact=True).click()
        self.page.get_by_role("button", name="Create").last.click()
        first, last = client.split()
        tile = self.page.locator("[data-calendar]").get_by_text(f"{first} {last[0]}.")
        expect(tile.first).to_be_visible()

    def open_appointment(self, client: str, day: str) -> None:
        """Session Details of the client's appointment on that day, as a page of its own."""
        self.page.goto(f"/calendar?view=agenda&date={day}")
        self.page.get_by_role("link", name=client).first.click()
        expect(self.page.get_by_text("Session Details").first).to_be_visible()

    def confirm_and_start(self) -> None:
        self.page.get_by_role("button", name="Confirm and start").click()
        self.page.wait_for_url("**/start/**")

    def record_verbal_consent(self) -> None:
        """Tick what was done, say where the client is, and record it; leads on to the link."""
        for tick in self.page.locator("main form input[type=checkbox]").all():
            tick.check()
        for empty in self.page.locator(
            "main form input[type=text][required], main form input[name=location]"
        ).all():
            if not empty.input_value():
                empty.fill("At home, Chicago, Illinois")
        self.page.get_by_role("button", name=re.compile("record it")).click()
        self.go_on()

    def go_on(self) -> None:
        """From a start screen that says *has agreed* to the link's; near the hour it goes there by itself."""
        if not self.page.url.endswith("/link"):
            self.page.get_by_role("link", name=re.compile("^(Continue|Start it anyway)")).click()
        self.page.wait_for_url("**/link")

    def send_consent_form(self, way: str) -> None:
        self.page.get_by_role("link", name="Send Consent Form to Portal").click()
        self.page.locator("main").get_by_text(way, exact=True).first.click()
        self.page.get_by_role("button", name="Send the form").click()

    def follow_notification(self, client: str) -> None:
        """Press the toast about this client that came by itself; it leads to the session screen."""
        toast = self.page.locator("[data-toast]", has_text=client).first
        toast.get_by_role("button", name="Open the session").click()
        expect(self.page).to_have_title(re.compile("Telehealth Session"))

    def send_link(self, way: str) -> None:
        """The session screen: choose the way, press **Next**, be in the room."""
        self.go_on()
        self.page.locator("main").get_by_text(way, exact=True).first.click()
        self.page.get_by_role("button", name="Next").click()
        self.page.wait_for_url("**/sessions/**")

    def open_waiting(self, client: str) -> None:
        """From the Today board to the appointment of somebody who waits."""
        self.page.goto("/today")
        self.page.locator("table").get_by_role("link", name=client).first.click()

    def admit(self) -> None:
        self.page.locator("[data-admit] button").first.click()

    def end_session(self, outcome: str = "Occurred") -> None:
        self.page.get_by_role("link", name="End session").click()
        dialog = self.page.locator("dialog[data-end]")
        dialog.get_by_text(outcome, exact=True).click()
        dialog.get_by_role("button", name="End session").click()
        self.page.wait_for_url("**/appointments/**")


class ClientSide(Side):
    """A client with a phone and a link."""

    born = ("4", "12", "1984")

    def arrive(self, link: str) -> None:
        self.page.goto(link)
        self.say_birth_date(*self.born)

    def say_birth_date(self, month: str, day: str, year: str) -> None:
        self.page.get_by_label("Date of birth").fill(f"{month}/{day}/{year}")
        self.page.get_by_role("button", name="Continue").click()

    def read_and_sign(self, name: str) -> None:
        """Read the form, agree, sign by typing the name."""
        self.page.get_by_role("link", name="Read the form").click()
        self.page.get_by_role("button", name="I agree", exact=True).click()
        self.page.get_by_text("Type", exact=True).click()
        self.page.get_by_label("Your full name").fill(name)
        self.page.get_by_label("This is my signature").check()
        self.page.get_by_role("button", name="Sign").click()
        expect(self.page.get_by_role("button", name="Sign")).to_have_count(0)

    def decline(self) -> None:
        self.page.get_by_role("link", name="Read the form").click()
        self.page.get_by_role("button", name="I don't agree").click()
        self.page.get_by_role("button", name=re.compile("don't agree|Send|Continue")).first.click()

    def join(self) -> None:
        """To camera and sound; who hasn't said today where they are is asked on the way."""
        self.page.get_by_role("link", name="Join", exact=True).click()
        self.page.wait_for_url(re.compile("/v/(where|room)"))
        if self.page.url.endswith("/v/where"):
            self.say_where()

    def say_where(self, company: str = "I am alone") -> None:
        """The place that is chosen already, where there is one; else one that is typed."""
        if not self.page.locator("input[name=chosen]:checked").count():
            self.page.get_by_label("Street address").fill("12 Example Street")
            self.page.get_by_label("State").select_option("NY")
        self.page.get_by_text(company, exact=True).click()
        self.page.get_by_role("button", name="Continue").click()

    def say_elsewhere(self, street: str, state: str) -> None:
        """A place that is typed, whatever is chosen already; each touch one that a finger makes."""
        for choice in self.page.get_by_role("radio", name="Somewhere else").all():
            choice.check()
        self.page.get_by_label("Street address").fill(street)
        self.page.get_by_label("State").select_option(state)
        self.page.get_by_text("I am alone", exact=True).tap()
        self.page.get_by_role("button", name="Continue").tap()

    def knock(self) -> None:
        """From `/v/` past *Where are you?* and the check into the waiting room."""
        self.join()
        self.page.get_by_role("button", name="Yes, go in").click()
        expect(self.page.locator("[data-part=waiting]")).to_be_visible()
