"""The client's page *Where are you right now?*"""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from holdspace.clients.models import Address, Client
from holdspace.kit.clock import now
from holdspace.portal.web import COOKIE
from holdspace.practices.places import ABROAD
from holdspace.scheduling.actions import Place, say_where
from holdspace.scheduling.actions.links import identify
from holdspace.scheduling.models import Came, Seat
from tests import cast
from tests.portal.test_consent import phone_of

TYPED = {"chosen": "else", "street": "9 Elm St", "city": "Denver", "state": "CO", "alone": "no"}


@pytest.fixture
def seat(osei_person: cast.Person, rosa: Client) -> Seat:
    assert osei_person.clinician
    return cast.appointment(osei_person.clinician, rosa, starts_at=now() + timedelta(minutes=20))


@pytest.fixture
def home(rosa: Client) -> Address:
    return cast.address_of(rosa)


@pytest.fixture
def browser(seat: Seat) -> Browser:
    return phone_of(seat)


def kept(seat: Seat) -> Seat:
    return Seat.objects.get(pk=seat.pk)


def test_a_saved_place_is_one_tap(browser: Browser, seat: Seat, home: Address) -> None:
    response = browser.post("/v/where", {"chosen": str(home.pk), "alone": "yes"})

    assert response["Location"] == "/v/room"  # nothing else waits, and the hour has come
    assert (kept(seat).location, kept(seat).location_state, kept(seat).alone) == (home.lines, "IL", True)


def test_the_usual_place_is_chosen_first_and_alone_is_never_guessed(browser: Browser, home: Address) -> None:
    page = browser.get("/v/where").content.decode()

    assert f'value="{home.pk}" checked' in page
    assert page.count(" checked") == 1


def test_any_other_place_is_typed(browser: Browser, seat: Seat) -> None:
    browser.post("/v/where", TYPED)

    assert (kept(seat).location, kept(seat).location_state) == ("9 Elm St\nDenver", "CO")
    assert kept(seat).alone is False


def test_what_was_typed_counts_where_a_saved_place_was_still_chosen(
    browser: Browser, seat: Seat, home: Address
) -> None:
    browser.post("/v/where", TYPED | {"chosen": str(home.pk)})

    assert kept(seat).location_state == "CO"


def test_a_point_from_the_browser_needs_only_the_state_beside_it(browser: Browser, seat: Seat) -> None:
    point = "39.73920,-104.99030,25"

    browser.post("/v/where", {"chosen": "else", "state": "CO", "point": point, "alone": "yes"})

    assert (kept(seat).location, kept(seat).location_point) == ("", point)


@pytest.mark.parametrize("nonsense", ["here", "1,2", "91919191,4,5", "<b>,1,2", "1,2,3;DROP"])
def test_a_point_that_makes_no_sense_is_no_point(browser: Browser, seat: Seat, nonsense: str) -> None:
    response = browser.post("/v/where", {"chosen": "else", "state": "CO", "point": nonsense, "alone": "yes"})

    assert response.status_code == 422
    assert kept(seat).location_ok_at is None


def test_abroad_is_an_answer(browser: Browser, seat: Seat) -> None:
    browser.post("/v/where", TYPED | {"city": "Lisbon", "state": ABROAD})

    assert kept(seat).location_state == ABROAD


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ({"alone": ""}, "Tell us if anyone is with you."),
        ({"state": ""}, "Choose your state"),
        ({"state": "ZZ"}, "ZZ"),
        ({"street": "", "city": ""}, "Write where you are"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    browser: Browser, seat: Seat, missing: dict[str, str], sentence: str
) -> None:
    response = browser.post("/v/where", TYPED | missing)

    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert ("Denver" in page) is ("city" not in missing)
    assert kept(seat).location_ok_at is None


def test_a_saved_place_without_a_state_asks_for_it(browser: Browser, seat: Seat, rosa: Client) -> None:
    place = cast.address_of(rosa, "Cabin", state="")

    response = browser.post("/v/where", {"chosen": str(place.pk), "alone": "yes"})

    assert response.status_code == 422
    assert "which state" in response.content.decode()


def test_somebody_elses_place_cant_be_chosen(browser: Browser, seat: Seat, willow) -> None:
    theirs = cast.address_of(cast.client_of(willow, "Theo", "Kestrel"), lines="1 Secret Way")

    response = browser.post("/v/where", {"chosen": str(theirs.pk), "alone": "yes"})

    assert response.status_code == 422
    assert "Secret" not in response.content.decode()


def test_the_earlier_answer_for_this_appointment_is_shown_again(browser: Browser, home: Address) -> None:
    browser.post("/v/where", TYPED)

    page = browser.get("/v/where").content.decode()
    assert "9 Elm St" in page
    assert 'value="no" checked' in page


def test_only_this_page_may_ask_the_browser_for_its_place(browser: Browser) -> None:
    assert "geolocation=(self)" in browser.get("/v/where")["Permissions-Policy"]
    assert "geolocation=()" in browser.get("/v/")["Permissions-Policy"]
    assert "geolocation=(self)" not in browser.get("/v/room")["Permissions-Policy"]


def test_the_place_is_on_no_page_title_and_in_no_address(browser: Browser, seat: Seat) -> None:
    browser.post("/v/where", TYPED)

    page = browser.get("/v/where").content.decode()
    assert "9 Elm St" not in page.partition("<title>")[2].partition("</title>")[0]


def test_of_an_appointment_that_is_off_the_page_says_so(browser: Browser, seat: Seat) -> None:
    seat.move_to("cancelled")

    response = browser.post("/v/where", TYPED)

    assert response.status_code == 409
    assert "isn&#x27;t on anymore" in response.content.decode()


# ---- Where they were last time -----------------------------------------------------------------------

ELM = Place("9 Elm St\nDenver", "CO")
LAST_TIME = "Where you were last time"


@pytest.fixture
def earlier(seat: Seat, osei_person: cast.Person) -> Seat:
    """Last week's appointment, for which a place was typed."""
    return said_at(ELM, 7, seat.client, osei_person)


def said_at(place: Place, days_ago: int, client: Client, person: cast.Person) -> Seat:
    begun = now() - timedelta(days=days_ago)
    assert person.clinician
    seat = cast.appointment(person.clinician, client, starts_at=begun)
    say_where(seat=seat, place=place, alone=False, actor=person.actor, at=begun)
    return seat


def test_what_was_typed_last_time_is_one_tap_and_alone_is_asked_anew(
    browser: Browser, seat: Seat, earlier: Seat
) -> None:
    page = browser.get("/v/where").content.decode()
    assert LAST_TIME in page
    assert "9 Elm St, Denver, Colorado" in page
    assert browser.post("/v/where", {"chosen": "last"}).status_code == 422
    assert kept(seat).location_ok_at is None

    browser.post("/v/where", {"chosen": "last", "alone": "yes"})

    assert (kept(seat).location, kept(seat).location_state, kept(seat).alone) == (ELM.lines, "CO", True)
    assert 'value="last" checked' in browser.get("/v/where").content.decode()


def test_the_place_of_last_time_is_chosen_first_only_where_there_is_no_other(
    browser: Browser, earlier: Seat, rosa: Client
) -> None:
    alone = browser.get("/v/where").content.decode()
    saved = cast.address_of(rosa, usual=False)
    beside = browser.get("/v/where").content.decode()
    saved.usual = True
    saved.save()
    usual = browser.get("/v/where").content.decode()

    assert 'value="last" checked' in alone
    assert " checked" not in beside
    assert f'value="{saved.pk}" checked' in usual
    assert usual.count(" checked") == 1


def test_a_place_on_the_chart_is_offered_once_however_it_was_typed(
    browser: Browser, seat: Seat, home: Address, osei_person: cast.Person
) -> None:
    said_at(Place("12 example street,\nCHICAGO  60601", "IL"), 7, seat.client, osei_person)

    assert LAST_TIME not in browser.get("/v/where").content.decode()


def test_only_the_latest_counts_and_a_point_is_no_place_for_another_day(
    browser: Browser, seat: Seat, earlier: Seat, osei_person: cast.Person
) -> None:
    said_at(Place("4 Oak Ave\nBoulder", "CO", "40.01500,-105.27050,9"), 3, seat.client, osei_person)
    page = browser.get("/v/where").content.decode()
    assert "4 Oak Ave" in page
    assert "9 Elm St" not in page
    assert "40.015" not in page

    said_at(Place("", "CO", "40.01500,-105.27050,9"), 1, seat.client, osei_person)
    assert LAST_TIME not in browser.get("/v/where").content.decode()


def test_nobody_elses_place_is_offered_nor_one_of_another_practice(
    browser: Browser, seat: Seat, birch_person: cast.Person, osei_person: cast.Person
) -> None:
    theo = cast.client_of(seat.practice, "Theo", "Kestrel")
    said_at(ELM, 7, theo, osei_person)
    said_at(ELM, 5, cast.client_of(birch_person.membership.practice, "Rosa", "Marin"), birch_person)

    assert "9 Elm St" not in browser.get("/v/where").content.decode()
    assert browser.post("/v/where", {"chosen": "last", "alone": "yes"}).status_code == 422


def test_where_somebody_else_decides_the_place_of_last_time_is_kept_back(seat: Seat, earlier: Seat) -> None:
    """It may be the other parent's."""
    came = Came("Ana Marin", "mother")
    browser = Browser()
    browser.cookies[COOKIE] = identify(seat=seat, at=now(), birth_date=seat.client.birth_date, came=came)[1]

    assert "9 Elm St" not in browser.get("/v/where").content.decode()


def test_the_page_asks_the_same_however_often_they_came(
    browser: Browser, seat: Seat, earlier: Seat, osei_person: cast.Person, django_assert_num_queries: Any
) -> None:
    browser.get("/v/where")
    with CaptureQueriesContext(connection) as once:
        browser.get("/v/where")
    for days in range(8, 12):
        said_at(ELM, days, seat.client, osei_person)

    with django_assert_num_queries(len(once)):
        browser.get("/v/where")
