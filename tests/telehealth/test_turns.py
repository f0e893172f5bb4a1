"""Which of a client's appointments is meant: on now, next, and only then what is over."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from holdspace.clients.models import Client
from holdspace.kit.actor import Member
from holdspace.scheduling.models import Seat
from holdspace.telehealth.actions.sessions import open_for
from holdspace.telehealth.turns import When, in_turn
from tests import cast
from tests.cast import TEN

Booked = Callable[..., Seat]
HOUR = timedelta(hours=1)


@pytest.fixture
def booked(osei_person: cast.Person, rosa: Client) -> Booked:
    """An appointment of Rosa's so many hours after ten."""

    def make(hours: float, **facts: Any) -> Seat:
        assert osei_person.clinician
        return cast.appointment(osei_person.clinician, rosa, starts_at=TEN + hours * HOUR, **facts)

    return make


def first(*seats: Seat, at: datetime) -> Seat:
    return in_turn(seats, at=at)[0].seat


def when(seat: Seat, at: datetime) -> When:
    return in_turn([seat], at=at)[0].when


@pytest.mark.parametrize(
    ("hours", "stands"),
    [(-2, When.COMING), (-0.5, When.SOON), (0, When.NOW), (0.8, When.NOW), (0.9, When.JUST_OVER)],
)
def test_a_seat_against_the_clock(booked: Booked, hours: float, stands: When) -> None:
    assert when(booked(0), TEN + hours * HOUR) == stands


def test_what_occurred_is_over_unless_its_room_is_open_again(booked: Booked, osei: Member) -> None:
    seat = booked(0, status="occurred")
    assert when(seat, TEN + HOUR / 2) == When.OVER
    assert not in_turn([seat], at=TEN + HOUR / 2)[0].joins

    open_for(appointment=seat.appointment, actor=osei, at=TEN)

    [turn] = in_turn([seat], at=TEN + HOUR / 2)
    assert (turn.when, turn.joins) == (When.NOW, True)


def test_after_the_morning_the_afternoon_is_meant_whether_or_not_anybody_marked_the_morning(
    booked: Booked,
) -> None:
    afternoon = booked(5)

    for morning in (booked(0), booked(-1, status="occurred")):
        assert first(morning, afternoon, at=TEN + 2 * HOUR) == afternoon


def test_of_two_in_a_row_the_one_that_is_on_is_meant_though_the_doors_of_the_next_are_open(
    booked: Booked,
) -> None:
    one, two = booked(0), booked(1)

    assert first(two, one, at=TEN + HOUR / 2) == one
    assert [turn.joins for turn in in_turn([one, two], at=TEN + HOUR / 2)] == [True, True]


def test_a_talk_that_runs_over_is_meant_and_a_room_left_open_is_not(booked: Booked, osei: Member) -> None:
    one, two, next_week = booked(0), booked(1.2), booked(7 * 24)
    open_for(appointment=one.appointment, actor=osei, at=TEN)

    assert first(one, two, at=TEN + HOUR) == one
    assert first(one, two, at=TEN + 2 * HOUR) == two
    assert first(one, next_week, at=TEN + 2 * HOUR) == one


def test_of_what_is_over_the_latest_is_meant(booked: Booked) -> None:
    early, late = booked(0, status="occurred"), booked(2, status="occurred")

    assert first(early, late, at=TEN + 4 * HOUR) == late


def test_however_many_there_are_it_asks_once(booked: Booked, django_assert_num_queries: Any) -> None:
    seats = [booked(hours) for hours in range(6)]

    with django_assert_num_queries(1):
        in_turn(seats, at=TEN)
