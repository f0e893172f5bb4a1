from datetime import timedelta

import pytest

from holdspace.kit.actor import Member
from holdspace.scheduling.models import Appointment, Seat
from holdspace.telehealth.queries import start_state
from tests.cast import TEN


@pytest.mark.parametrize(
    ("status", "live", "mend"),
    [
        ("requested", False, ""),
        ("scheduled", False, "confirm"),
        ("confirmed", True, ""),
        ("arrived", False, "check_in"),
        ("checked_in", True, ""),
        ("occurred", True, ""),
        ("cancelled", False, ""),
        ("late_cancellation", False, ""),
        ("no_show", False, ""),
        ("rescheduled", False, ""),
    ],
)
def test_the_button_is_live_only_for_who_is_expected_or_here(
    rosas_seat: Seat, osei: Member, status: str, live: bool, mend: str
) -> None:
    Seat.objects.filter(pk=rosas_seat.pk).update(status=status)

    state = start_state(Seat.objects.get(pk=rosas_seat.pk), osei, TEN)

    assert (state.live, state.mend) == (live, mend)
    assert live or state.reason


def test_not_enabled_offers_the_owners_switch(rosas_seat: Seat, osei: Member) -> None:
    rosas_seat.practice.telehealth_enabled = False
    rosas_seat.practice.save()

    assert start_state(Seat.objects.get(pk=rosas_seat.pk), osei, TEN).mend == "enable"


def test_a_phone_call_has_no_video_button(rosas_seat: Seat, osei: Member) -> None:
    Appointment.objects.update(contact_type="phone")

    state = start_state(Seat.objects.get(pk=rosas_seat.pk), osei, TEN)

    assert (state.live, state.mend) == (False, "")


@pytest.mark.parametrize(
    ("minutes", "asks"), [(-61, True), (-60, False), (0, False), (289, False), (290, True)]
)
def test_far_from_the_hour_it_asks_once(rosas_seat: Seat, osei: Member, minutes: int, asks: bool) -> None:
    state = start_state(rosas_seat, osei, TEN + timedelta(minutes=minutes))

    assert state.live
    assert state.ask_anyway is asks
