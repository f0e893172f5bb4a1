"""Views, filters and paper: the address says all of it, and nothing hides behind a view."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from holdspace.desk.screens import FILTERS, VIEWS, Shown
from holdspace.practices.models import Site
from holdspace.scheduling.models import Occurrence, Series
from tests import cast

HERE = reverse("desk:calendar")
FEED = reverse("desk:feed")
DAY = "2026-11-18"
AHEAD = "2099-11-18"  # a Wednesday, too
# The page's frame, the nine of its tiles, and the lists that the filters offer.
QUERIES_OF_A_PAGE = 25
DAYS = st.dates(date(1990, 1, 1), date(2150, 12, 31))


@pytest.fixture
def osei_desk(signed_in, osei_person):
    return signed_in(osei_person)


@pytest.fixture
def desk(signed_in, front_desk_person):
    return signed_in(front_desk_person)


def page(browser, **said):
    answer = browser.get(HERE, {"date": DAY, **said})
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def first(pattern, text):
    found = re.search(pattern, text)
    assert found, pattern
    return found[1]


def names(browser, **said):
    events = browser.get(FEED, {"date": DAY, **said}).json()["events"]
    return sorted(first(r"<b>(.*?)</b>", event["extendedProps"]["html"]) for event in events)


def shown(view, day):
    return Shown(view=view, day=day, zone="America/New_York", today=day)


@given(DAYS, st.sampled_from([*VIEWS]))
def test_every_view_shows_its_day_and_forward_then_back_comes_home(day, view):
    asked = shown(view, day)

    assert asked.first <= day <= asked.last or (view == "work-week" and day.weekday() >= 5)
    there = shown(view, asked.beside(1))
    assert there.last > asked.last
    assert shown(view, there.beside(-1)).first == asked.first


@given(DAYS)
def test_a_month_is_whole_weeks_around_all_its_days(day):
    asked = shown("month", day)

    assert (asked.first.weekday(), asked.last.weekday()) == (0, 6)
    assert asked.first <= day.replace(day=1)
    assert asked.last >= (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    assert asked.length in (28, 35, 42)


def test_a_month_holds_every_appointment_and_says_how_many_more(osei_desk, osei_person, rosa):
    for hour in range(7):
        cast.appointment(osei_person.clinician, rosa, starts_at=cast.TEN + timedelta(hours=hour))

    said = page(osei_desk, view="month")

    assert "November 2026" in said
    assert said.count("hs-month-line") == 4
    assert "3 more" in said
    assert "view=day&date=2026-11-18" in said


def test_a_saturday_is_not_looked_for_behind_the_work_week(osei_desk, osei_person, rosa):
    cast.appointment(osei_person.clinician, rosa, starts_at=cast.TEN + timedelta(days=3))

    assert "1 appointment on the weekend isn't shown." in page(osei_desk, view="work-week")
    assert "November 16 – 22, 2026" in page(osei_desk, view="work-week", date="2026-11-21")
    assert names(osei_desk, view="work-week", date="2026-11-21") == ["Rosa M."]
    assert "on the weekend" not in page(osei_desk, view="week")


def test_side_by_side_has_a_column_each_and_says_how_full_it_is(desk, willow, osei_person, rosas_seat):
    novak = cast.person(willow, "Dr Eva Novak", ["clinician"])
    assert novak.clinician

    answer = desk.get(FEED, {"date": DAY, "view": "clinicians"}).json()

    heads = [(one["title"], one["extendedProps"]["load"]) for one in answer["columns"]]
    assert heads == [("Dr Ama Osei", "1 booked"), ("Dr Eva Novak", "Nothing booked")]
    assert answer["events"][0]["resourceIds"] == [str(osei_person.clinician.pk)]
    only = desk.get(FEED, {"date": DAY, "view": "clinicians", "clinician": str(novak.clinician.pk)}).json()
    assert [one["title"] for one in only["columns"]] == ["Dr Eva Novak"]


def test_a_clinician_of_one_has_one_column_and_no_side_by_side(osei_desk, willow, rosas_seat):
    cast.person(willow, "Dr Eva Novak", ["clinician"])

    answer = osei_desk.get(FEED, {"date": DAY, "view": "clinicians"}).json()

    assert [one["title"] for one in answer["columns"]] == ["Dr Ama Osei"]
    assert "Side by side" not in page(osei_desk)


def test_filters_narrow_are_counted_and_go_with_one_press(osei_desk, osei_person, willow, rosa):
    site = Site.objects.create(practice=willow, name="Main Street")
    intake = cast.type_of(willow, "Intake")
    other = cast.client_of(willow, "Noor", "Haddad")
    seat = cast.appointment(osei_person.clinician, rosa)
    cast.appointment(
        osei_person.clinician,
        other,
        starts_at=cast.TEN + timedelta(hours=2),
        contact_type="in_person",
        site=site,
        status="scheduled",
    )
    seat.appointment.type = intake
    seat.appointment.save()

    assert names(osei_desk, site=str(site.pk)) == ["Noor H."]
    assert names(osei_desk, type=str(intake.pk)) == ["Rosa M."]
    assert names(osei_desk, type=str(intake.pk), site=str(site.pk)) == []
    assert names(osei_desk, type="nonsense") == ["Noor H.", "Rosa M."]
    said = page(osei_desk, type=str(intake.pk), status="confirmed")
    assert '<span class="hs-count">2<' in said
    assert f"type={intake.pk}" in said
    cleared = first(r'href="([^"]*)" aria-label="Clear filters"', said)
    assert not any(f"{name}=" in cleared for name in FILTERS)
    assert f"date={DAY}" in cleared


def test_another_practices_filter_finds_nothing(osei_desk, birch, rosas_seat):
    theirs = Site.objects.create(practice=birch, name="Birch")

    assert names(osei_desk, site=str(theirs.pk)) == []


def test_every_link_of_the_toolbar_carries_the_filters(osei_desk, rosas_seat):
    said = page(osei_desk, view="day", status="confirmed", contact_type="telehealth")

    links = [href for href in re.findall(r'href="(\?[^"]*)"', said) if "status" in href]
    assert len(links) >= 9
    assert all("status=confirmed" in href and "contact_type=telehealth" in href for href in links)


def test_a_tile_says_in_its_card_what_it_has_no_room_for(osei_desk, rosas_seat):
    about = first(r'data-about="([^"]*)"', page(osei_desk)).split("\n")

    assert about == [
        "Wed, Nov 18, 10:00 – 10:50 AM Eastern",
        "Wed, Nov 18, 9:00 – 9:50 AM Central for the client",
        "Individual · Telehealth",
        "Dr Ama Osei",
        "Confirmed",
        "Link not seen, Device not checked, Consent not yet, Location not yet",
    ]
    assert "for the client" not in page(osei_desk, zone="America/Chicago")


def test_one_of_a_series_bears_the_repeat_mark(osei_desk, rosas_seat):
    assert "repeats" not in page(osei_desk)
    held = rosas_seat.appointment
    series = Series.objects.create(
        practice=held.practice,
        rule="FREQ=WEEKLY",
        first_day=DAY,
        wall_time="10:00",
        time_zone=held.time_zone,
        made_until=DAY,
        type=held.type,
        contact_type=held.contact_type,
        minutes=50,
        created_at=cast.TEN,
    )
    Occurrence.objects.create(appointment=held, series=series, day=DAY)

    said = page(osei_desk)

    assert "Telehealth, Confirmed, repeats" in said
    assert '<use href="#i-repeat"/>' in said


@pytest.mark.parametrize("view", ["day", "week", "clinicians"])
def test_paper_has_names_as_the_practice_wants_them_and_nothing_to_press(desk, willow, rosas_seat, view):
    said = page(desk, view=view, clinician="all", print="1")

    assert "Rosa M." in said
    assert "Dr Ama Osei" in said
    assert not re.search(r"<(nav|a|button|form)\b", said)
    willow.initials_only = True
    willow.save()
    again = page(desk, view=view, clinician="all", print="1")
    assert "RM" in again
    assert "Rosa" not in again


def test_each_tile_stands_in_the_page_once(osei_desk, rosas_seat):
    said = page(osei_desk)

    assert said.count(f'data-tile="{rosas_seat.appointment.pk}"') == 1
    assert said.count("Rosa M.") == 1


def test_twenty_columns_with_160_appointments_cost_no_more_queries_than_one(desk, willow, osei_person, rosa):
    def cost(address):
        with CaptureQueriesContext(connection) as counted:
            desk.get(address, {"date": DAY, "view": "clinicians"})
        return len(counted)

    cast.appointment(osei_person.clinician, rosa)
    cost(HERE)
    one = cost(HERE), cost(FEED)
    for n in range(19):
        clinician = cast.person(willow, f"Dr Number {n}", ["clinician"]).clinician
        assert clinician
        for hour in range(8):
            cast.appointment(clinician, rosa, starts_at=cast.TEN + timedelta(hours=hour))

    assert (cost(HERE), cost(FEED)) == one
    assert max(one) <= QUERIES_OF_A_PAGE


def move_to(browser, seat, **said):
    facts = {"date": AHEAD, "start": "12:00", "minutes": "50", "version": "1", "zone": "America/New_York"}
    return browser.post(reverse("desk:appointment_move", args=[seat.pk]), facts | said)


def test_the_move_dialog_gives_an_appointment_to_another_clinician(desk, willow, osei_person, rosas_seat):
    novak = cast.person(willow, "Dr Eva Novak", ["clinician"]).clinician
    assert novak
    form = desk.get(reverse("desk:appointment_move", args=[rosas_seat.pk])).content.decode()
    assert "Dr Eva Novak" in form
    assert f'value="{osei_person.clinician.pk}" selected' in form

    move_to(desk, rosas_seat, clinician=str(getattr(novak, "pk", "")))

    assert list(rosas_seat.appointment.clinicians.all()) == [novak]
    move_to(desk, rosas_seat, version="2", clinician=str(getattr(novak, "pk", "")), start="13:00")
    assert list(rosas_seat.appointment.clinicians.all()) == [novak]


def test_the_move_dialog_asks_no_clinician_for_whom(osei_desk, willow, osei_person, rosas_seat):
    novak = cast.person(willow, "Dr Eva Novak", ["clinician"]).clinician
    assert novak

    assert (
        "Dr Eva Novak"
        not in osei_desk.get(reverse("desk:appointment_move", args=[rosas_seat.pk])).content.decode()
    )
    move_to(osei_desk, rosas_seat, clinician=str(getattr(novak, "pk", "")))

    assert list(rosas_seat.appointment.clinicians.all()) == [osei_person.clinician]


def test_the_move_dialog_refuses_a_clinician_of_another_practice(desk, birch_person, osei_person, rosas_seat):
    cast.person(osei_person.clinician.practice, "Dr Eva Novak", ["clinician"])

    assert move_to(desk, rosas_seat, clinician=str(birch_person.membership.clinician.pk)).status_code == 422
    assert list(rosas_seat.appointment.clinicians.all()) == [osei_person.clinician]


def test_the_move_dialog_leaves_those_who_lead_together(desk, willow, rosas_seat):
    novak = cast.person(willow, "Dr Eva Novak", ["clinician"]).clinician
    assert novak
    rosas_seat.appointment.clinicians.add(novak)

    move_to(desk, rosas_seat, clinician=str(getattr(novak, "pk", "")))

    assert rosas_seat.appointment.clinicians.count() == 2


def test_a_day_of_the_month_books_on_that_day_and_bears_the_word_of_its_closing(desk, willow, rosas_seat):
    willow.holidays = "us"
    willow.save()

    said = page(desk, view="month", clinician="all", date="2026-11-15")

    thanksgiving = said.partition('data-day="2026-11-26"')[2].partition("</td>")[0]
    assert "Thanksgiving Day" in thanksgiving
    assert "Thanksgiving" not in said.partition('data-day="2026-11-25"')[2].partition("</td>")[0]
    way = first(r'href="([^"]*)" data-drawer data-add', thanksgiving)
    form = unescape(desk.get(way).content.decode())
    assert 'name="date" value="2026-11-26"' in form


def test_in_the_days_last_hour_a_pressed_day_is_meant_and_else_the_next_morning(signed_in, front_desk_person):
    with time_machine.travel(datetime(2026, 11, 27, 4, 30, tzinfo=UTC), tick=False):  # 11:30 PM in New York
        desk = signed_in(front_desk_person)
        pressed = desk.get("/appointments/new?on=2026-11-26").content.decode()
        asked = desk.get("/appointments/new").content.decode()

    assert 'name="date" value="2026-11-26"' in pressed
    assert 'name="date" value="2026-11-27"' in asked
    assert 'value="00:00' not in asked


def test_a_day_of_the_month_that_is_over_is_meant_all_the_same(desk, willow, rosas_seat):
    said = page(desk, view="month", clinician="all", date="2026-10-15")

    long_ago = said.partition('data-day="2026-10-05"')[2].partition("</td>")[0]
    form = desk.get(unescape(first(r'href="([^"]*)" data-drawer data-add', long_ago))).content.decode()
    assert 'name="date" value="2026-10-05"' in form
    looked_at = desk.get("/appointments/new?date=2026-10-05").content.decode()
    assert 'name="date" value="2026-10-05"' not in looked_at


def test_who_only_looks_is_offered_no_booking_in_a_month(signed_in, owner_person, rosas_seat):
    said = page(signed_in(owner_person), view="month")

    assert "data-add" not in said
    assert "data-version" not in said


def test_adding_an_appointment_begins_on_the_day_that_is_shown(osei_desk, osei_person):
    whose = f"clinician={osei_person.clinician.pk}"

    assert f"/new?{whose}&date=2099-11-18" in page(
        osei_desk, view="day", date=AHEAD, clinician=str(osei_person.clinician.pk)
    )
    form = unescape(osei_desk.get(reverse("desk:appointment_new"), {"date": AHEAD}).content.decode())
    assert f'name="date" value="{AHEAD}"' in form
    assert 'name="start" value="08:00"' in form
    assert f"&date={AHEAD}" not in page(osei_desk, view="day", date="")
