from datetime import timedelta

from holdspace.consents.models import Consent
from holdspace.kit.actor import Member, Visit
from holdspace.scheduling.models import Seat
from holdspace.telehealth.actions import admit, end_empty, end_session, here, knock, open_for
from holdspace.telehealth.actions.waiting import sweep_away
from holdspace.telehealth.models import Participant, Presence, Session
from tests.cast import TEN


def in_the_room(seat: Seat, visit: Visit, osei: Member) -> Session:
    rosa = knock(seat=seat, actor=visit, at=TEN)
    clinician = rosa.session.participants.get(role="clinician")
    here(participant=clinician, actor=osei, at=TEN)
    admit(participant=rosa, actor=osei, at=TEN)
    return Session.objects.get(pk=rosa.session_id)


def test_ending_says_what_became_of_it_and_who_was_there(
    rosas_seat: Seat, rosas_visit: Visit, osei: Member, rosa_agreed: Consent
) -> None:
    session = in_the_room(rosas_seat, rosas_visit, osei)
    later = TEN + timedelta(minutes=48)

    end_session(session=session, outcomes={rosas_seat.pk: "occurred"}, actor=osei, at=later)

    assert session.status == "ended"
    assert Seat.objects.get(pk=rosas_seat.pk).status == "occurred"
    spans = Presence.objects.filter(participant__session=session)
    assert [(span.from_at, span.to_at) for span in spans] == [(TEN, later), (TEN, later)]


def test_ending_twice_ends_once(
    rosas_seat: Seat, rosas_visit: Visit, osei: Member, rosa_agreed: Consent
) -> None:
    session = in_the_room(rosas_seat, rosas_visit, osei)
    stale = Session.objects.get(pk=session.pk)
    end_session(session=session, outcomes={rosas_seat.pk: "occurred"}, actor=osei, at=TEN)

    end_session(session=stale, outcomes={rosas_seat.pk: "no_show"}, actor=osei, at=TEN)

    assert Seat.objects.get(pk=rosas_seat.pk).status == "occurred"


def test_an_ended_session_is_resumed_by_the_same_link(
    rosas_seat: Seat, rosas_visit: Visit, osei: Member, rosa_agreed: Consent
) -> None:
    session = in_the_room(rosas_seat, rosas_visit, osei)
    end_session(session=session, outcomes={rosas_seat.pk: "occurred"}, actor=osei, at=TEN)

    again = knock(seat=Seat.objects.get(pk=rosas_seat.pk), actor=rosas_visit, at=TEN + timedelta(minutes=60))

    assert again.session != session
    assert again.status == "waiting"


def test_one_room_however_often_it_is_opened(rosas_seat: Seat, osei: Member) -> None:
    first = open_for(appointment=rosas_seat.appointment, actor=osei, at=TEN)
    again = open_for(appointment=rosas_seat.appointment, actor=osei, at=TEN)

    assert first == again
    assert Session.objects.count() == 1


def test_a_session_left_empty_ends_by_itself(rosas_seat: Seat, osei: Member) -> None:
    session = open_for(appointment=rosas_seat.appointment, actor=osei, at=TEN)

    assert end_empty(at=TEN + timedelta(hours=4)) == 0
    assert end_empty(at=TEN + timedelta(hours=5)) == 1
    session.refresh_from_db()
    assert (session.status, session.ended_by) == ("ended", "system")


def test_ten_minutes_without_a_sign_is_leaving(
    rosas_seat: Seat, rosas_visit: Visit, osei: Member, rosa_agreed: Consent
) -> None:
    in_the_room(rosas_seat, rosas_visit, osei)

    assert sweep_away(at=TEN + timedelta(minutes=9)) == 0
    assert sweep_away(at=TEN + timedelta(minutes=11)) == 2
    assert set(Participant.objects.values_list("status", "left_at")) == {("left", TEN)}


def test_a_running_session_is_not_swept_empty(
    rosas_seat: Seat, rosas_visit: Visit, osei: Member, rosa_agreed: Consent
) -> None:
    in_the_room(rosas_seat, rosas_visit, osei)

    assert end_empty(at=TEN + timedelta(hours=6)) == 0
