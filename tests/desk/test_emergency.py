"""The emergency card, and the numbers that the practice keeps for it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from holdspace.audit.models import Entry
from holdspace.clients.models import Address
from holdspace.practices.models import EmergencyNumber, Practice
from holdspace.scheduling.actions import Place, say_where
from holdspace.scheduling.models import Seat
from tests import cast
from tests.cast import TEN

pytestmark = pytest.mark.usefixtures("at_ten")

SignIn = Callable[[cast.Person], Browser]
NUMBER = {"state": "IL", "place": "Cook County", "who": "911 center", "number": "(312) 555-0190"}


@pytest.fixture
def desk(osei_person: cast.Person, signed_in: SignIn) -> Browser:
    return signed_in(osei_person)


@pytest.fixture
def owner_desk(owner_person: cast.Person, signed_in: SignIn) -> Browser:
    return signed_in(owner_person)


def number_of(practice: Practice, **facts: Any) -> EmergencyNumber:
    said = {"state": "IL", "who": "911 center", "number": "+13125550190", "verified_on": date(2026, 11, 1)}
    return EmergencyNumber.objects.create(practice=practice, verified_by="Ines Moor", **(said | facts))


def card(browser: Browser, seat: Seat) -> str:
    response = browser.get(f"/emergency/{seat.pk}")
    assert response.status_code == 200
    return response.content.decode()


def is_in(seat: Seat, actor: Any, state: str = "IL", lines: str = "12 Elm St, Cook", point: str = "") -> None:
    say_where(seat=seat, place=Place(lines, state, point), alone=False, actor=actor, at=TEN)


def test_the_card_says_where_whom_to_call_and_what_was_agreed(
    desk: Browser, rosas_seat: Seat, osei: Any
) -> None:
    is_in(rosas_seat, osei, point="41.88000,-87.63000,20")
    cast.contact_of(rosas_seat.client, "Theodor Marin", emergency=True)
    number_of(rosas_seat.practice, place="Cook County")

    page = card(desk, rosas_seat)

    for said in ("12 Elm St", "Illinois", "41.88000", "66 feet", "not alone", "Theodor Marin", "+13125550161",
                 "+13125550190", "Nov 1, 2026", "988", "go on by phone", "not of theirs"):  # fmt: skip
        assert said in page
    assert Entry.objects.filter(what="scheduling.seat.card_opened", subject_id=rosas_seat.pk).count() == 1


def test_the_number_of_their_own_place_stands_first(desk: Browser, rosas_seat: Seat, osei: Any) -> None:
    is_in(rosas_seat, osei)
    number_of(rosas_seat.practice, place="Adams County", number="+13125550198")
    number_of(rosas_seat.practice, place="Cook County")
    number_of(rosas_seat.practice, state="GA", number="+14045550190")

    page = card(desk, rosas_seat)

    assert page.index("+13125550190") < page.index("+13125550198")
    assert "Their place" in page
    assert "+14045550190" not in page


def test_a_number_that_nobody_tried_for_half_a_year_may_be_old(
    desk: Browser, rosas_seat: Seat, osei: Any
) -> None:
    is_in(rosas_seat, osei)
    row = number_of(rosas_seat.practice, verified_on=TEN.date() - timedelta(days=180))
    assert "May be old" not in card(desk, rosas_seat)

    EmergencyNumber.objects.filter(pk=row.pk).update(verified_on=TEN.date() - timedelta(days=181))

    assert "May be old" in card(desk, rosas_seat)


def test_before_anybody_said_the_charts_places_stand_there_and_say_so(
    desk: Browser, rosas_seat: Seat
) -> None:
    cast.address_of(rosas_seat.client)

    page = card(desk, rosas_seat)

    assert "Not said for this appointment yet" in page
    assert "12 Example Street" in page


def test_abroad_neither_911_nor_988_helps(desk: Browser, rosas_seat: Seat, osei: Any) -> None:
    is_in(rosas_seat, osei, state="XX", lines="Lisbon")

    page = card(desk, rosas_seat)

    assert "Outside the United States" in page
    assert "Suicide and Crisis Lifeline" not in page


def test_what_they_told_by_voice_is_written_down(desk: Browser, rosas_seat: Seat) -> None:
    said = {"lines": "9 Oak St, Denver", "state": "CO", "alone": "yes"}

    response = desk.post(f"/emergency/{rosas_seat.pk}/told", said)

    kept = Seat.objects.get(pk=rosas_seat.pk)
    assert response.status_code == 302
    assert (kept.location, kept.location_state, kept.alone) == ("9 Oak St, Denver", "CO", True)


def test_what_is_missing_is_said_and_the_words_stay(desk: Browser, rosas_seat: Seat) -> None:
    response = desk.post(f"/emergency/{rosas_seat.pk}/told", {"lines": "9 Oak St, Denver", "state": ""})

    assert response.status_code == 422
    assert "9 Oak St" in response.content.decode()


def test_the_front_desk_reads_the_card_but_not_whether_they_are_alone(
    front_desk_person: cast.Person, rosas_seat: Seat, osei: Any, signed_in: SignIn
) -> None:
    is_in(rosas_seat, osei)
    browser = signed_in(front_desk_person)

    assert "12 Elm St" in card(browser, rosas_seat)
    assert "not alone" not in card(browser, rosas_seat).partition("told you where")[0]
    assert "not alone" not in browser.get(f"/appointments/{rosas_seat.pk}").content.decode()


def test_another_practice_cant_tell_that_there_is_a_card(
    birch_person: cast.Person, rosas_seat: Seat, signed_in: SignIn
) -> None:
    browser = signed_in(birch_person)

    assert browser.get(f"/emergency/{rosas_seat.pk}").status_code == 404
    assert browser.post(f"/emergency/{rosas_seat.pk}/told", {"lines": "x", "state": "IL"}).status_code == 404


def test_the_card_asks_as_much_for_many_numbers_as_for_few(
    desk: Browser, rosas_seat: Seat, osei: Any
) -> None:
    is_in(rosas_seat, osei)
    card(desk, rosas_seat)

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            card(desk, rosas_seat)
        return len(queries)

    few = asked()
    for name in ("Ann", "Bob", "Cleo"):
        cast.contact_of(rosas_seat.client, name, emergency=True)
        number_of(rosas_seat.practice, place=name)

    assert asked() == few


def test_the_owner_keeps_the_numbers(owner_desk: Browser, willow: Practice) -> None:
    owner_desk.post("/settings/emergency/new", NUMBER)
    row = EmergencyNumber.objects.get()
    assert (row.number, row.verified_on, row.verified_by) == ("+13125550190", TEN.date(), "Ines Moor")

    EmergencyNumber.objects.update(verified_on=date(2026, 1, 1))
    owner_desk.post(f"/settings/emergency/{row.pk}", NUMBER | {"who": "Dispatch"})
    row.refresh_from_db()
    assert (row.who, row.verified_on) == ("Dispatch", date(2026, 1, 1))

    owner_desk.post(f"/settings/emergency/{row.pk}/verify")
    row.refresh_from_db()
    assert row.verified_on == TEN.date()

    owner_desk.post(f"/settings/emergency/{row.pk}/remove")
    assert not EmergencyNumber.objects.exists()
    done = {
        entry.what.rpartition(".")[2] for entry in Entry.objects.filter(what__contains="emergency_number")
    }
    assert done == {"added", "changed", "verified", "removed"}


def test_another_number_counts_as_tried_today(owner_desk: Browser, willow: Practice) -> None:
    row = number_of(willow, verified_on=date(2026, 1, 1))

    owner_desk.post(f"/settings/emergency/{row.pk}", NUMBER | {"number": "(312) 555-0191"})

    row.refresh_from_db()
    assert (row.number, row.verified_on) == ("+13125550191", TEN.date())


@pytest.mark.parametrize("wrong", [{"number": "911"}, {"number": ""}, {"state": "ZZ"}, {"who": ""}])
def test_a_number_that_helps_nobody_is_refused(
    owner_desk: Browser, willow: Practice, wrong: dict[str, str]
) -> None:
    response = owner_desk.post("/settings/emergency/new", NUMBER | wrong)

    assert response.status_code == 422
    assert not EmergencyNumber.objects.exists()


def test_the_list_says_what_may_be_old(owner_desk: Browser, willow: Practice) -> None:
    number_of(willow, place="Cook County", verified_on=date(2025, 1, 1))

    page = owner_desk.get("/settings/emergency").content.decode()

    assert "Last tried Jan 1, 2025" in page


def test_an_answer_from_before_the_day_is_shown_as_that_beside_the_chart(
    desk: Browser, rosas_seat: Seat, osei: Any
) -> None:
    is_in(rosas_seat, osei)
    assert "That was before today" not in card(desk, rosas_seat)
    Seat.objects.update(location_ok_at=TEN - timedelta(days=2))
    Address.objects.create(
        practice=rosas_seat.practice, client=rosas_seat.client, label="Home", lines="4 Oak St", state="IL"
    )

    page = card(desk, rosas_seat)

    assert "12 Elm St, Cook" in page
    assert "That was before today: ask again" in page
    assert "4 Oak St" in page


def test_whoever_decides_for_the_client_is_among_those_to_call(desk: Browser, rosas_seat: Seat) -> None:
    rosas_seat.client.birth_date = date(2016, 2, 29)
    rosas_seat.client.save()
    cast.contact_of(rosas_seat.client, "Ana Marin", guardianship="of_minor")

    assert "Ana Marin" in card(desk, rosas_seat)
