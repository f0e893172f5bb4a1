"""One form for one, two, or a group, as the front desk uses it: with script, by keyboard, and without."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.journeys.browsers import context
from tests.journeys.days import working_days
from tests.journeys.eye import Eye
from tests.journeys.house import House
from tests.journeys.pages.conftest import someone_elses
from tests.journeys.people import DeskSide, follow
from tests.journeys.places import PHONE

pytestmark = pytest.mark.journey
NEWEST = """
from holdspace.scheduling.models import Appointment
made = Appointment.objects.order_by("-created_at").first()
seats = sorted(seat.client.first_name for seat in made.seats.all() if seat.stands)
leads = sorted(clinician.name for clinician in made.clinicians.all())
print(made.contact_type, made.holds.count(), ",".join(seats), ",".join(leads), sep=";")
"""
# Three in a group that two lead.
GROUP = """
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo
from holdspace.kit.actor import System
from holdspace.kit.clock import now
from holdspace.practices.models import Practice
from holdspace.scheduling.actions import book
from holdspace.scheduling.plans import Plan
home = Practice.objects.get(slug="willow")
starts = datetime.fromisoformat("{day}T10:00").replace(tzinfo=ZoneInfo("America/New_York"))
leads = tuple(home.clinicians.filter(name__in=["Dr Ama Osei", "Noah Whitfield"]))
kind, ends = home.appointment_types.get(name="Group"), starts + timedelta(minutes=90)
plan = Plan(kind, "telehealth", leads, starts, ends, "America/New_York")
people = list(home.clients.filter(first_name__in=["Rosa", "Theo", "June"]))
print(book(plan=plan, clients=people, actor=System(home.pk), at=now(), anyway=True).pk)
"""


@pytest.fixture(scope="module")
def days() -> Iterator[str]:
    return working_days(120)


def choose(form: Locator, *names: str) -> None:
    """Type a name and press the line that fits, for each."""
    for name in names:
        form.get_by_label("Client", exact=True).fill(name)
        form.locator("label.hs-match", has_text=name).first.click()


def when(form: Locator, day: str, time: str) -> None:
    form.get_by_label("Date", exact=True).fill(day)
    form.get_by_label("Start time").fill(time)


def chips(form: Locator) -> Locator:
    return form.locator("[data-chips] li")


def create(page: Page) -> None:
    page.get_by_role("button", name="Create").last.click()
    expect(page.locator("#drawer")).to_be_hidden()


def test_a_couple_is_booked_by_video(
    window: BrowserContext, eye: Eye, house: House, days: Iterator[str]
) -> None:
    page, day = someone_elses(window, eye, "Bea Lindqvist"), next(days)
    page.goto(f"/calendar?view=clinicians&date={day}")
    page.get_by_role("link", name="Add Appointment").click()
    form = page.locator("#drawer form#appointment")
    # Said before the client is chosen, it isn't filled in from what they usually come for.
    form.get_by_label("Appointment Type").select_option(label="Individual")
    choose(form, "Rosa Marin")
    # One is one: it stands in the field, as ever.
    expect(form.get_by_label("Client", exact=True)).to_have_value(re.compile("Rosa Marin"))
    expect(chips(form)).to_have_count(0)

    form.get_by_label("Appointment Type").select_option(label="Couples")
    expect(chips(form)).to_have_count(1)
    choose(form, "Theo Kessler")
    form.get_by_text("Telehealth", exact=True).click()
    when(form, day, "09:00")
    create(page)

    tile = page.locator("[data-calendar] [data-tile]", has_text="Theo K. · Rosa M.")
    expect(tile).to_have_count(1)
    assert house.ask(NEWEST).split(";")[:3] == ["telehealth", "1", "Rosa,Theo"]
    tile.click()
    expect(page.locator("#drawer")).to_contain_text("Together with")
    eye.look(page, "details-of-a-couple")


def test_a_group_is_booked_with_two_who_lead_and_somebody_new(
    window: BrowserContext, eye: Eye, house: House, days: Iterator[str]
) -> None:
    page, day = someone_elses(window, eye, "Bea Lindqvist"), next(days)
    page.goto(f"/calendar?view=clinicians&date={day}")
    page.get_by_role("link", name="Add Appointment").click()
    form = page.locator("#drawer form#appointment")
    form.get_by_label("Appointment Type").select_option(label="Group")
    choose(form, "Rosa Marin", "Theo Kessler", "June Abara", "Priya Sundaram", "Walter Dietz")
    expect(chips(form)).to_have_count(5)
    form.get_by_label("Clinician", exact=True).select_option(label="Dr Ama Osei")
    form.get_by_role("button", name="Add another clinician").click()
    expect(form.get_by_label("Clinician 2")).to_be_focused()
    # What was chosen before is still there.
    expect(chips(form)).to_have_count(5)
    form.get_by_label("Clinician 2").select_option(label="Noah Whitfield")
    form.get_by_text("New client").click()
    form.get_by_label("First name").fill("Ida")
    form.get_by_label("Last name").fill("Falkenrath")
    when(form, day, "13:00")
    eye.look(page, "form-of-a-group")
    create(page)

    # One in the column of each who leads.
    expect(page.locator("[data-calendar] [data-tile]", has_text="Group, 6 of 8")).to_have_count(2)
    said = house.ask(NEWEST).split(";")
    assert said[1:] == ["2", "Ida,June,Priya,Rosa,Theo,Walter", "Dr Ama Osei,Noah Whitfield"]


def test_a_groups_roster_and_its_form_lead_to_one_less_and_one_leader(
    window: BrowserContext, eye: Eye, house: House, days: Iterator[str]
) -> None:
    day = next(days)
    house.ask(GROUP.format(day=day))
    page = someone_elses(window, eye, "Bea Lindqvist")
    page.goto(f"/calendar?view=clinicians&date={day}")
    page.locator("[data-calendar] [data-tile]", has_text="Group, 3 of 8").first.click()
    drawer = page.locator("#drawer")
    drawer.get_by_role("link", name="3 of 8 places taken").click()
    expect(drawer.get_by_label("Status of Theo K.", exact=True)).to_be_visible()
    eye.look(page, "roster-of-a-group")
    drawer.get_by_label("Status of Theo K.", exact=True).select_option("confirmed")
    drawer.get_by_role("button", name="Set the status of Theo K.").click()
    # As the server says it, not as it was chosen.
    expect(drawer.locator("option[value=confirmed][selected]")).to_have_count(1)

    drawer.get_by_role("link", name="Back").click()
    drawer.get_by_role("link", name="Edit").click()
    form = drawer.locator("form#appointment")
    # Taken out by keyboard.
    form.get_by_role("button", name="Take out June A.").press("Enter")
    expect(chips(form)).to_have_count(2)
    expect(form.get_by_label("Client", exact=True)).to_be_focused()
    form.get_by_label("Clinician 2").select_option(label="Nobody else")
    eye.look(page, "edit-of-a-group")
    page.get_by_role("button", name="Save").last.click()

    expect(drawer).to_contain_text("2 of 8 places taken")
    assert house.ask(NEWEST).split(";")[1:3] == ["1", "Rosa,Theo"]


def test_a_couple_is_booked_without_script(
    house: House, two_browsers: tuple[Browser, Browser], days: Iterator[str]
) -> None:
    window, day = context(two_browsers[0], house, java_script_enabled=False), next(days)
    page = window.new_page()
    page.goto("/accounts/login/")
    follow(page, page.get_by_role("button", name="Bea Lindqvist"))
    page.goto("/appointments/new")
    form = page.locator("form#appointment")
    form.get_by_label("Appointment Type").select_option(label="Couples")
    form.get_by_label("Clinician", exact=True).select_option(label="Dr Ama Osei")
    when(form, day, "09:00")
    for name in ("Rosa Marin", "Theo Kessler", "June Abara"):
        form.get_by_label("Client", exact=True).fill(name)
        form.get_by_role("button", name="Find").click()
    expect(chips(form)).to_have_count(3)
    page.get_by_role("button", name="Create").last.click()
    expect(page.locator("#refusal")).to_contain_text("Couples is for 2 clients at most")
    form.get_by_role("button", name="Take out Theo K.").click()
    expect(chips(form)).to_have_count(2)
    expect(form.get_by_label("Start time")).to_have_value("09:00")
    page.get_by_role("button", name="Create").last.click()
    expect(page.get_by_text("Created.")).to_be_visible()

    assert house.ask(NEWEST).split(";")[2] == "June,Rosa"
    window.close()


def test_on_a_phone_a_booking_that_is_refused_stays_as_it_was_typed(
    house: House, two_browsers: tuple[Browser, Browser], days: Iterator[str]
) -> None:
    window, day = context(two_browsers[0], house, **PHONE), next(days)
    page = window.new_page()
    DeskSide(page).sign_in("Dr Ama Osei")
    for time in ("14:00", "14:15"):
        page.goto("/appointments/new")
        form = page.locator("form#appointment")
        choose(form, "Rosa Marin")
        when(form, day, time)
        page.get_by_role("button", name="Create").last.click()
        if time == "14:00":
            page.wait_for_url("**/calendar**")

    expect(page.locator("#refusal")).to_contain_text("already booked then")
    page.wait_for_timeout(500)  # in which the page's scripts have begun
    expect(page.locator("#refusal")).to_contain_text("already booked then")
    expect(form.get_by_label("Start time")).to_have_value("14:15")
    expect(form.locator("input[name=client]")).to_have_count(1)
    page.get_by_role("button", name=re.compile("^Take ")).first.click()
    page.wait_for_url("**/calendar**")
    window.close()
