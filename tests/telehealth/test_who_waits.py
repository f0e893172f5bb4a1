"""Who still waits, once the appointment changed under them."""

import pytest

from holdspace.kit.actor import Member
from holdspace.scheduling.models import Seat
from holdspace.telehealth import queries
from holdspace.telehealth.models import Participant


def everywhere(osei: Member, seat: Seat) -> list[bool]:
    """Whether the room, the boards and the seat's own details say that this client waits."""
    return [
        bool(queries.waiting(osei)),
        seat.pk in queries.waiting_seats(seat.practice_id),
        queries.waiting_in(seat) is not None,
    ]


def test_one_who_knocked_waits(osei: Member, rosas_seat: Seat, rosa_waits: Participant) -> None:
    assert everywhere(osei, rosas_seat) == [True, True, True]


@pytest.mark.parametrize("way", ["phone", "in_person"])
def test_nobody_waits_for_a_meeting_that_is_held_another_way(
    osei: Member, rosas_seat: Seat, rosa_waits: Participant, way: str
) -> None:
    appointment = rosas_seat.appointment
    appointment.contact_type = way
    appointment.save(update_fields=["contact_type"])

    assert everywhere(osei, rosas_seat) == [False, False, False]


@pytest.mark.parametrize("status", ["cancelled", "no_show"])
def test_nobody_waits_for_what_is_off_until_it_is_on_again(
    osei: Member, rosas_seat: Seat, rosa_waits: Participant, status: str
) -> None:
    rosas_seat.move_to(status)
    assert everywhere(osei, rosas_seat) == [False, False, False]

    rosas_seat.move_to("scheduled")
    assert everywhere(osei, rosas_seat) == [True, True, True]
