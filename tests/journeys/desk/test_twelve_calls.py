"""Twelve calls as the front desk takes them, each in no more clicks and keys than it needs."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, Page, Position, expect

from tests.journeys.days import working_days
from tests.journeys.desk.conftest import Booked
from tests.journeys.desk.hands import Hands
from tests.journeys.house import House

pytestmark = pytest.mark.journey
TEN: Position = {"x": 60, "y": 20 * 38 + 8}  # in a column of half hours
# A group that meets at one on a day, with one member.
GROUP = """
from datetime import datetime, timedelta
from holdspace.kit import zones
from holdspace.kit.actor import System
from holdspace.kit.clock import now
from holdspace.practices.models import Clinician
from holdspace.scheduling import actions
from holdspace.scheduling.models import AppointmentType
from holdspace.scheduling.plans import Plan
ben = Clinician.objects.get(name="Ben Halloran")
kind = AppointmentType.objects.get(practice=ben.practice, name="Group")
start = zones.instant(datetime.fromisoformat("{day}T13:00"), "America/New_York")
actions.book(plan=Plan(type=kind, contact_type="in_person", clinicians=(ben,), starts_at=start,
    ends_at=start + timedelta(minutes=90), time_zone="America/New_York", site=None, notes=""),
    clients=[ben.practice.clients.get(first_name="Hanna")], actor=System(ben.practice_id), at=now())
print("booked")
"""


@pytest.fixture(scope="module")
def days() -> Iterator[str]:
    """Days that the demo has left empty, one for each call."""
    return working_days(61)


def look_at(page: Page, day: str) -> None:
    """Everybody's day, side by side."""
    page.goto(f"/calendar?date={day}")
    expect(page.locator("[data-calendar] .ec-day, [data-calendar] .ec-time-grid").first).to_be_visible()
    page.wait_for_load_state("networkidle")


def column(page: Page, number: int) -> Locator:
    """The hours of one clinician, in the order of their names."""
    return page.locator("[data-calendar] .ec-day").nth(number)


def drawer(page: Page) -> Locator:
    return page.locator("#drawer")


def row_of(page: Page, seat: str) -> Locator:
    """The day's row of a seat: somebody may come twice that day."""
    return page.get_by_role("row").filter(has=page.locator(f"#who-{seat}"))


def tile(page: Page, name: str) -> Locator:
    return page.locator("[data-calendar] [data-tile]", has_text=name)


def find(hands: Hands, words: str) -> None:
    """/ and a few letters or figures, then whoever fits is there."""
    hands.press("/")
    hands.type(words)
    expect(hands.page.locator("#finder [data-found]").first).to_be_visible()


def open_found(hands: Hands) -> None:
    """Enter, and the page of whoever was found is there: seen, and its script listening for keys."""
    hands.press("Enter")
    expect(hands.page.get_by_role("link", name="Next free")).to_be_visible()
    hands.page.wait_for_load_state("load")


def test_as_soon_as_possible_please(hands: Hands) -> None:
    hands.page.goto("/today")
    hands.take("1 · the next free time with their usual clinician, found by phone number")

    find(hands, "555-0113")
    open_found(hands)
    hands.press("f")
    expect(drawer(hands.page).get_by_role("group", name="Free times")).to_be_visible()
    before = hands.page.locator("#coming + ul li").count()
    hands.press("Enter")
    expect(drawer(hands.page).get_by_role("button", name="Create").last).to_be_focused()
    hands.press("Enter")

    expect(drawer(hands.page)).to_be_hidden()
    expect(hands.page.locator("#coming + ul li")).not_to_have_count(before - 1)
    expect(hands.page.get_by_role("link", name="Next free")).to_be_focused()
    hands.at_most(6)


def test_tuesday_at_ten_with_dr_osei(hands: Hands, days: Iterator[str]) -> None:
    look_at(hands.page, next(days))
    hands.take("2 · a vacant time in a clinician's column")

    hands.click(column(hands.page, 1), TEN)
    expect(drawer(hands.page).get_by_label("Client", exact=True)).to_be_focused()
    hands.type("Theo Kes")
    expect(hands.page.locator("label.hs-match")).to_have_count(1)
    hands.press("Enter", "Enter")

    expect(tile(hands.page, "Theo K.")).to_contain_text("10:00")
    hands.at_most(4)


def test_somebody_who_was_never_here(hands: Hands, days: Iterator[str]) -> None:
    look_at(hands.page, next(days))
    hands.take("3 · a first appointment for somebody new")

    hands.click(column(hands.page, 2), TEN)
    expect(drawer(hands.page).get_by_label("Client", exact=True)).to_be_focused()
    hands.type("Odile Ferrand")
    expect(hands.page.get_by_text("Nobody on file fits")).to_be_visible()
    hands.press("Enter")
    expect(drawer(hands.page).get_by_label("Date of birth")).to_be_focused()
    hands.type("05061991")
    hands.press("Tab")
    if hands.page.evaluate("() => document.activeElement.name") == "birth_date":
        hands.page.keyboard.press("Tab")  # the picker's own stop, which not every Chromium has
    hands.type("(212) 555-0177")
    hands.press("Enter")

    expect(tile(hands.page, "Odile F.")).to_be_visible()
    hands.at_most(7)


def test_another_time(hands: Hands) -> None:
    hands.page.goto("/today")
    hands.take("4 · their next appointment moved to the next free time")

    find(hands, "elias")
    hands.click(hands.page.locator("#finder a[data-drawer]").first)
    expect(drawer(hands.page)).to_contain_text("Elias R.")
    hands.click(drawer(hands.page).get_by_role("link", name="Move"))
    free = drawer(hands.page).get_by_role("group", name="Free times").get_by_role("button")
    words = free.nth(1).inner_text()
    hands.click(free.nth(1))
    expect(drawer(hands.page).get_by_role("button", name="Move").last).to_be_focused()
    hands.press("Enter")

    hour = re.search(r"(\d+:\d\d) [AP]M", words)
    assert hour
    expect(drawer(hands.page).locator(".hs-clocks")).to_contain_text(hour[1])
    hands.at_most(6)


def test_with_a_colleague_instead(hands: Hands, booked: Booked, days: Iterator[str]) -> None:
    day = next(days)
    booked("Noor", start=f"{day}T12:00")
    look_at(hands.page, day)
    hands.take("5 · the same time with a colleague")

    hands.drag(tile(hands.page, "Noor H."), column(hands.page, 2))

    expect(hands.page.locator("[data-undo]")).to_contain_text("12:00 – 12:50 PM Eastern, Dr Ines Carvalho")
    hands.at_most(1)


def test_every_week_but_not_on_one_day(hands: Hands, booked: Booked, days: Iterator[str]) -> None:
    first = next(days)
    third = (date.fromisoformat(first) + timedelta(days=14)).isoformat()
    booked("Cora", start=f"{third}T10:00", clinician="Dr Ama Osei")
    look_at(hands.page, first)
    hands.take("6 · every week at ten, one date skipped")

    hands.click(column(hands.page, 1), TEN)
    form = drawer(hands.page)
    expect(form.get_by_label("Client", exact=True)).to_be_focused()
    hands.type("Gus")
    expect(hands.page.locator("label.hs-match")).to_have_count(1)
    hands.press("Enter")
    hands.click(form.get_by_text("Repeating Appointment?"))
    hands.choose(form.get_by_label("Repeat Interval"), "Weekly")
    hands.click(form.get_by_role("button", name="Create").last)
    expect(form.locator("select[name^=day-]").first).to_be_visible()
    hands.choose(form.locator("select[name^=day-]").first, "Skip this day")
    hands.click(form.get_by_role("button", name="Create").last)

    expect(form).to_be_hidden()
    expect(tile(hands.page, "Gus P.")).to_be_visible()
    hands.at_most(10)


def test_they_cannot_come_today(hands: Hands, booked: Booked) -> None:
    booked("Walter", hours=0.5)
    hands.page.goto("/today")
    hands.take("7 · called off within the notice, with the reason")

    find(hands, "walter")
    hands.click(hands.page.locator("#finder a[data-drawer]").first)
    hands.click(drawer(hands.page).get_by_role("link", name="Cancel appointment"))
    hands.click(drawer(hands.page).get_by_text("Illness"))
    hands.press("Enter")

    expect(drawer(hands.page)).to_contain_text("Late Cancellation by Bea Lindqvist")
    expect(drawer(hands.page)).to_contain_text("Reason: Illness")
    hands.at_most(6)


def test_what_time_is_that_for_me(hands: Hands) -> None:
    hands.page.goto("/today")
    hands.take("8 · the next free time of anyone, said in a Californian's own clock")

    find(hands, "june")
    open_found(hands)
    hands.press("f")
    hands.click(drawer(hands.page).get_by_role("button", name="Next free with anyone"))
    free = drawer(hands.page).get_by_role("group", name="Free times").get_by_role("button")
    expect(free.first).to_contain_text(re.compile(r"Pacific\) · \w"))
    expect(free.first).to_be_focused()
    hands.press("Enter")
    expect(drawer(hands.page).locator("[data-theirs]")).to_contain_text(re.compile(r"[AP]M"))
    expect(drawer(hands.page).get_by_role("button", name="Create").last).to_be_focused()
    hands.press("Enter")

    expect(drawer(hands.page)).to_be_hidden()
    hands.at_most(7)


def test_one_more_in_the_group(hands: Hands, house: House, days: Iterator[str]) -> None:
    day = next(days)
    house.ask(GROUP.format(day=day))
    look_at(hands.page, day)
    hands.take("9 · one more in the group")

    hands.click(tile(hands.page, "Group"))
    hands.click(drawer(hands.page).get_by_role("link", name=re.compile("places? taken")))
    expect(drawer(hands.page).get_by_label("Add a member")).to_be_focused()
    hands.type("Otis")
    hands.press("Enter")

    expect(drawer(hands.page).get_by_role("link", name="Otis N.")).to_be_visible()
    hands.at_most(4)


def test_i_am_here(hands: Hands, booked: Booked) -> None:
    _, seat = booked("Ivy", hours=0.75, clinician="Noah Whitfield")
    hands.page.goto("/today")
    hands.take("10 · somebody stands at the counter")

    row = row_of(hands.page, seat)
    hands.click(row.get_by_role("button", name="Arrived: Ivy C."))

    expect(row.locator(".hs-tag")).to_have_text("Arrived")
    expect(row.get_by_role("button", name="Checked-In: Ivy C.")).to_be_focused()
    hands.at_most(1)


def test_they_did_not_come(hands: Hands, booked: Booked) -> None:
    _, seat = booked("Otis", hours=-0.4, clinician="Dr Ines Carvalho")
    hands.page.goto("/today")
    hands.take("11 · nobody came, and nobody answers the phone")

    row = row_of(hands.page, seat)
    hands.click(row.get_by_role("button", name="No Show: Otis N."))
    expect(row.locator(".hs-tag")).to_have_text("No Show")
    hands.click(row.get_by_role("link"))
    hands.click(drawer(hands.page).get_by_role("button", name="Could not be reached"))

    expect(drawer(hands.page)).to_contain_text("Reason: Could not be reached")
    hands.at_most(3)


def test_where_is_my_link(hands: Hands, booked: Booked) -> None:
    _, seat = booked("Rosa", hours=0.6, clinician="Noah Whitfield", way="telehealth")
    hands.page.goto("/today")
    hands.take("12 · the link has gone missing")

    hands.click(row_of(hands.page, seat).get_by_role("link", name="Rosa M."))
    hands.click(drawer(hands.page).get_by_role("link", name="Send link"))
    hands.click(hands.page.get_by_role("button", name="Send the link"))

    expect(hands.page.get_by_text("The link is on its way.")).to_be_visible()
    hands.at_most(3)
