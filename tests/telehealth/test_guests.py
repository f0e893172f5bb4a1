"""A guest's link: separate, for one session, with a role, and taken back at any time."""

import re
from uuid import UUID

import pytest

from holdspace.audit.models import Entry
from holdspace.consents.models import Consent
from holdspace.kit.actor import Member
from holdspace.kit.refusals import MoveNotAllowed
from holdspace.live import bus
from holdspace.scheduling.models import Seat
from holdspace.telehealth import guests, queries, refusals, watching
from holdspace.telehealth.actions import (
    admit,
    come,
    decline,
    end_session,
    here,
    invite,
    knock_as_guest,
    remove,
    send_back,
    take_back,
)
from holdspace.telehealth.models import Invitation, Participant, Session
from tests.cast import TEN
from tests.telehealth.conftest import guest_who_waits


@pytest.fixture
def session(rosa_waits: Participant) -> Session:
    return rosa_waits.session


@pytest.fixture
def invited(session: Session, osei: Member) -> tuple[Invitation, str]:
    return invite(session=session, name="Ana", comes_as="interpreter", actor=osei, at=TEN)


def behind(link: str) -> Invitation | None:
    slug, _v, _guest, secret = link.split("/")[-4:]
    return guests.invitation_behind(slug, secret)


def test_the_link_leads_to_the_invitation_and_its_secret_is_kept_nowhere(
    invited: tuple[Invitation, str],
) -> None:
    made, link = invited
    secret = link.rpartition("/")[2]

    assert behind(link) == made
    assert secret not in str(Invitation.objects.values().get())
    assert secret not in str(list(Entry.objects.values()))


def test_nothing_of_what_it_leads_to_stands_in_the_link_of_another_practice(
    invited: tuple[Invitation, str],
) -> None:
    _made, link = invited

    assert behind(link.replace("/willow/", "/birch/")) is None
    assert behind(link[:-1] + ("A" if link[-1] != "A" else "B")) is None


def test_the_name_is_in_the_trail_of_nobody(invited: tuple[Invitation, str]) -> None:
    assert Entry.objects.filter(what="telehealth.guest.invited").exists()
    assert not re.search(r"\bAna\b", str(list(Entry.objects.values())))


def test_who_opens_the_link_last_has_the_place(invited: tuple[Invitation, str]) -> None:
    made, _link = invited
    first = come(invitation=made, at=TEN)
    second = come(invitation=Invitation.objects.get(), at=TEN)

    assert guests.guest_of(first) is None
    assert guests.guest_of(second) == made
    assert guests.guest_of("") is None


def test_a_guest_waits_meets_nobody_and_is_let_in_without_a_consent(session: Session, osei: Member) -> None:
    ana = guest_who_waits(session, osei)

    assert (ana.status, watching.right_of(ana)) == ("waiting", "waiting")
    assert queries.who_is_in(ana) == {}
    admit(participant=ana, actor=osei, at=TEN)
    assert watching.right_of(ana) == "admitted"


def test_those_inside_are_called_by_name_and_a_guest_reads_no_clients_surname(
    session: Session, osei: Member, rosa_waits: Participant, rosa_agreed: Consent
) -> None:
    ana = guest_who_waits(session, osei)
    me = session.participants.get(role="clinician")
    here(participant=me, actor=osei, at=TEN)
    for one in (rosa_waits, ana):
        admit(participant=one, actor=osei, at=TEN)
    me.refresh_from_db()

    assert queries.who_is_in(ana) == {str(me.pk): me.name, str(rosa_waits.pk): "Rosa"}
    assert queries.who_is_in(me) == {str(ana.pk): "Ana", str(rosa_waits.pk): "Rosa M."}


def test_a_guest_who_waits_hears_nothing_of_the_room(session: Session, osei: Member) -> None:
    ana = guest_who_waits(session, osei)
    assert ana.invitation
    actor = ana.invitation.as_actor()

    assert watching.place_in(actor, session.pk) == ana
    assert not watching.may_hear(actor, session.pk)
    assert watching.place_in(actor, UUID(int=1)) is None


def test_taken_back_the_link_is_worthless_and_whoever_came_by_it_is_out(
    session: Session, osei: Member
) -> None:
    ana = guest_who_waits(session, osei)
    assert ana.invitation
    cookie = come(invitation=ana.invitation, at=TEN)
    admit(participant=ana, actor=osei, at=TEN)

    take_back(invitation=ana.invitation, actor=osei, at=TEN)
    take_back(invitation=ana.invitation, actor=osei, at=TEN)

    ana.refresh_from_db()
    assert ana.status == "removed"
    assert guests.guest_of(cookie) is None
    assert watching.place_in(ana.invitation.as_actor(), session.pk) is None
    assert Entry.objects.filter(what="telehealth.guest.taken_back").count() == 1


def test_a_guest_who_waits_is_turned_away_when_it_is_taken_back(session: Session, osei: Member) -> None:
    ana = guest_who_waits(session, osei)
    assert ana.invitation

    take_back(invitation=ana.invitation, actor=osei, at=TEN)

    ana.refresh_from_db()
    assert ana.status == "left"
    assert watching.right_of(ana) is None


def test_it_is_for_one_session_only(session: Session, osei: Member, invited: tuple[Invitation, str]) -> None:
    made, link = invited
    end_session(session=session, outcomes={}, actor=osei, at=TEN)

    assert behind(link) is None
    with pytest.raises(refusals.SessionOver):
        knock_as_guest(invitation=Invitation.objects.get(pk=made.pk), at=TEN)
    with pytest.raises(refusals.SessionOver):
        invite(session=session, name="Ben", comes_as="helper", actor=osei, at=TEN)


def test_who_was_taken_out_does_not_knock_again(session: Session, osei: Member) -> None:
    ana = guest_who_waits(session, osei)
    assert ana.invitation
    admit(participant=ana, actor=osei, at=TEN)
    remove(participant=ana, actor=osei, at=TEN)

    with pytest.raises(refusals.TakenOut):
        knock_as_guest(invitation=ana.invitation, at=TEN)


def test_not_now_is_not_never(session: Session, osei: Member) -> None:
    ana = guest_who_waits(session, osei)
    assert ana.invitation
    decline(participant=ana, actor=osei, at=TEN)

    assert knock_as_guest(invitation=ana.invitation, at=TEN).status == "waiting"
    with pytest.raises(MoveNotAllowed):
        send_back(participant=ana, actor=osei, at=TEN)


def test_a_ninth_invitation_is_refused_until_one_is_taken_back(session: Session, osei: Member) -> None:
    made = [invite(session=session, name="Ana", comes_as="helper", actor=osei, at=TEN)[0] for _ in range(8)]

    with pytest.raises(refusals.ManyGuests):
        invite(session=session, name="Ana", comes_as="helper", actor=osei, at=TEN)

    take_back(invitation=made[0], actor=osei, at=TEN)
    invite(session=session, name="Ana", comes_as="helper", actor=osei, at=TEN)


def test_everybody_inside_hears_that_somebody_is_out(
    session: Session,
    osei: Member,
    rosa_waits: Participant,
    rosa_agreed: Consent,
    rosas_seat: Seat,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """They must stop sending: a page that was thrown out may go on listening."""
    first, second = guest_who_waits(session, osei), guest_who_waits(session, osei)
    for one in (rosa_waits, first, second):
        admit(participant=one, actor=osei, at=TEN)
    told: list[str] = []
    monkeypatch.setattr(bus, "publish", lambda name, topics, **ids: told.extend(topics))

    remove(participant=first, actor=osei, at=TEN)

    assert {f"seat:{rosas_seat.pk}", f"visit:{second.invitation_id}"} <= set(told)


def test_they_stand_in_the_record_of_the_session(session: Session, osei: Member) -> None:
    ana = guest_who_waits(session, osei)
    admit(participant=ana, actor=osei, at=TEN)

    [(_session, there)] = queries.record_of(session.appointment)

    assert [one.name for one in there] == ["Ana"]


def test_nobody_takes_the_place_of_whoever_is_in(session: Session, osei: Member) -> None:
    ana = guest_who_waits(session, osei)
    assert ana.invitation
    cookie = come(invitation=ana.invitation, at=TEN)
    admit(participant=ana, actor=osei, at=TEN)

    with pytest.raises(refusals.SomebodyIsIn):
        come(invitation=ana.invitation, at=TEN)

    assert guests.guest_of(cookie) == ana.invitation
    send_back(participant=ana, actor=osei, at=TEN)
    assert guests.guest_of(come(invitation=ana.invitation, at=TEN)) == ana.invitation


def test_who_was_uninvited_while_the_panel_was_old_is_not_let_in(session: Session, osei: Member) -> None:
    ana = guest_who_waits(session, osei)
    Invitation.objects.update(taken_back_at=TEN)

    with pytest.raises(refusals.NobodyThere):
        admit(participant=ana, actor=osei, at=TEN)
