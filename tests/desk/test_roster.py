"""A group's roster on the desk: in, out, full, and nobody else's business."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from holdspace.practices.models import Practice
from holdspace.scheduling import actions
from holdspace.scheduling.models import Seat
from holdspace.scheduling.plans import Plan
from holdspace.telehealth.actions import open_for
from holdspace.telehealth.models import Presence
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


def test_the_roster_sets_a_members_status_and_stays(desk: Any, anas_seat: Seat) -> None:
    address = reverse("desk:roster", args=[anas_seat.pk])
    said = {"status": "confirmed", "back": "roster"}

    answer = desk.post(reverse("desk:appointment_status", args=[anas_seat.pk]), said)

    assert answer["Location"] == address
    assert '<option value="confirmed" selected>' in desk.get(address).content.decode()


def test_the_roster_says_who_was_there_and_how_long(
    desk: Any, anas_seat: Seat, osei_person: cast.Person
) -> None:
    session = open_for(appointment=anas_seat.appointment, actor=osei_person.actor, at=STARTS)
    place = session.participants.get(seat=anas_seat)
    for minutes in (0, 30):
        begins = STARTS + timedelta(minutes=minutes)
        Presence.objects.create(
            practice=anas_seat.practice,
            participant=place,
            from_at=begins,
            to_at=begins + timedelta(minutes=20),
        )

    assert "There for 40 minutes" in desk.get(reverse("desk:roster", args=[anas_seat.pk])).content.decode()


def test_a_couple_has_a_roster_too_and_each_is_a_click_from_the_other(
    desk: Any, willow: Practice, osei_person: cast.Person
) -> None:
    kind = cast.type_of(willow, "Couples", places=2)
    assert osei_person.clinician
    ends = STARTS + timedelta(hours=1)
    plan = Plan(kind, "phone", (osei_person.clinician,), STARTS, ends, "America/New_York")
    two = [cast.client_of(willow, "Ana", "Bell"), cast.client_of(willow, "Ben", "Cole")]
    made = actions.book(plan=plan, clients=two, actor=cast.system(willow), at=cast.TEN)
    anas, bens = (made.seats.get(client=one) for one in two)

    page = desk.get(reverse("desk:appointment", args=[anas.pk])).content.decode()

    assert "Together with" in page
    assert reverse("desk:appointment", args=[bens.pk]) in page
    assert "2 of 2 places taken" in page


def test_the_roster_costs_the_same_however_many_are_in_it(
    desk: Any, willow: Practice, anas_seat: Seat, django_assert_num_queries: Any
) -> None:
    kind = anas_seat.appointment.type
    kind.places = 12
    kind.save()
    address = reverse("desk:roster", args=[anas_seat.pk])
    desk.get(address)
    with CaptureQueriesContext(connection) as alone:
        desk.get(address)
    for number in range(9):
        client = cast.client_of(willow, f"Ben{number}", "Cole")
        actions.join(appointment=anas_seat.appointment, client=client, actor=cast.system(willow), at=cast.TEN)

    with django_assert_num_queries(len(alone)):
        assert desk.get(address).content.decode().count("Set the status of") == 10
