"""A group's roster on the desk: in, out, full, and nobody else's business."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from holdspace.practices.models import Practice
from holdspace.scheduling import actions
from holdspace.scheduling.models import Seat
from holdspace.scheduling.plans import Plan
from tests import cast

STARTS = datetime(2027, 11, 18, 21, tzinfo=UTC)


@pytest.fixture
def anas_seat(willow: Practice, osei_person: cast.Person) -> Seat:
    kind = cast.type_of(willow, "Grief group", is_group=True, places=2)
    assert osei_person.clinician
    plan = Plan(
        kind, "telehealth", (osei_person.clinician,), STARTS, STARTS + timedelta(hours=1), "America/New_York"
    )
    ana = cast.client_of(willow, "Ana", "Bell")
    made = actions.book(plan=plan, clients=[ana], actor=cast.system(willow), at=cast.TEN)
    return made.seats.get()


@pytest.fixture
def desk(signed_in: Any, front_desk_person: cast.Person) -> Any:
    return signed_in(front_desk_person)


def test_a_member_is_found_by_name_and_gets_a_seat(desk: Any, anas_seat: Seat, willow: Practice) -> None:
    cast.client_of(willow, "Ben", "Cole")
    address = reverse("desk:roster", args=[anas_seat.pk])

    answer = desk.post(address, {"client_text": "Ben Cole"})

    assert answer.status_code == 302
    page = desk.get(address).content.decode()
    assert "2 of 2" in page
    assert "Ben C." in page


def test_the_last_place_is_taken_once_and_what_was_typed_stays(
    desk: Any, anas_seat: Seat, willow: Practice
) -> None:
    for name in ("Ben Cole", "Cleo Dorn"):
        cast.client_of(willow, *name.split())
        answer = desk.post(reverse("desk:roster", args=[anas_seat.pk]), {"client_text": name})

    assert answer.status_code == 409
    assert "Every place in this group is taken" in answer.content.decode()
    assert "Cleo Dorn" in answer.content.decode()


def test_taken_out_the_place_is_free_again(desk: Any, anas_seat: Seat) -> None:
    desk.post(reverse("desk:take_out", args=[anas_seat.pk]))

    assert "0 of 2" in desk.get(reverse("desk:roster", args=[anas_seat.pk])).content.decode()


def test_whoever_only_looks_adds_nobody(
    signed_in: Any, anas_seat: Seat, willow: Practice, birch_person: cast.Person
) -> None:
    address = reverse("desk:roster", args=[anas_seat.pk])

    assert signed_in(birch_person).get(address).status_code == 404
