"""Booking: a time is agreed, or refused with a sentence and nothing saved."""

from datetime import timedelta

import pytest

from holdspace.audit.models import Entry
from holdspace.kit.actor import System
from holdspace.scheduling import actions, refusals
from holdspace.scheduling.models import Appointment, Hold
from tests import cast


def test_booking_makes_an_appointment_with_a_seat_and_takes_the_time(plan, rosa, front_desk, ten):
    made = actions.book(plan=plan(), clients=[rosa], actor=front_desk, at=ten)

    seat, hold = made.seats.get(), made.holds.get()
    assert (seat.client, seat.status, seat.client_time_zone) == (rosa, "scheduled", "America/Chicago")
    assert (hold.starts_at, hold.ends_at) == (ten, ten + timedelta(minutes=50))
    assert (made.created_by, made.version) == (front_desk.id, 1)


def test_the_trail_says_who_booked_what_but_not_for_whom(plan, rosa, front_desk, ten):
    made = actions.book(plan=plan(notes="bring the form"), clients=[rosa], actor=front_desk, at=ten)

    entry = Entry.objects.get(what="scheduling.appointment.booked")
    assert (entry.subject_id, entry.actor_name) == (made.pk, "Bea Lind")
    assert "Rosa" not in str(entry.detail)
    assert "bring the form" not in str(entry.detail)


def test_a_clinician_is_never_booked_twice_and_the_refusal_says_when_by_whom_and_what_is_free(
    plan, rosa, front_desk, willow, ten
):
    actions.book(plan=plan(), clients=[rosa], actor=front_desk, at=ten)
    theo = cast.client_of(willow, "Theo", "King")

    with pytest.raises(refusals.ClinicianBusy) as no:
        actions.book(
            plan=plan(ten + timedelta(minutes=30)), clients=[theo], actor=front_desk, at=ten, anyway=True
        )

    assert "Dr Ama Osei" in str(no.value.sentence)
    assert "10:00 – 10:50 AM Eastern, by Bea Lind" in str(no.value.sentence)
    assert no.value.free[0] == ten + timedelta(minutes=60)
    assert Appointment.objects.count() == 1


def test_ten_to_eleven_and_eleven_to_twelve_touch_without_overlapping(plan, rosa, front_desk, ten):
    for hours in (0, 1, -1):
        hour = plan(ten + timedelta(hours=hours), 60)
        actions.book(plan=hour, clients=[rosa], actor=front_desk, at=ten - timedelta(days=1))

    assert Hold.objects.count() == 3


def test_a_clash_of_the_clients_is_shown_with_the_other_appointment_and_can_be_overruled(
    plan, rosa, front_desk, novak_person, ten
):
    actions.book(plan=plan(), clients=[rosa], actor=front_desk, at=ten)
    with_novak = plan(clinicians=(novak_person.clinician,))

    with pytest.raises(refusals.ClientBusy) as no:
        actions.book(plan=with_novak, clients=[rosa], actor=front_desk, at=ten)
    assert "Rosa M." in str(no.value.sentence)
    assert no.value.free == [ten + timedelta(hours=1), ten + timedelta(hours=22)]
    assert Appointment.objects.count() == 1

    actions.book(plan=with_novak, clients=[rosa], actor=front_desk, at=ten, anyway=True)
    assert Appointment.objects.count() == 2


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"minutes": 0}, refusals.EndBeforeStart),
        ({"minutes": -50}, refusals.EndBeforeStart),
        ({"minutes": 25 * 60}, refusals.TooLong),
        ({"notes": "a" * 1_000_000}, refusals.TextTooLong),
        ({"clinicians": ()}, refusals.NobodyBooked),
        ({"contact_type": "carrier pigeon"}, refusals.ContactTypeNotOffered),
    ],
)
def test_what_no_calendar_could_hold_is_refused(plan, rosa, front_desk, ten, facts, refusal):
    with pytest.raises(refusal):
        actions.book(plan=plan(**facts), clients=[rosa], actor=front_desk, at=ten)

    assert not Appointment.objects.exists()


def test_a_type_is_booked_only_the_ways_it_is_offered(plan, rosa, front_desk, willow, ten):
    in_person = cast.type_of(willow, "Testing", contact_types=["in_person"])

    with pytest.raises(refusals.ContactTypeNotOffered):
        actions.book(plan=plan(type=in_person), clients=[rosa], actor=front_desk, at=ten)


def test_a_clinician_books_in_their_own_calendar_only(plan, rosa, osei, novak_person, ten):
    actions.book(plan=plan(), clients=[rosa], actor=osei, at=ten)

    with pytest.raises(refusals.NotYourCalendar):
        actions.book(plan=plan(clinicians=(novak_person.clinician,)), clients=[rosa], actor=osei, at=ten)


def test_the_owner_sees_every_calendar_and_books_in_none(plan, rosa, owner, ten):
    with pytest.raises(refusals.NotYourCalendar):
        actions.book(plan=plan(), clients=[rosa], actor=owner, at=ten)


def test_something_only_asked_for_takes_no_time(plan, rosa, willow, ten):
    actions.book(plan=plan(), clients=[rosa], actor=System(willow.pk), at=ten, status="requested")

    assert not Hold.objects.exists()


def test_a_group_has_a_seat_a_member_and_holds_every_clinician_who_leads_it(
    plan, rosa, willow, front_desk, osei_person, novak_person, ten
):
    theo = cast.client_of(willow, "Theo", "King", phone="+13125550119")
    group = cast.type_of(willow, "Grief group", is_group=True, places=8)
    both = (osei_person.clinician, novak_person.clinician)

    made = actions.book(
        plan=plan(type=group, clinicians=both), clients=[rosa, theo], actor=front_desk, at=ten
    )

    assert made.seats.count() == 2
    assert made.holds.count() == 2
    with pytest.raises(refusals.ClinicianBusy):
        actions.book(plan=plan(clinicians=(both[1],)), clients=[theo], actor=front_desk, at=ten, anyway=True)
