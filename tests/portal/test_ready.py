"""Get ready: the steps behind the link, each remembered, and the one that comes next."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from holdspace.clients.models import Client
from holdspace.consents import actions, queries
from holdspace.kit.actor import Member
from holdspace.kit.clock import now
from holdspace.portal.web import DEVICES_COOKIE
from holdspace.scheduling import links
from holdspace.scheduling.actions.where import Place, say_where
from holdspace.scheduling.models import Appointment, Seat
from tests import cast
from tests.portal.test_consent import phone_of

HERE = Place("12 Example Street\nChicago", "IL")
BORN = {"born": "03/09/1984"}
QUERIES = 10


@pytest.fixture
def seat(osei_person: cast.Person, rosa: Client) -> Seat:
    """Rosa's appointment, the day after tomorrow."""
    assert osei_person.clinician
    seat = cast.appointment(osei_person.clinician, rosa, starts_at=now() + timedelta(days=2))
    actions.ensure_default_form(seat.practice, now() - timedelta(days=90))
    return seat


@pytest.fixture
def browser(seat: Seat) -> Browser:
    return phone_of(seat)


def it_is_time(seat: Seat) -> None:
    begins = now() + timedelta(minutes=10)
    Appointment.objects.update(starts_at=begins, ends_at=begins + timedelta(minutes=50))


def agreed(browser: Browser, seat: Seat) -> None:
    """The client asks for the form, reads it and signs."""
    browser.post(reverse("portal:consent_ask"))
    asked = queries.live_request(seat)
    assert asked
    browser.post(reverse("portal:consent"), {"asked": asked.pk, "answer": "accept"})
    typed = {"asked": asked.pk, "mark": "type", "name": "Rosa Marin", "meant": "on"}
    browser.post(reverse("portal:consent_sign"), typed)


def located(seat: Seat, ago: timedelta = timedelta()) -> None:
    say_where(seat=seat, place=HERE, alone=True, actor=cast.system(seat.practice), at=now() - ago)


def checked(browser: Browser, found: str = "ok") -> Any:
    return browser.post("/v/checked", {"found": found}, headers={"accept": "application/json"})


def next_of(browser: Browser) -> str:
    step = browser.get("/v/").context["next"]
    return step.name if step else ""


def test_each_step_leads_to_the_next_one_that_waits(browser: Browser, seat: Seat) -> None:
    assert next_of(browser) == "form"
    agreed(browser, seat)
    assert next_of(browser) == "where"
    located(seat)
    assert next_of(browser) == "check"
    checked(browser)

    page = browser.get("/v/").content.decode()
    assert "You are ready" in page
    assert "btn-primary" not in page


def test_steps_may_be_done_in_any_order(browser: Browser, seat: Seat) -> None:
    checked(browser)
    located(seat)
    assert next_of(browser) == "form"
    agreed(browser, seat)
    assert next_of(browser) == ""


def test_before_the_hour_it_says_get_ready_and_at_the_hour_join(browser: Browser, seat: Seat) -> None:
    early = browser.get("/v/").content.decode()
    it_is_time(seat)
    at_the_hour = browser.get("/v/").content.decode()

    assert "Get ready" in early
    assert ">Join<" not in early
    assert "Get ready" not in at_the_hour
    assert ">Join<" in at_the_hour
    assert all("Somebody may sit beside you and help" in page for page in (early, at_the_hour))
    assert early.count("btn-primary") == at_the_hour.count("btn-primary") == 1


def test_a_form_that_nobody_sent_yet_is_asked_for_by_the_client(browser: Browser, seat: Seat) -> None:
    response = browser.post(reverse("portal:consent_ask"), follow=True)

    asked = queries.live_request(seat)
    assert asked
    assert response.redirect_chain == [("/v/form", 302)]
    browser.post(reverse("portal:consent_ask"))
    assert queries.live_request(seat) == asked


def test_at_the_hour_only_a_form_that_was_sent_stands_before_the_door(
    browser: Browser, seat: Seat, osei: Member
) -> None:
    it_is_time(seat)
    assert next_of(browser) == "where"
    actions.request(seat=seat, channel="portal", actor=osei, at=now())
    page = browser.get("/v/").content.decode()

    assert next_of(browser) == "form"
    assert "Join without it" in page


def test_where_they_are_is_asked_again_on_the_day(browser: Browser, seat: Seat) -> None:
    agreed(browser, seat)
    located(seat, ago=timedelta(days=2))
    assert next_of(browser) == "check"

    it_is_time(seat)

    assert next_of(browser) == "where"
    located(seat)
    assert next_of(browser) == ""


def test_a_browser_in_which_it_worked_remembers_so_for_some_days(
    browser: Browser, seat: Seat, osei_person: cast.Person, rosa: Client
) -> None:
    checked(browser)
    assert osei_person.clinician
    other = cast.appointment(osei_person.clinician, rosa, starts_at=now() + timedelta(days=9))
    key = reverse("portal:arrive", args=["willow", links.key_of(other)])

    browser.post(key, BORN)
    Browser().post(key, BORN)

    worked = Seat.objects.get(pk=seat.pk).device_ok_at
    assert worked
    assert Seat.objects.get(pk=other.pk).device_ok_at == worked.replace(microsecond=0)


def test_what_the_browser_says_of_itself_counts_only_as_we_wrote_it(seat: Seat) -> None:
    browser = Browser()
    browser.cookies[DEVICES_COOKIE] = '"2026-11-18T10:00:00+00:00"'

    browser.post(reverse("portal:arrive", args=["willow", links.key_of(seat)]), BORN)

    assert Seat.objects.get(pk=seat.pk).device_ok_at is None


@pytest.mark.parametrize("found", ["no_network", "no_speaker", "blocked"])
def test_what_doesnt_work_is_kept_and_not_remembered(browser: Browser, seat: Seat, found: str) -> None:
    answer = checked(browser, found)

    assert (kept := Seat.objects.get(pk=seat.pk)).device_trouble == found
    assert kept.device_ok_at is None
    assert DEVICES_COOKIE not in answer.cookies
    assert "It didn't work last time" in browser.get("/v/").content.decode().replace("&#x27;", "'")


def test_a_slow_line_is_good_enough_and_noted(browser: Browser, seat: Seat) -> None:
    checked(browser, "slow_network")

    kept = Seat.objects.get(pk=seat.pk)
    assert kept.device_ok_at
    assert kept.device_trouble == "slow_network"


def test_the_check_may_ask_for_camera_and_sound(browser: Browser) -> None:
    assert browser.get("/v/check")["Permissions-Policy"].startswith("camera=(self)")


def test_both_times_and_the_calendars_file_are_on_the_page(browser: Browser, seat: Seat) -> None:
    page = browser.get("/v/").content.decode()

    assert "Your time" in page
    assert "The practice&#x27;s time" in page or "The practice's time" in page
    assert reverse("portal:add_to_calendar") in page


def test_the_page_asks_the_database_ten_questions_at_most(
    browser: Browser, seat: Seat, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(QUERIES):
        browser.get("/v/")
    agreed(browser, seat)
    located(seat)
    checked(browser)
    with django_assert_max_num_queries(QUERIES):
        browser.get("/v/")
