"""Who the socket takes somebody for, what they may watch, and where they sit: the real rules."""

from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings

from holdspace.config.watching import identify
from holdspace.kit.actor import System
from holdspace.kit.clock import now
from holdspace.live.watchers import Place
from holdspace.portal.web import COOKIE, GUEST_COOKIE
from holdspace.scheduling.actions import links
from holdspace.scheduling.models import Seat
from holdspace.telehealth import actions as telehealth
from holdspace.telehealth.actions import open_for
from holdspace.telehealth.models import Participant
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def seat(osei_person, rosa):
    return cast.appointment(osei_person.clinician, rosa, starts_at=now())


@pytest.fixture
def session(seat):
    return open_for(appointment=seat.appointment, actor=System(seat.practice_id), at=now())


@pytest.fixture
def desk(signed_in):
    """The watcher a person at work becomes."""

    def watcher(person):
        return identify(cookies_of(signed_in(person)), "desk")

    return watcher


@pytest.fixture
def visitor(seat):
    _, cookie = links.identify(seat=seat, at=now(), birth_date=seat.client.birth_date)
    return identify({COOKIE: cookie}, "visit")


def cookies_of(browser):
    return {name: morsel.value for name, morsel in browser.cookies.items()}


def test_the_desk_is_known_by_its_sign_in_and_a_client_by_the_visit(desk, osei_person, visitor):
    assert desk(osei_person).key == f"user:{osei_person.user.pk}"
    assert visitor.key.startswith("visit:")


@pytest.fixture
def guest(seat, osei_person):
    """Ana's invitation to the session of Rosa's seat, and the cookie of her browser."""
    session = telehealth.open_for(appointment=seat.appointment, actor=osei_person.actor, at=now())
    said = {"name": "Ana", "comes_as": "helper", "actor": osei_person.actor}
    invitation, _link = telehealth.invite(session=session, at=now(), **said)
    return invitation, telehealth.come(invitation=invitation, at=now())


def test_a_guest_is_known_by_a_cookie_of_their_own_and_watches_nothing_but_themselves(guest, seat):
    invitation, cookie = guest
    watcher = identify({GUEST_COOKIE: cookie}, "guest")
    assert watcher

    assert watcher.key == f"visit:{invitation.pk}"
    topics = [f"seat:{seat.pk}", f"session:{invitation.session_id}", f"practice:{seat.practice_id}"]
    assert not any(map(watcher.may_watch, topics))
    assert watcher.place_in(invitation.session_id) is None

    telehealth.knock_as_guest(invitation=invitation, at=now())
    place = watcher.place_in(invitation.session_id)
    assert place
    assert (place.role, place.right) == ("guest", "waiting")
    assert not any(map(watcher.may_watch, topics))


def test_a_guests_cookie_opens_nothing_else_and_nothing_once_it_is_taken_back(guest, osei_person):
    invitation, cookie = guest
    assert identify({COOKIE: cookie}, "visit") is None
    assert identify({GUEST_COOKIE: cookie}, "visit") is None

    telehealth.take_back(invitation=invitation, actor=osei_person.actor, at=now())
    assert identify({GUEST_COOKIE: cookie}, "guest") is None


@pytest.mark.parametrize("as_", ["desk", "visit", "guest"])
def test_a_cookie_of_nobody_is_nobody(as_):
    assert identify({}, as_) is None
    assert identify({settings.SESSION_COOKIE_NAME: "x" * 32, COOKIE: "made.up"}, as_) is None


def test_a_visits_cookie_opens_no_desk_and_a_sign_in_no_visit(signed_in, osei_person, seat):
    _, cookie = links.identify(seat=seat, at=now(), birth_date=seat.client.birth_date)

    assert identify({COOKIE: cookie}, "desk") is None
    assert identify(cookies_of(signed_in(osei_person)), "visit") is None


def test_without_the_second_factor_the_socket_is_shut_like_every_page(desk, osei_person):
    Authenticator.objects.filter(user=osei_person.user).delete()

    assert desk(osei_person) is None


def test_a_membership_that_ended_ends_the_socket(signed_in, osei_person):
    cookies = cookies_of(signed_in(osei_person))
    osei_person.membership.active = False
    osei_person.membership.save()

    assert identify(cookies, "desk") is None


def test_a_renewed_link_ends_the_visits_socket(seat, owner):
    _, cookie = links.identify(seat=seat, at=now(), birth_date=seat.client.birth_date)
    seat.refresh_from_db()
    links.renew_link(seat=seat, actor=owner, at=now() + timedelta(seconds=1))

    assert identify({COOKIE: cookie}, "visit") is None


def test_a_clinician_watches_the_practice_their_seats_and_their_session(desk, osei_person, seat, session):
    osei = desk(osei_person)

    assert osei.may_watch(f"practice:{seat.practice_id}")
    assert osei.may_watch(f"seat:{seat.pk}")
    assert osei.may_watch(f"session:{session.pk}")


def test_another_practice_watches_none_of_it(desk, birch_person, seat, session):
    patel = desk(birch_person)

    topics = [f"practice:{seat.practice_id}", f"seat:{seat.pk}", f"session:{session.pk}"]
    assert [topic for topic in topics if patel.may_watch(topic)] == []
    assert patel.place_in(session.pk) is None


def test_the_front_desk_has_no_place_in_a_session(desk, front_desk_person, session):
    bea = desk(front_desk_person)

    assert not bea.may_watch(f"session:{session.pk}")
    assert bea.place_in(session.pk) is None


def test_a_client_watches_their_seat_and_session_and_nothing_else(
    visitor, osei_person, willow, seat, session
):
    elses = cast.appointment(
        osei_person.clinician, cast.client_of(willow, "Ivo", "Lang"), starts_at=now() + timedelta(hours=3)
    )

    assert visitor.may_watch(f"seat:{seat.pk}")
    assert visitor.may_watch(f"session:{session.pk}")
    others = [f"practice:{willow.pk}", f"seat:{elses.pk}", f"user:{osei_person.user.pk}", f"visit:{uuid4()}"]
    assert [topic for topic in others if visitor.may_watch(topic)] == []


def test_a_member_of_a_group_hears_nothing_of_the_others(visitor, desk, osei_person, willow, session, seat):
    other = Seat.objects.create(
        practice=willow,
        appointment=seat.appointment,
        client=cast.client_of(willow, "Ivo", "Lang"),
        client_time_zone="America/New_York",
    )
    Participant.objects.create(practice=willow, session=session, role="client", seat=other)

    assert not visitor.may_watch(f"session:{session.pk}")
    assert not visitor.may_watch(f"seat:{other.pk}")
    assert visitor.may_watch(f"seat:{seat.pk}")
    assert desk(osei_person).may_watch(f"session:{session.pk}")


def test_nobody_watches_somebody_elses_own_topic(desk, osei_person, front_desk_person):
    assert not desk(osei_person).may_watch(f"user:{front_desk_person.user.pk}")


def test_a_place_carries_the_right_of_this_moment(visitor, desk, osei_person, session):
    mine = Participant.objects.get(session=session, role="client")

    assert visitor.place_in(session.pk) is None
    Participant.objects.filter(pk=mine.pk).update(status="waiting")
    assert visitor.place_in(session.pk) == Place(mine.pk, "client", "waiting")
    Participant.objects.filter(pk=mine.pk).update(status="admitted")
    assert visitor.place_in(session.pk) == Place(mine.pk, "client", "admitted")
    Participant.objects.filter(pk=mine.pk).update(status="removed")
    assert visitor.place_in(session.pk) is None
    assert desk(osei_person).place_in(session.pk).right == "admitted"
