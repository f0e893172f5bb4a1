"""What boards, tiles and the start screen say of licenses, live and in a fixed number of questions."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from holdspace.desk.licensed import doubtful_among
from holdspace.desk.lights import lights
from holdspace.practices.models import License, Practice
from holdspace.scheduling.actions import Place, say_where
from holdspace.scheduling.models import Seat
from holdspace.telehealth.licensing import licensed_for
from holdspace.telehealth.models import LicenseReason
from tests import cast
from tests.cast import TEN

pytestmark = pytest.mark.usefixtures("at_ten")

SignIn = Callable[[cast.Person], Browser]


@pytest.fixture
def desk(osei_person: cast.Person, signed_in: SignIn) -> Browser:
    return signed_in(osei_person)


def is_in(seat: Seat, actor: Any, state: str) -> None:
    say_where(seat=seat, place=Place("On the road", state), alone=None, actor=actor, at=TEN)


def start(browser: Browser, seat: Seat, query: str = "", **headers: str) -> str:
    return browser.get(reverse("desk:start", args=[seat.pk]) + query, headers=headers).content.decode()


@pytest.mark.parametrize(
    ("state", "doubtful", "words"),
    [("", False, "Location not yet"), ("IL", False, "Location ok"), ("GA", True, "No license there")],
)
def test_the_light_is_ok_where_the_place_is_known_and_licensed(
    rosas_seat: Seat, state: str, doubtful: bool, words: str
) -> None:
    rosas_seat.location_state, rosas_seat.location_ok_at = state, TEN

    assert str(lights(rosas_seat, TEN, agreed=True, doubtful=doubtful)[3].words) == words


@pytest.mark.parametrize(
    ("said", "asked", "words"),
    [
        (timedelta(days=3), timedelta(days=2), "Location ok"),
        (timedelta(days=3), timedelta(hours=2), "Location not yet"),
        (timedelta(hours=11), timedelta(hours=2), "Location ok"),
        (timedelta(hours=11), timedelta(hours=-2), "Location ok"),
    ],
)
def test_what_was_said_before_the_day_is_asked_again_on_it(
    rosas_seat: Seat, said: timedelta, asked: timedelta, words: str
) -> None:
    begins = rosas_seat.appointment.starts_at
    rosas_seat.location_state, rosas_seat.location_ok_at = "IL", begins - said

    assert str(lights(rosas_seat, begins - asked, agreed=True)[3].words) == words


def test_the_start_screen_says_when_an_answer_is_from_before_today(
    desk: Browser, rosas_seat: Seat, osei: Any
) -> None:
    is_in(rosas_seat, osei, "GA")
    assert "Rosa is there today, by their own word." in start(desk, rosas_seat)
    Seat.objects.update(location_ok_at=TEN - timedelta(days=2))

    page = start(desk, rosas_seat)

    assert "Rosa said so Mon, Nov 16, and nothing yet for today." in page
    assert "by their own word" not in page


@pytest.mark.parametrize("state", ["", "NY", "IL", "GA", "XX"])
@pytest.mark.parametrize("expires_on", [None, date(2026, 11, 17), date(2026, 11, 18)])
def test_the_light_says_what_the_rule_says(rosas_seat: Seat, state: str, expires_on: date | None) -> None:
    License.objects.filter(state="IL").update(expires_on=expires_on)
    rosas_seat.location_state = state
    leads = list(rosas_seat.appointment.clinicians.all())
    found = licensed_for(rosas_seat, TEN)

    assert found
    assert (rosas_seat.pk in doubtful_among([(rosas_seat, leads)], TEN)) == found.is_doubtful


def test_the_day_asks_as_much_for_many_places_as_for_one(
    desk: Browser, rosas_seat: Seat, osei: Any, osei_person: cast.Person
) -> None:
    is_in(rosas_seat, osei, "GA")

    def asked(page: str) -> int:
        desk.get(page)
        with CaptureQueriesContext(connection) as queries:
            desk.get(page)
        return len(queries)

    pages = ["/today", "/calendar?view=day&date=2026-11-18"]
    few = [asked(page) for page in pages]
    assert osei_person.clinician
    for hour, name in enumerate(["Theo", "June", "Noor"], start=1):
        client = cast.client_of(rosas_seat.practice, name, "Kestrel")
        seat = cast.appointment(osei_person.clinician, client, starts_at=TEN + timedelta(hours=hour))
        is_in(seat, osei, "CA")

    assert [asked(page) for page in pages] == few


def test_the_board_says_who_is_where_there_is_no_license(desk: Browser, rosas_seat: Seat, osei: Any) -> None:
    is_in(rosas_seat, osei, "GA")

    page = desk.get("/today").content.decode()

    assert "is where there is no license" in page
    assert "No license there" in page


def test_the_start_screen_names_what_is_missing_and_takes_a_reason(
    desk: Browser, rosas_seat: Seat, osei: Any
) -> None:
    is_in(rosas_seat, osei, "GA")
    assert "has no license for Georgia" in start(desk, rosas_seat).replace("&#x27;", "'")

    response = desk.post(reverse("desk:go_on", args=[rosas_seat.pk]), {"reason": "Only today."})

    assert response["Location"] == reverse("desk:start", args=[rosas_seat.pk])
    assert LicenseReason.objects.get().reason == "Only today."
    page = start(desk, rosas_seat)
    assert "Only today." in page
    assert "Why you go on" not in page
    assert "Only today." in desk.get(f"/appointments/{rosas_seat.pk}").content.decode()


def test_a_practice_that_stops_offers_no_reason(desk: Browser, rosas_seat: Seat, osei: Any) -> None:
    Practice.objects.update(licensing="stop")
    is_in(rosas_seat, osei, "GA")

    page = start(desk, rosas_seat)

    assert "Why you go on" not in page
    assert "go on without a license" in page


def test_the_front_desk_sees_it_and_decides_nothing(
    front_desk_person: cast.Person, rosas_seat: Seat, osei: Any, signed_in: SignIn
) -> None:
    is_in(rosas_seat, osei, "GA")
    browser = signed_in(front_desk_person)

    assert "A clinician of this appointment has to decide" in start(browser, rosas_seat)
    assert browser.post(reverse("desk:go_on", args=[rosas_seat.pk]), {"reason": "x"}).status_code == 404


def test_the_screen_follows_when_the_client_says_where_they_are(
    desk: Browser, rosas_seat: Seat, osei: Any
) -> None:
    assert "said yet where they are" in start(desk, rosas_seat)
    is_in(rosas_seat, osei, "IL")

    part = start(desk, rosas_seat, "?part=license", **{"HX-Request": "true"})

    assert "Dr Ama Osei is licensed there, PSY-0421" in part
    assert "<title>" not in part


def test_a_license_that_ends_soon_is_said_before_it_does(desk: Browser, rosas_seat: Seat, osei: Any) -> None:
    License.objects.filter(state="IL").update(expires_on=date(2026, 12, 1))
    is_in(rosas_seat, osei, "IL")

    assert "ends on Dec 1, 2026" in start(desk, rosas_seat)


def test_the_owner_chooses_between_warning_and_stopping(
    owner_person: cast.Person, willow: Practice, signed_in: SignIn
) -> None:
    said = {
        "identity_by": "birth_date",
        "join_before_minutes": "60",
        "join_after_minutes": "240",
        "licensing": "stop",
        "reconnect_plan": "We call you.",
    }

    signed_in(owner_person).post("/settings/telehealth/save", said)

    willow.refresh_from_db()
    assert (willow.licensing, willow.reconnect_plan) == ("stop", "We call you.")
