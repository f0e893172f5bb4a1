"""Where the client is: said for one appointment, sealed, with its entry each time."""

from datetime import timedelta

import pytest
from django.db import connection

from holdspace.audit.models import Entry
from holdspace.kit.actor import Member, Visit
from holdspace.kit.refusals import NotYours
from holdspace.practices.places import ABROAD
from holdspace.scheduling import refusals
from holdspace.scheduling.actions import Place, say_where
from holdspace.scheduling.actions.links import identify
from holdspace.scheduling.models import Seat
from tests.cast import TEN

HOME = Place("12 Example Street\nChicago 60601", "IL")
ROAD = Place("A parking lot by the 5", "CA", "34.05000,-118.25000,30")


@pytest.fixture
def rosas_visit(rosas_seat: Seat) -> Visit:
    return identify(seat=rosas_seat, at=TEN, birth_date=rosas_seat.client.birth_date)[0].as_actor()


def test_what_the_client_says_stays_with_the_seat(rosas_seat: Seat, rosas_visit: Visit) -> None:
    say_where(seat=rosas_seat, place=ROAD, alone=False, actor=rosas_visit, at=TEN)

    kept = Seat.objects.get(pk=rosas_seat.pk)
    assert (kept.location, kept.location_point, kept.location_state) == (ROAD.lines, ROAD.point, "CA")
    assert (kept.alone, kept.location_ok_at) == (False, TEN)


def test_place_and_point_are_sealed_in_the_database(rosas_seat: Seat, rosas_visit: Visit) -> None:
    say_where(seat=rosas_seat, place=ROAD, alone=True, actor=rosas_visit, at=TEN)

    with connection.cursor() as cursor:
        cursor.execute("SELECT location, location_point FROM scheduling_seat")
        stored = " ".join(cursor.fetchone())
    assert "parking" not in stored
    assert "34.05" not in stored


def test_every_answer_has_its_entry_and_none_names_the_place(rosas_seat: Seat, rosas_visit: Visit) -> None:
    say_where(seat=rosas_seat, place=HOME, alone=True, actor=rosas_visit, at=TEN)
    say_where(seat=rosas_seat, place=HOME, alone=True, actor=rosas_visit, at=TEN + timedelta(minutes=5))
    say_where(seat=rosas_seat, place=ROAD, alone=False, actor=rosas_visit, at=TEN + timedelta(minutes=9))

    said = [entry.detail for entry in Entry.objects.filter(what="scheduling.seat.located").order_by("at")]
    assert said == [
        {"changes": {"state": ["", "IL"], "alone": [None, True]}, "fields": ["location"]},
        {"changes": {}, "fields": []},
        {
            "changes": {"state": ["IL", "CA"], "alone": [True, False]},
            "fields": ["location", "location_point"],
        },
    ]


def test_a_point_doesnt_outlive_the_place_it_was_given_for(rosas_seat: Seat, rosas_visit: Visit) -> None:
    say_where(seat=rosas_seat, place=ROAD, alone=True, actor=rosas_visit, at=TEN)
    say_where(seat=rosas_seat, place=HOME, alone=True, actor=rosas_visit, at=TEN)

    assert Seat.objects.get(pk=rosas_seat.pk).location_point == ""


def test_where_nobody_asked_whether_they_are_alone_the_earlier_answer_stays(
    rosas_seat: Seat, rosas_visit: Visit, osei: Member
) -> None:
    say_where(seat=rosas_seat, place=HOME, alone=False, actor=rosas_visit, at=TEN)
    say_where(seat=rosas_seat, place=ROAD, alone=None, actor=osei, at=TEN)

    assert Seat.objects.get(pk=rosas_seat.pk).alone is False


def test_outside_the_united_states_is_a_place(rosas_seat: Seat, rosas_visit: Visit) -> None:
    say_where(seat=rosas_seat, place=Place("Lisbon", ABROAD), alone=True, actor=rosas_visit, at=TEN)

    assert Seat.objects.get(pk=rosas_seat.pk).location_state == ABROAD


@pytest.mark.parametrize(
    ("place", "refusal"),
    [
        (Place("Chicago", "ZZ"), refusals.StateMissing),
        (Place("Chicago", ""), refusals.StateMissing),
        (Place("Chicago", "il"), refusals.StateMissing),
        (Place("  \n ", "IL"), refusals.PlaceMissing),
        (Place("x" * 301, "IL"), refusals.PlaceTooLong),
    ],
)
def test_a_place_outside_every_state_is_refused_and_nothing_kept(
    rosas_seat: Seat, rosas_visit: Visit, place: Place, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        say_where(seat=rosas_seat, place=place, alone=True, actor=rosas_visit, at=TEN)

    assert Seat.objects.get(pk=rosas_seat.pk).location_ok_at is None


def test_of_an_appointment_that_is_off_nothing_is_kept(rosas_seat: Seat, rosas_visit: Visit) -> None:
    rosas_seat.move_to("cancelled")

    with pytest.raises(refusals.NotOn):
        say_where(seat=rosas_seat, place=HOME, alone=True, actor=rosas_visit, at=TEN)


def test_whoever_only_looks_after_the_practice_doesnt_say_it_for_them(
    rosas_seat: Seat, owner: Member
) -> None:
    with pytest.raises(NotYours):
        say_where(seat=rosas_seat, place=HOME, alone=None, actor=owner, at=TEN)


@pytest.mark.parametrize(
    ("said", "state", "shown"),
    [
        ("12 Elm Street\nSpringfield", "IL", "12 Elm Street, Springfield, Illinois"),
        ("Home, Chicago, Illinois", "IL", "Home, Chicago, Illinois"),
        ("12 Elm Street\nChicago, illinois 60601", "IL", "12 Elm Street, Chicago, illinois 60601"),
        ("Chicago, IL 60601", "IL", "Chicago, IL 60601"),
        ("12 Elm Street\nKansas City", "KS", "12 Elm Street, Kansas City, Kansas"),
        ("", "IL", "Illinois"),
        ("12 Elm Street", "", "12 Elm Street"),
    ],
)
def test_the_state_is_shown_once(said, state, shown):
    assert Seat(location=said, location_state=state).whereabouts == shown
