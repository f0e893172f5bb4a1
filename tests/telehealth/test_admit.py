from datetime import timedelta

import pytest

from holdspace.audit.models import Entry
from holdspace.consents.models import Consent
from holdspace.kit.actor import Member, Visit
from holdspace.kit.refusals import MoveNotAllowed
from holdspace.scheduling.actions.links import identify
from holdspace.scheduling.models import Seat
from holdspace.telehealth import refusals
from holdspace.telehealth.actions import admit, decline, here, knock, send_back
from holdspace.telehealth.models import Participant, Presence
from tests import cast
from tests.cast import TEN
from tests.telehealth.conftest import agree, guest_who_waits


def test_admitting_lets_them_in_and_makes_the_session_live(
    rosa_waits: Participant, osei: Member, rosa_agreed: Consent
) -> None:
    admit(participant=rosa_waits, actor=osei, at=TEN)

    assert rosa_waits.status == "admitted"
    assert rosa_waits.session.status == "live"
    assert Presence.objects.get(participant=rosa_waits).from_at == TEN


def test_nobody_is_admitted_without_consent(rosa_waits: Participant, osei: Member) -> None:
    with pytest.raises(refusals.ConsentMissing):
        admit(participant=rosa_waits, actor=osei, at=TEN)

    assert Participant.objects.get(pk=rosa_waits.pk).status == "waiting"


def test_a_consent_withdrawn_while_they_wait_counts(
    rosa_waits: Participant, osei: Member, rosa_agreed: Consent
) -> None:
    rosa_agreed.move_to("revoked", revoked_at=TEN)

    with pytest.raises(refusals.ConsentMissing):
        admit(participant=rosa_waits, actor=osei, at=TEN + timedelta(minutes=1))


def test_an_appointment_cancelled_while_they_wait_counts(
    rosa_waits: Participant, osei: Member, rosa_agreed: Consent
) -> None:
    Seat.objects.get(participants=rosa_waits).move_to("cancelled")
    fresh = Participant.objects.get(pk=rosa_waits.pk)

    with pytest.raises(refusals.NotStandingAnymore):
        admit(participant=fresh, actor=osei, at=TEN)


def test_a_status_that_says_not_yet_counts(
    rosa_waits: Participant, osei: Member, rosa_agreed: Consent
) -> None:
    Seat.objects.get(participants=rosa_waits).move_to("arrived")
    fresh = Participant.objects.get(pk=rosa_waits.pk)

    with pytest.raises(refusals.NotStartable):
        admit(participant=fresh, actor=osei, at=TEN)


def test_telehealth_switched_off_while_they_wait_counts(
    rosa_waits: Participant, osei: Member, rosa_agreed: Consent
) -> None:
    practice = rosa_waits.practice
    practice.telehealth_enabled = False
    practice.save()
    fresh = Participant.objects.get(pk=rosa_waits.pk)

    with pytest.raises(refusals.NotEnabled):
        admit(participant=fresh, actor=osei, at=TEN)


def test_pressing_admit_twice_admits_once(
    rosa_waits: Participant, osei: Member, rosa_agreed: Consent
) -> None:
    admit(participant=rosa_waits, actor=osei, at=TEN)
    admit(participant=Participant.objects.get(pk=rosa_waits.pk), actor=osei, at=TEN)

    assert Entry.objects.filter(what="telehealth.participant.admitted").count() == 1
    assert Presence.objects.filter(participant=rosa_waits).count() == 1


def test_of_two_presses_at_once_the_slower_changes_nothing_and_is_told_of_no_trouble(
    rosa_waits: Participant, osei: Member, rosa_agreed: Consent
) -> None:
    stale = Participant.objects.get(pk=rosa_waits.pk)
    admit(participant=rosa_waits, actor=osei, at=TEN)

    admit(participant=stale, actor=osei, at=TEN)

    assert Entry.objects.filter(what="telehealth.participant.admitted").count() == 1
    assert Presence.objects.filter(participant=rosa_waits).count() == 1


def test_whoever_was_turned_away_in_between_is_not_let_in_by_an_older_page(
    rosa_waits: Participant, osei: Member, rosa_agreed: Consent
) -> None:
    stale = Participant.objects.get(pk=rosa_waits.pk)
    decline(participant=rosa_waits, actor=osei, at=TEN)

    with pytest.raises(MoveNotAllowed):
        admit(participant=stale, actor=osei, at=TEN)

    assert not Presence.objects.filter(participant=rosa_waits).exists()


def test_admitting_somebody_who_came_by_name_confirms_them(
    rosas_seat: Seat, rosa_waits: Participant, osei: Member, rosa_agreed: Consent
) -> None:
    Seat.objects.filter(pk=rosas_seat.pk).update(identity_how="name")

    admit(participant=Participant.objects.get(pk=rosa_waits.pk), actor=osei, at=TEN)

    assert Seat.objects.get(pk=rosas_seat.pk).identity_how == "clinician"


def test_sent_back_means_out_of_sight(rosa_waits: Participant, osei: Member, rosa_agreed: Consent) -> None:
    admit(participant=rosa_waits, actor=osei, at=TEN)
    send_back(participant=rosa_waits, actor=osei, at=TEN + timedelta(minutes=3))

    assert rosa_waits.status == "waiting"
    assert Presence.objects.get(participant=rosa_waits).to_at == TEN + timedelta(minutes=3)


def test_declined_may_knock_again(
    rosas_seat: Seat, rosas_visit: Visit, rosa_waits: Participant, osei: Member
) -> None:
    decline(participant=rosa_waits, actor=osei, at=TEN)

    assert knock(seat=rosas_seat, actor=rosas_visit, at=TEN).status == "waiting"


@pytest.fixture
def theo_waits_too(rosas_seat: Seat, rosa_waits: Participant) -> Participant:
    """Rosa's partner, by a link of his own."""
    theo = cast.client_of(rosas_seat.practice, "Theo", "Marin", phone="+13125550119")
    seat = Seat.objects.create(
        practice=rosas_seat.practice, appointment=rosas_seat.appointment, client=theo, status="confirmed"
    )
    agree(seat)
    visit, _ = identify(seat=seat, at=TEN, birth_date=theo.birth_date)
    return knock(seat=seat, actor=visit.as_actor(), at=TEN)


def test_a_couple_in_two_places_is_let_in_one_after_the_other(
    rosa_waits: Participant, theo_waits_too: Participant, osei: Member, rosa_agreed: Consent
) -> None:
    # Each as their own request read it: neither knows that the session is live by then.
    admit(participant=rosa_waits, actor=osei, at=TEN)
    admit(participant=theo_waits_too, actor=osei, at=TEN)

    inside = Participant.objects.filter(status="admitted", role="client")
    assert set(inside) == {rosa_waits, theo_waits_too}


def test_a_fifth_is_not_let_into_a_room_for_four(
    rosa_waits: Participant, theo_waits_too: Participant, osei: Member, rosa_agreed: Consent
) -> None:
    here(participant=rosa_waits.session.participants.get(role="clinician"), actor=osei, at=TEN)
    for one in (rosa_waits, theo_waits_too, guest_who_waits(rosa_waits.session, osei)):
        admit(participant=one, actor=osei, at=TEN)
    fifth = guest_who_waits(rosa_waits.session, osei)

    with pytest.raises(refusals.RoomTaken):
        admit(participant=fifth, actor=osei, at=TEN)

    assert Participant.objects.get(pk=fifth.pk).status == "waiting"
    send_back(participant=rosa_waits, actor=osei, at=TEN)
    admit(participant=Participant.objects.get(pk=fifth.pk), actor=osei, at=TEN)
