"""A couple, a family and a group in the calendar: one tile, in the column of each who leads."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from holdspace.practices.models import Practice
from holdspace.scheduling import actions
from holdspace.scheduling.models import Appointment
from holdspace.scheduling.plans import Plan
from tests import cast

FEED = reverse("desk:feed")
DAY = "2026-11-18"


@pytest.fixture
def novak_person(willow: Practice) -> cast.Person:
    return cast.person(willow, "Dr Eva Novak", ["clinician"])


@pytest.fixture
def booked(willow: Practice, osei_person: cast.Person, novak_person: cast.Person) -> Any:
    """Books so many clients for ten o'clock, by a type with so many places; both lead."""

    def make(many: int, starts_at: datetime = cast.TEN, **kind: Any) -> Appointment:
        named = cast.type_of(willow, "Grief work", **kind)
        assert osei_person.clinician
        assert novak_person.clinician
        leads = (osei_person.clinician, novak_person.clinician)
        plan = Plan(named, "telehealth", leads, starts_at, starts_at + timedelta(minutes=90), "UTC")
        clients = [cast.client_of(willow, first, "Bell") for first in ("Ana", "Ben", "Cleo", "Dan")[:many]]
        return actions.book(plan=plan, clients=clients, actor=cast.system(willow), at=cast.TEN, anyway=True)

    return make


def tile_of(browser: Any, **said: str) -> dict[str, Any]:
    (event,) = browser.get(FEED, {"date": DAY, **said}).json()["events"]
    found: dict[str, Any] = event
    return found


@pytest.mark.parametrize(
    ("many", "kind", "says"),
    [
        (2, {"places": 2}, ">Ana B. · Ben B.<"),
        (4, {"places": 6}, ">Ana B. and 3 more<"),
        (3, {"places": 8, "is_group": True}, ">Group, 3 of 8<"),
    ],
)
def test_a_tile_says_who_comes_or_how_many(
    signed_in: Any, osei_person: cast.Person, booked: Any, many: int, kind: dict[str, Any], says: str
) -> None:
    booked(many, **kind)

    assert says in tile_of(signed_in(osei_person))["extendedProps"]["html"]


def test_whoever_was_taken_out_is_neither_named_nor_counted(
    signed_in: Any, osei_person: cast.Person, booked: Any, willow: Practice
) -> None:
    made = booked(2, places=2)
    actions.leave(seat=made.seats.get(client__first_name="Ana"), actor=cast.system(willow), at=cast.TEN)

    html = tile_of(signed_in(osei_person))["extendedProps"]["html"]

    assert ">Ben B.<" in html
    assert "Ana" not in html
    assert "1 of 2" in html


def test_side_by_side_it_stands_once_in_the_column_of_each_who_leads(
    signed_in: Any, front_desk_person: cast.Person, booked: Any
) -> None:
    made = booked(3, places=8, is_group=True)

    event = tile_of(signed_in(front_desk_person), view="clinicians")

    assert set(event["resourceIds"]) == {str(one.pk) for one in made.clinicians.all()}
    assert "Group, 3 of 8" in event["extendedProps"]["html"]


def test_a_practice_that_wants_initials_shows_no_more_of_a_couple(
    signed_in: Any, osei_person: cast.Person, booked: Any, willow: Practice
) -> None:
    willow.initials_only = True
    willow.save()
    booked(2, places=2)

    assert ">AB · BB<" in tile_of(signed_in(osei_person))["extendedProps"]["html"]


@pytest.mark.parametrize(
    ("many", "leads_alone", "said"), [(4, True, True), (3, True, False), (3, False, True)]
)
def test_the_start_screen_says_when_more_are_to_meet_than_the_room_shows(
    signed_in: Any, osei_person: cast.Person, booked: Any, many: int, leads_alone: bool, said: bool
) -> None:
    made = booked(many, places=6)
    if leads_alone:
        made.clinicians.set([osei_person.clinician])
    seat = made.seats.first()

    page = signed_in(osei_person).get(reverse("desk:start", args=[seat.pk])).content.decode()

    assert ("the video room holds four" in page) is said
