"""One form for one, two, or a group: several clients, several who lead, nothing typed is lost."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from holdspace.clients.models import Client
from holdspace.practices.models import Practice
from holdspace.scheduling.models import Appointment, AppointmentType, Hold, Seat
from tests import cast

pytestmark = pytest.mark.usefixtures("at_ten")

NEW = reverse("desk:appointment_new")
# Four o'clock in New York on a Thursday.
FOUR = datetime(2027, 11, 18, 21, tzinfo=UTC)


@pytest.fixture
def desk(signed_in: Any, front_desk_person: cast.Person) -> Any:
    return signed_in(front_desk_person)


@pytest.fixture
def novak_person(willow: Practice) -> cast.Person:
    return cast.person(willow, "Dr Eva Novak", ["clinician"])


@pytest.fixture
def couples(willow: Practice) -> AppointmentType:
    return cast.type_of(willow, "Couples", places=2)


@pytest.fixture
def theo(willow: Practice) -> Client:
    return cast.client_of(willow, "Theo", "King", phone="+13125550120")


@pytest.fixture
def typed(osei_person: cast.Person, couples: AppointmentType, rosa: Client, theo: Client) -> dict[str, Any]:
    """What somebody types to book Rosa and Theo as a couple with Dr Osei."""
    assert osei_person.clinician
    return {
        "client": [str(rosa.pk), str(theo.pk)],
        "client_text": "",
        "clinician": str(osei_person.clinician.pk),
        "type": str(couples.pk),
        "contact_type": "telehealth",
        "date": "2027-11-18",
        "start": "16:00",
        "minutes": "50",
        "zone": "America/New_York",
        "notes": "bring the form",
    }


def names(appointment: Appointment) -> list[str]:
    return sorted(seat.client.first_name for seat in appointment.seats.all() if seat.stands)


def edit_of(appointment: Appointment) -> str:
    seat = appointment.seats.first()
    assert seat
    return reverse("desk:appointment_edit", args=[seat.pk])


# ---- who comes -----------------------------------------------------------------------------------


def test_a_couple_is_booked_in_one_go_each_with_a_seat_of_their_own(desk: Any, typed: dict[str, Any]) -> None:
    assert desk.post(NEW, typed).status_code == 302

    made = Appointment.objects.get()
    assert names(made) == ["Rosa", "Theo"]
    assert len({seat.link_handle for seat in made.seats.all()}) == 2


def test_more_than_the_type_has_places_for_is_refused_and_everybody_stays_on_the_form(
    desk: Any, typed: dict[str, Any], willow: Practice
) -> None:
    june = cast.client_of(willow, "June", "Abara")

    answer = desk.post(NEW, typed | {"client": [*typed["client"], str(june.pk)]})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Couples is for 2 clients at most" in page
    for said in ("Rosa Marin", "Theo King", "June Abara", "bring the form"):
        assert said in page
    assert not Appointment.objects.exists()


def test_the_last_name_may_be_typed_and_not_chosen(
    desk: Any, typed: dict[str, Any], rosa: Client, theo: Client
) -> None:
    desk.post(NEW, typed | {"client": [str(rosa.pk)], "client_text": "theo ki"})

    assert names(Appointment.objects.get()) == ["Rosa", "Theo"]


def test_without_script_find_adds_and_a_chip_is_taken_out_by_its_button(
    desk: Any, typed: dict[str, Any], rosa: Client, theo: Client
) -> None:
    found = desk.post(NEW, typed | {"client": [str(rosa.pk)], "client_text": "theo ki", "do": "look"})
    assert f'name="client" value="{theo.pk}"' in found.content.decode()

    out = desk.post(NEW, typed | {"drop": str(rosa.pk)})
    assert out.status_code == 200
    assert f'name="client" value="{rosa.pk}"' not in out.content.decode()
    assert f'name="client" value="{theo.pk}"' in out.content.decode()
    assert not Appointment.objects.exists()


def test_somebody_new_may_be_one_of_several(desk: Any, typed: dict[str, Any], rosa: Client) -> None:
    new = {"first_name": "Ida", "last_name": "Falk", "client": [str(rosa.pk)]}

    assert desk.post(NEW, typed | new).status_code == 302

    assert names(Appointment.objects.get()) == ["Ida", "Rosa"]


def test_a_refused_time_adds_nobody_new_and_keeps_what_was_typed(
    desk: Any, typed: dict[str, Any], osei_person: cast.Person, rosa: Client
) -> None:
    assert osei_person.clinician
    cast.appointment(osei_person.clinician, rosa, starts_at=FOUR)

    answer = desk.post(NEW, typed | {"client": [str(rosa.pk)], "first_name": "Ida", "last_name": "Falk"})

    assert answer.status_code == 409
    assert 'value="Ida"' in answer.content.decode()
    assert not Client.objects.filter(last_name="Falk").exists()


def test_every_clients_clash_is_named_before_saving(
    desk: Any, typed: dict[str, Any], novak_person: cast.Person, rosa: Client, theo: Client
) -> None:
    agreed = cast.appointment(clinician_of(novak_person), rosa, starts_at=FOUR)
    Seat.objects.create(
        practice=agreed.practice,
        appointment=agreed.appointment,
        client=theo,
        status="scheduled",
        client_time_zone="UTC",
    )

    answer = desk.post(NEW, typed)

    page = answer.content.decode()
    assert "Rosa M. is booked then" in page
    assert "Theo K. is booked then" in page
    assert desk.post(NEW, typed | {"anyway": "on"}).status_code == 302


def clinician_of(person: cast.Person) -> Any:
    assert person.clinician
    return person.clinician


def test_next_free_is_free_for_every_client_and_everyone_who_leads(
    desk: Any,
    typed: dict[str, Any],
    willow: Practice,
    novak_person: cast.Person,
    osei_person: cast.Person,
    theo: Client,
) -> None:
    """At four Theo is elsewhere, at five Dr Novak isn't free."""
    lind = cast.person(willow, "Dr Bo Lind", ["clinician"])
    cast.appointment(clinician_of(lind), theo, starts_at=FOUR.replace(hour=20))
    june = cast.client_of(willow, "June", "Abara")
    cast.appointment(clinician_of(novak_person), june, starts_at=FOUR)

    both = typed | {"clinician_2": str(clinician_of(novak_person).pk), "start": "15:00", "do": "free"}
    page = desk.post(NEW, both).content.decode()

    assert 'value="2027-11-18T15:00|"' not in page
    assert 'value="2027-11-18T16:00|"' not in page
    assert 'value="2027-11-18T17:00|"' in page


def test_a_series_of_a_couple_seats_both_every_time(desk: Any, typed: dict[str, Any]) -> None:
    desk.post(NEW, typed | {"interval": "1", "ends": "times", "times": "3"})

    assert [names(one) for one in Appointment.objects.all()] == [["Rosa", "Theo"]] * 3


# ---- who leads -----------------------------------------------------------------------------------


def test_another_clinician_is_asked_for_without_losing_a_word(
    desk: Any, typed: dict[str, Any], novak_person: Any
) -> None:
    page = desk.post(NEW, typed | {"do": "lead"}).content.decode()

    assert 'name="clinician_2"' in page
    assert "bring the form" in page
    assert not Appointment.objects.exists()


def test_everyone_who_leads_is_held_and_whoever_is_busy_is_named(
    desk: Any, typed: dict[str, Any], novak_person: cast.Person, willow: Practice
) -> None:
    led = typed | {"clinician_2": str(clinician_of(novak_person).pk)}
    desk.post(NEW, led)
    assert Hold.objects.count() == 2

    june = cast.client_of(willow, "June", "Abara")
    again = desk.post(NEW, led | {"client": [str(june.pk)]})

    page = again.content.decode()
    assert again.status_code == 409
    assert "Dr Ama Osei is already booked then" in page
    assert "Dr Eva Novak is already booked then" in page


def test_a_clinician_asks_a_colleague_along_but_books_nothing_without_themselves(
    signed_in: Any, typed: dict[str, Any], osei_person: cast.Person, novak_person: cast.Person
) -> None:
    novak = str(clinician_of(novak_person).pk)
    browser = signed_in(osei_person)

    assert browser.post(NEW, typed | {"clinician": novak}).status_code == 422
    assert browser.post(NEW, typed | {"clinician_2": novak}).status_code == 302
    assert Appointment.objects.get().clinicians.count() == 2


def test_another_practices_clinician_cannot_be_asked_along(
    desk: Any, typed: dict[str, Any], birch_person: cast.Person
) -> None:
    assert desk.post(NEW, typed | {"clinician_2": str(clinician_of(birch_person).pk)}).status_code == 422


# ---- edit ----------------------------------------------------------------------------------------


@pytest.fixture
def booked(desk: Any, typed: dict[str, Any]) -> Appointment:
    desk.post(NEW, typed)
    return Appointment.objects.get()


def test_edit_shows_everybody_and_takes_one_in_and_one_out(
    desk: Any, typed: dict[str, Any], booked: Appointment, rosa: Client, theo: Client, willow: Practice
) -> None:
    june = cast.client_of(willow, "June", "Abara")
    page = desk.get(edit_of(booked)).content.decode()
    assert "Rosa Marin" in page
    assert "Theo King" in page

    was = [str(rosa.pk), str(theo.pk)]
    said = typed | {"was": was, "client": [str(rosa.pk), str(june.pk)], "version": "1"}
    assert desk.post(edit_of(booked), said).status_code == 302

    assert names(booked) == ["June", "Rosa"]
    assert booked.seats.get(client=theo).status == "cancelled"
    assert Hold.objects.filter(appointment=booked).count() == 1


def test_somebody_new_joins_an_appointment_that_is_there(
    desk: Any, typed: dict[str, Any], booked: Appointment, rosa: Client, theo: Client
) -> None:
    family = cast.type_of(booked.practice, "Family", places=6)
    was = [str(rosa.pk), str(theo.pk)]
    new = {"first_name": "Ida", "last_name": "Falk", "type": str(family.pk), "version": "1"}

    assert desk.post(edit_of(booked), typed | new | {"was": was}).status_code == 302

    assert names(booked) == ["Ida", "Rosa", "Theo"]


def test_nobody_left_is_refused(
    desk: Any, typed: dict[str, Any], booked: Appointment, rosa: Client, theo: Client
) -> None:
    was = [str(rosa.pk), str(theo.pk)]

    answer = desk.post(edit_of(booked), typed | {"was": was, "client": [], "version": "1"})

    assert answer.status_code == 422
    assert names(booked) == ["Rosa", "Theo"]


def test_two_who_edit_at_once_do_not_undo_each_other(
    desk: Any, typed: dict[str, Any], booked: Appointment, rosa: Client, theo: Client, willow: Practice
) -> None:
    """Both opened the form with two in it: the first takes Theo out, the second writes a note."""
    was = [str(rosa.pk), str(theo.pk)]
    desk.post(edit_of(booked), typed | {"was": was, "client": [str(rosa.pk)], "version": "1"})

    desk.post(edit_of(booked), typed | {"was": was, "client": was, "version": "1", "notes": "ramp needed"})

    assert names(booked) == ["Rosa"]


def test_a_joined_clients_clash_is_named_though_the_time_stays(
    desk: Any,
    typed: dict[str, Any],
    booked: Appointment,
    rosa: Client,
    theo: Client,
    novak_person: cast.Person,
    willow: Practice,
) -> None:
    june = cast.client_of(willow, "June", "Abara")
    cast.appointment(clinician_of(novak_person), june, starts_at=FOUR)
    was = [str(rosa.pk), str(theo.pk)]

    answer = desk.post(
        edit_of(booked), typed | {"was": was, "client": [str(rosa.pk), str(june.pk)], "version": "1"}
    )

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "June A. is booked then" in page
    assert "Rosa M. is booked then" not in page


def test_leaders_are_added_and_taken_away_by_whoever_may_book_for_them(
    desk: Any,
    signed_in: Any,
    typed: dict[str, Any],
    booked: Appointment,
    novak_person: cast.Person,
    osei_person: cast.Person,
) -> None:
    osei, novak = clinician_of(osei_person), clinician_of(novak_person)
    desk.post(edit_of(booked), typed | {"clinician_2": str(novak.pk), "version": "1"})
    assert set(booked.clinicians.all()) == {osei, novak}

    # Dr Novak leads now, so Dr Novak may change it, but not leave it to a colleague alone.
    theirs = signed_in(novak_person)
    assert theirs.post(edit_of(booked), typed | {"version": "2"}).status_code == 409
    assert (
        theirs.post(edit_of(booked), typed | {"clinician": str(novak.pk), "version": "2"}).status_code == 302
    )
    assert list(booked.clinicians.all()) == [novak]
    assert Hold.objects.get().clinician == novak


def test_from_one_day_on_a_family_grows_and_everything_before_stays(
    desk: Any, typed: dict[str, Any], rosa: Client, theo: Client, willow: Practice
) -> None:
    family = cast.type_of(willow, "Family", places=6)
    june = cast.client_of(willow, "June", "Abara")
    desk.post(NEW, typed | {"type": str(family.pk), "interval": "1", "ends": "times", "times": "3"})
    second = Appointment.objects.order_by("starts_at")[1]
    was = [str(rosa.pk), str(theo.pk)]
    said = typed | {
        "type": str(family.pk),
        "was": was,
        "client": [*was, str(june.pk)],
        "date": "2027-11-25",
        "version": "1",
        "scope": "following",
    }

    answer = desk.post(edit_of(second), said | {"day-2027-11-25": "anyway"})

    assert answer.status_code == 302, answer.content.decode()
    both, three = ["Rosa", "Theo"], ["June", "Rosa", "Theo"]
    assert [names(one) for one in Appointment.objects.order_by("starts_at")] == [both, three, three]
    assert sorted(names_of_series(second)) == three


def names_of_series(appointment: Appointment) -> list[str]:
    fresh = Appointment.objects.get(pk=appointment.pk)
    return [client.first_name for client in fresh.occurrence.series.clients.all()]


def test_the_form_costs_the_same_however_many_are_chosen(
    desk: Any, typed: dict[str, Any], willow: Practice, django_assert_num_queries: Any
) -> None:
    group = cast.type_of(willow, "Grief group", is_group=True, places=8)
    many = [str(cast.client_of(willow, f"Ana{n}", "Bell", phone="").pk) for n in range(8)]
    said = typed | {"type": str(group.pk), "do": "lead"}
    desk.post(NEW, said)
    with CaptureQueriesContext(connection) as one:
        desk.post(NEW, said | {"client": many[:1]})

    with django_assert_num_queries(len(one)):
        # Eight, and the empty one that the script copies.
        assert desk.post(NEW, said | {"client": many}).content.decode().count('class="hs-chip"') == 9
