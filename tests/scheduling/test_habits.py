"""What a client usually comes for is suggested the next time, as far as one may know it."""

from datetime import timedelta

from holdspace.scheduling.habits import Habit, habits_of
from tests import cast


def test_the_latest_appointment_is_the_habit(osei_person, front_desk_person, willow, rosa, ten):
    novak = cast.person(willow, "Dr Eva Novak", ["clinician"]).clinician
    assert novak
    cast.appointment(osei_person.clinician, rosa, starts_at=ten - timedelta(days=7))
    cast.appointment(novak, rosa, starts_at=ten, contact_type="phone")

    found = habits_of(front_desk_person.actor, [rosa.pk])

    assert found == {rosa.pk: Habit(novak.pk, cast.type_of(willow).pk, "phone")}


def test_what_was_called_off_is_no_habit(osei_person, front_desk_person, rosa, ten):
    cast.appointment(osei_person.clinician, rosa, starts_at=ten, status="cancelled")

    assert habits_of(front_desk_person.actor, [rosa.pk]) == {}


def test_a_colleagues_calendar_tells_nobody_who_may_not_see_it(osei_person, willow, rosa, ten):
    novak = cast.person(willow, "Dr Eva Novak", ["clinician"])
    cast.appointment(osei_person.clinician, rosa, starts_at=ten)

    assert habits_of(novak.actor, [rosa.pk]) == {}


def test_many_clients_are_one_question(
    osei_person, front_desk_person, willow, rosa, ten, django_assert_num_queries
):
    theo = cast.client_of(willow, "Theo", "King")
    for client, hour in ((rosa, 0), (theo, 1), (rosa, 2)):
        cast.appointment(osei_person.clinician, client, starts_at=ten + timedelta(hours=hour))

    actor = front_desk_person.actor
    with django_assert_num_queries(1):
        assert len(habits_of(actor, [rosa.pk, theo.pk])) == 2
