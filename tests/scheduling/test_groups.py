"""The roster of a group: seats of their own, a last place taken once, from one day on or for one."""

from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from holdspace.audit.models import Entry
from holdspace.clients.models import Client
from holdspace.practices.models import Practice
from holdspace.scheduling import actions, recurrence, refusals
from holdspace.scheduling.models import Appointment, Hold
from holdspace.scheduling.plans import plan_of
from holdspace.scheduling.recurrence import Repeat
from tests import cast
from tests.cast import TEN

migration = import_module("holdspace.scheduling.migrations.0008_places_of_couples_and_families")


@pytest.fixture
def members(willow: Practice) -> list[Client]:
    names = ("Ana Bell", "Ben Cole", "Cleo Dorn", "Dan Eck")
    return [cast.client_of(willow, *name.split()) for name in names]


@pytest.fixture
def group(
    plan: Any, willow: Practice, osei_person: Any, novak_person: Any, members: list[Client]
) -> Appointment:
    kind = cast.type_of(willow, "Grief group", is_group=True, places=3)
    both = (osei_person.clinician, novak_person.clinician)
    agreed = plan(TEN + timedelta(days=7), type=kind, clinicians=both)
    return actions.book(plan=agreed, clients=members[:2], actor=cast.system(willow), at=TEN)


def test_every_member_has_a_seat_and_everyone_who_leads_is_held(group: Appointment) -> None:
    assert group.seats.count() == 2
    assert len({seat.link_handle for seat in group.seats.all()}) == 2
    assert Hold.objects.filter(appointment=group).count() == 2


def test_a_new_member_joins_and_the_last_place_is_given_once(
    group: Appointment, members: list[Client], willow: Practice
) -> None:
    system = cast.system(willow)
    seat = actions.join(appointment=group, client=members[2], actor=system, at=TEN)

    assert seat.status == "scheduled"
    with pytest.raises(refusals.GroupFull):
        actions.join(appointment=group, client=members[3], actor=system, at=TEN)
    with pytest.raises(refusals.AlreadyInGroup):
        actions.join(appointment=group, client=members[2], actor=system, at=TEN)


def test_whoever_leaves_frees_a_place_and_may_come_back(
    group: Appointment, members: list[Client], willow: Practice
) -> None:
    system = cast.system(willow)
    first = group.seats.get(client=members[0])

    actions.leave(seat=first, actor=system, at=TEN)
    assert Hold.objects.filter(appointment=group).count() == 2
    assert actions.join(appointment=group, client=members[0], actor=system, at=TEN).pk == first.pk


def test_only_a_group_has_a_roster(plan: Any, willow: Practice, members: list[Client]) -> None:
    system = cast.system(willow)
    single = actions.book(plan=plan(TEN + timedelta(days=9)), clients=members[:1], actor=system, at=TEN)

    with pytest.raises(refusals.NotAGroup):
        actions.join(appointment=single, client=members[1], actor=system, at=TEN)


def test_a_member_from_one_day_on_is_in_every_later_meeting(
    plan: Any, willow: Practice, members: list[Client]
) -> None:
    system = cast.system(willow)
    kind = cast.type_of(willow, "Grief group", is_group=True, places=8)
    series = actions.book_series(
        plan=plan(TEN + timedelta(days=7), type=kind),
        repeat=Repeat(recurrence.weekly(TEN + timedelta(days=7)), times=4),
        clients=members[:2],
        actor=system,
        at=TEN,
    )
    second = Appointment.objects.filter(occurrence__series=series).order_by("starts_at")[1]

    seat = actions.join(appointment=second, client=members[2], actor=system, at=TEN, from_now_on=True)
    counts = [one.seats.count() for one in Appointment.objects.order_by("starts_at")]
    assert counts == [2, 3, 3, 3]

    actions.leave(seat=seat, actor=system, at=TEN, from_now_on=True)
    standing = [
        sum(seat.stands for seat in one.seats.all()) for one in Appointment.objects.order_by("starts_at")
    ]
    assert standing == [2, 2, 2, 2]
    assert series.clients.count() == 2


@pytest.mark.parametrize(
    ("name", "facts", "places"),
    [
        ("Couples", {"places": 1}, 2),
        ("Family", {"places": 1}, 6),
        ("Couples", {"places": 4}, 4),
        ("Family", {"places": 1, "is_group": True}, 1),
        ("Individual", {"places": 1}, 1),
    ],
)
def test_couples_and_families_get_places_where_nobody_said_otherwise(
    willow: Practice, name: str, facts: dict[str, Any], places: int
) -> None:
    kind = cast.type_of(willow, name, **facts)

    migration.give_places(apps, connection.schema_editor())

    kind.refresh_from_db()
    assert kind.places == places


def test_more_than_there_are_places_for_are_not_booked(
    plan: Any, willow: Practice, members: list[Client]
) -> None:
    couple = plan(TEN + timedelta(days=7), type=cast.type_of(willow, "Couples", places=2))

    with pytest.raises(refusals.TooManyClients) as no:
        actions.book(plan=couple, clients=members[:3], actor=cast.system(willow), at=TEN)
    assert "Couples is for 2 clients at most" in str(no.value.sentence)
    assert not Appointment.objects.exists()


def test_a_type_with_fewer_places_is_refused_while_more_are_in_it(
    plan: Any, group: Appointment, willow: Practice
) -> None:
    single = plan(TEN + timedelta(days=7))

    with pytest.raises(refusals.TooManyClients):
        actions.edit(appointment=group, plan=single, version=1, actor=cast.system(willow), at=TEN)
    group.refresh_from_db()
    assert group.type.name == "Grief group"


def test_whoever_comes_in_and_goes_out_twice_does_so_once(
    group: Appointment, members: list[Client], willow: Practice
) -> None:
    said: dict[str, Any] = {
        "appointment": group,
        "plan": plan_of(group),
        "actor": cast.system(willow),
        "at": TEN,
    }
    for _press in range(2):
        actions.edit(version=1, joining=[members[2]], leaving=[members[0]], **said)

    assert sorted(one.client.first_name for one in group.seats.all() if one.stands) == ["Ben", "Cleo"]
    assert Entry.objects.filter(what="scheduling.seat.joined").count() == 1
    assert Hold.objects.filter(appointment=group).count() == 2


def test_nobody_may_be_taken_out_who_is_the_last(
    group: Appointment, members: list[Client], willow: Practice
) -> None:
    with pytest.raises(refusals.NobodyBooked):
        actions.edit(
            appointment=group,
            plan=plan_of(group),
            version=1,
            leaving=members[:2],
            actor=cast.system(willow),
            at=TEN,
        )
    assert sum(seat.stands for seat in group.seats.all()) == 2


def test_the_last_place_is_not_given_twice_by_editing(
    group: Appointment, members: list[Client], willow: Practice
) -> None:
    with pytest.raises(refusals.TooManyClients):
        actions.edit(
            appointment=group,
            plan=plan_of(group),
            version=1,
            joining=members[2:],
            actor=cast.system(willow),
            at=TEN,
        )
    assert group.seats.count() == 2
