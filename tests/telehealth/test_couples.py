"""A couple: each agrees for themselves, and the session starts when both have."""

from datetime import timedelta

import pytest

from holdspace.consents.actions import revoke
from holdspace.consents.models import Consent
from holdspace.kit.actor import Member
from holdspace.scheduling.models import Seat
from holdspace.telehealth import refusals
from holdspace.telehealth.actions import admit, open_and_send
from holdspace.telehealth.models import Participant, Session
from tests import cast
from tests.cast import TEN
from tests.telehealth.conftest import agree


@pytest.fixture
def theos_seat(rosas_seat: Seat) -> Seat:
    """Theo, Rosa's husband, in the same appointment."""
    kind = rosas_seat.appointment.type
    kind.places = 2
    kind.save()
    theo = cast.client_of(rosas_seat.practice, "Theo", "Marin")
    return Seat.objects.create(
        practice=rosas_seat.practice,
        appointment=rosas_seat.appointment,
        client=theo,
        status="confirmed",
        client_time_zone=theo.time_zone,
    )


@pytest.fixture
def theo_agreed(theos_seat: Seat) -> Consent:
    return agree(theos_seat)


def test_one_of_two_is_not_enough(
    rosa_waits: Participant, osei: Member, rosa_agreed: Consent, theos_seat: Seat
) -> None:
    with pytest.raises(refusals.PartnerMissing):
        admit(participant=rosa_waits, actor=osei, at=TEN)

    assert Participant.objects.get(pk=rosa_waits.pk).status == "waiting"


def test_the_room_is_not_opened_either(
    rosas_seat: Seat, osei: Member, rosa_agreed: Consent, theos_seat: Seat
) -> None:
    with pytest.raises(refusals.PartnerMissing):
        open_and_send(seat=rosas_seat, channel="copy", actor=osei, at=TEN)

    assert not Session.objects.exists()


def test_both_agreed_and_it_starts(
    rosa_waits: Participant, osei: Member, rosa_agreed: Consent, theo_agreed: Consent
) -> None:
    admit(participant=rosa_waits, actor=osei, at=TEN)

    assert rosa_waits.status == "admitted"


def test_one_who_takes_it_back_stops_it_for_both(
    rosa_waits: Participant, osei: Member, front_desk: Member, rosa_agreed: Consent, theo_agreed: Consent
) -> None:
    revoke(consent=theo_agreed, actor=front_desk, at=TEN - timedelta(minutes=5))

    with pytest.raises(refusals.PartnerMissing):
        admit(participant=rosa_waits, actor=osei, at=TEN)


@pytest.mark.parametrize("status", ["cancelled", "no_show", "late_cancellation"])
def test_who_does_not_come_is_not_waited_for(
    rosa_waits: Participant, osei: Member, rosa_agreed: Consent, theos_seat: Seat, status: str
) -> None:
    theos_seat.move_to(status)
    admit(participant=rosa_waits, actor=osei, at=TEN)

    assert rosa_waits.status == "admitted"


def test_in_a_group_each_agrees_for_themselves(
    rosa_waits: Participant, osei: Member, rosa_agreed: Consent, theos_seat: Seat
) -> None:
    kind = theos_seat.appointment.type
    kind.is_group = True
    kind.save()
    admit(participant=rosa_waits, actor=osei, at=TEN)

    assert rosa_waits.status == "admitted"
