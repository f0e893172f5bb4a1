"""The Today board: who waits comes first, one's own day, what needs a hand; a fixed number of questions."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from holdspace.clients.models import Client
from holdspace.scheduling.actions.links import identify
from holdspace.scheduling.models import Seat
from holdspace.telehealth import actions as telehealth
from tests import cast

pytestmark = pytest.mark.usefixtures("at_ten")

SignIn = Callable[[cast.Person], Browser]
# Where Willow is.
MIDNIGHT = datetime(2026, 11, 19, tzinfo=ZoneInfo("America/New_York"))


@pytest.fixture
def rosa_waits(rosas_seat: Seat, ten: datetime) -> Seat:
    visit, _cookie = identify(seat=rosas_seat, birth_date=rosas_seat.client.birth_date, at=ten)
    telehealth.knock(seat=rosas_seat, actor=visit.as_actor(), at=ten - timedelta(minutes=2))
    return rosas_seat


def test_whoever_waits_comes_first_with_the_way_in(
    osei_person: cast.Person, rosa_waits: Seat, signed_in: SignIn
) -> None:
    page = signed_in(osei_person).get("/today").content.decode()

    assert "Rosa M. is waiting" in page
    assert "2 min" in page
    assert "?admit=" in page


def test_the_front_desk_sees_who_waits_and_gets_no_way_in(
    front_desk_person: cast.Person, rosa_waits: Seat, signed_in: SignIn
) -> None:
    page = signed_in(front_desk_person).get("/today").content.decode()

    assert "Rosa M. is waiting" in page
    assert "?admit=" not in page


def test_the_pulse_says_that_someone_waits_and_never_who(
    osei_person: cast.Person, rosa_waits: Seat, signed_in: SignIn
) -> None:
    part = signed_in(osei_person).get("/pulse").content.decode()

    assert "Someone is waiting for 10:00 AM" in part
    assert "Rosa" not in part


def test_the_board_offers_to_ask_for_a_missing_consent(
    osei_person: cast.Person, rosas_seat: Seat, signed_in: SignIn
) -> None:
    page = signed_in(osei_person).get("/today").content.decode()

    assert "has no consent yet" in page
    assert f"/start/{rosas_seat.pk}" in page


def test_a_clinician_sees_nobody_elses_day(
    osei_person: cast.Person, rosas_seat: Seat, willow: Any, signed_in: SignIn
) -> None:
    other = cast.person(willow, "Dr Eli Roth", ["clinician"])

    assert "Rosa" not in signed_in(other).get("/today").content.decode()


def test_asking_again_brings_the_board_alone(
    osei_person: cast.Person, rosas_seat: Seat, signed_in: SignIn
) -> None:
    part = signed_in(osei_person).get("/today", headers={"HX-Request": "true"}).content.decode()

    assert part.strip().startswith('<div id="board"')
    assert "<html" not in part


def test_a_longer_day_costs_no_more_questions(
    osei_person: cast.Person, rosas_seat: Seat, willow: Any, signed_in: SignIn, ten: datetime
) -> None:
    assert osei_person.clinician
    browser = signed_in(osei_person)
    browser.get("/today")
    with CaptureQueriesContext(connection) as short:
        browser.get("/today")

    for hour in range(1, 7):
        client = cast.client_of(willow, f"Client{hour}", "Long", phone=f"+1312555012{hour}")
        cast.appointment(osei_person.clinician, client, starts_at=ten + timedelta(hours=hour))
    with CaptureQueriesContext(connection) as long:
        browser.get("/today")

    assert len(long) == len(short)


def test_before_midnight_the_board_shows_who_may_already_come(
    osei_person: cast.Person, rosa: Client, signed_in: SignIn
) -> None:
    assert osei_person.clinician
    cast.appointment(osei_person.clinician, rosa, starts_at=MIDNIGHT + timedelta(minutes=5))
    with time_machine.travel(MIDNIGHT - timedelta(minutes=5), tick=False):
        page = signed_in(osei_person).get("/today").content.decode()

    assert "Rosa M." in page
    assert "Thu, Nov 19" in page, "the day is said where it isn't today"


def test_after_midnight_the_board_keeps_what_has_not_ended(
    osei_person: cast.Person, rosa: Client, signed_in: SignIn
) -> None:
    assert osei_person.clinician
    seat = cast.appointment(osei_person.clinician, rosa, starts_at=MIDNIGHT - timedelta(minutes=30))
    with time_machine.travel(seat.appointment.ends_at - timedelta(minutes=1), tick=False):
        browser = signed_in(osei_person)
        assert "Rosa M." in browser.get("/today").content.decode()
    with time_machine.travel(seat.appointment.ends_at, tick=False):
        assert "Rosa M." not in browser.get("/today").content.decode()
