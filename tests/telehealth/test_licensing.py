"""Meeting a client who is where nobody here is licensed: warned or stopped, as the practice says."""

from datetime import date, timedelta

import pytest

from holdspace.audit.models import Entry
from holdspace.consents.models import Consent
from holdspace.kit.actor import Member, Visit
from holdspace.practices.models import License, Practice
from holdspace.scheduling.actions import Place, say_where
from holdspace.scheduling.models import Seat
from holdspace.telehealth import refusals
from holdspace.telehealth.actions import admit, go_on, knock
from holdspace.telehealth.models import LicenseReason, Participant
from holdspace.telehealth.queries import what_is_missing
from tests import cast
from tests.cast import TEN

WHY = "One session only, while she travels; agreed with the board."


@pytest.fixture
def rosa_waits(rosas_seat: Seat, rosas_visit: Visit, rosa_agreed: Consent) -> Participant:
    return knock(seat=rosas_seat, actor=rosas_visit, at=TEN)


def goes_to(seat: Seat, visit: Visit, state: str) -> None:
    say_where(seat=seat, place=Place("On the road", state), alone=True, actor=visit, at=TEN)


def stopping(practice: Practice) -> None:
    Practice.objects.filter(pk=practice.pk).update(licensing="stop")


def fresh(participant: Participant) -> Participant:
    return Participant.objects.get(pk=participant.pk)


def test_where_there_is_a_license_nothing_is_asked(
    rosas_seat: Seat, rosas_visit: Visit, rosa_waits: Participant, osei: Member
) -> None:
    goes_to(rosas_seat, rosas_visit, "NY")

    admit(participant=fresh(rosa_waits), actor=osei, at=TEN)

    assert fresh(rosa_waits).status == "admitted"


@pytest.mark.parametrize("state", ["GA", "XX"])
def test_without_a_license_nobody_is_admitted_without_a_reason(
    rosas_seat: Seat, rosas_visit: Visit, rosa_waits: Participant, osei: Member, state: str
) -> None:
    goes_to(rosas_seat, rosas_visit, state)

    assert "license" in str(what_is_missing(fresh(rosa_waits), TEN))
    with pytest.raises(refusals.LicenseReasonMissing):
        admit(participant=fresh(rosa_waits), actor=osei, at=TEN)
    assert fresh(rosa_waits).status == "waiting"


def test_with_a_reason_the_clinician_goes_on_and_it_is_on_the_record(
    rosas_seat: Seat, rosas_visit: Visit, rosa_waits: Participant, osei: Member
) -> None:
    goes_to(rosas_seat, rosas_visit, "GA")
    go_on(seat=rosas_seat, reason=f"  {WHY} ", actor=osei, at=TEN)

    admit(participant=fresh(rosa_waits), actor=osei, at=TEN)

    kept = LicenseReason.objects.get()
    assert (kept.reason, kept.state, kept.standing, kept.by_name) == (WHY, "GA", "none", "Dr Ama Osei")
    entry = Entry.objects.get(what="telehealth.license.went_on")
    assert entry.detail == {"state": "GA", "standing": "none", "fields": ["reason"]}


def test_whoever_travels_on_needs_another_reason(
    rosas_seat: Seat, rosas_visit: Visit, rosa_waits: Participant, osei: Member
) -> None:
    goes_to(rosas_seat, rosas_visit, "GA")
    go_on(seat=rosas_seat, reason=WHY, actor=osei, at=TEN)
    goes_to(rosas_seat, rosas_visit, "AL")

    with pytest.raises(refusals.LicenseReasonMissing):
        admit(participant=fresh(rosa_waits), actor=osei, at=TEN)


def test_an_expired_license_counts_as_none(
    rosas_seat: Seat, rosas_visit: Visit, rosa_waits: Participant, osei: Member
) -> None:
    License.objects.filter(state="IL").update(expires_on=date(2026, 11, 17))
    goes_to(rosas_seat, rosas_visit, "IL")

    with pytest.raises(refusals.LicenseReasonMissing):
        admit(participant=fresh(rosa_waits), actor=osei, at=TEN)
    assert go_on(seat=rosas_seat, reason=WHY, actor=osei, at=TEN)
    assert LicenseReason.objects.get().standing == "expired"


def test_a_license_that_is_written_down_meanwhile_is_enough(
    rosas_seat: Seat, rosas_visit: Visit, rosa_waits: Participant, osei_person: cast.Person
) -> None:
    goes_to(rosas_seat, rosas_visit, "GA")
    assert osei_person.clinician
    cast.license_of(osei_person.clinician, "GA")

    admit(participant=fresh(rosa_waits), actor=osei_person.actor, at=TEN)
    assert go_on(seat=rosas_seat, reason=WHY, actor=osei_person.actor, at=TEN) is None


def test_where_the_practice_stops_no_reason_helps(
    rosas_seat: Seat, rosas_visit: Visit, rosa_waits: Participant, osei: Member
) -> None:
    goes_to(rosas_seat, rosas_visit, "GA")
    go_on(seat=rosas_seat, reason=WHY, actor=osei, at=TEN)
    stopping(rosas_seat.practice)

    with pytest.raises(refusals.NotLicensedThere):
        admit(participant=fresh(rosa_waits), actor=osei, at=TEN)
    with pytest.raises(refusals.NotLicensedThere):
        go_on(seat=Seat.objects.get(pk=rosas_seat.pk), reason=WHY, actor=osei, at=TEN)


def test_a_practice_that_stops_goes_by_todays_answer_alone(
    rosas_seat: Seat, rosas_visit: Visit, rosa_waits: Participant, osei: Member
) -> None:
    stopping(rosas_seat.practice)
    goes_to(rosas_seat, rosas_visit, "NY")
    Seat.objects.update(location_ok_at=TEN - timedelta(days=2))

    with pytest.raises(refusals.PlaceUnknown):
        admit(participant=fresh(rosa_waits), actor=osei, at=TEN)

    goes_to(rosas_seat, rosas_visit, "NY")
    admit(participant=fresh(rosa_waits), actor=osei, at=TEN)


def test_where_nobody_said_where_the_client_is_only_a_practice_that_stops_minds(
    rosas_seat: Seat, rosa_waits: Participant, osei: Member
) -> None:
    stopping(rosas_seat.practice)
    with pytest.raises(refusals.PlaceUnknown):
        admit(participant=fresh(rosa_waits), actor=osei, at=TEN)

    Practice.objects.update(licensing="warn")
    admit(participant=fresh(rosa_waits), actor=osei, at=TEN)
    assert fresh(rosa_waits).status == "admitted"


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501])
def test_a_reason_is_said_in_words(rosas_seat: Seat, rosas_visit: Visit, osei: Member, reason: str) -> None:
    goes_to(rosas_seat, rosas_visit, "GA")

    with pytest.raises(refusals.WhyMissing):
        go_on(seat=rosas_seat, reason=reason, actor=osei, at=TEN)


def test_only_a_clinician_of_the_appointment_decides(
    rosas_seat: Seat, rosas_visit: Visit, front_desk: Member
) -> None:
    goes_to(rosas_seat, rosas_visit, "GA")
    colleague = cast.person(rosas_seat.practice, "Dr Ben Hall", ["clinician"]).actor

    for somebody in (front_desk, colleague):
        with pytest.raises(refusals.OnlyItsClinicians):
            go_on(seat=rosas_seat, reason=WHY, actor=somebody, at=TEN + timedelta(minutes=1))
    assert not LicenseReason.objects.exists()
