"""The promises every engine keeps, whoever carries the room."""

import json
from datetime import timedelta

import pytest
from django.conf import settings

from holdspace.kit.actor import Member
from holdspace.scheduling.models import Seat
from holdspace.telehealth.actions import end_session, open_for
from holdspace.telehealth.engines import engine_of
from holdspace.telehealth.models import Participant, Session
from tests.cast import TEN

every_engine = pytest.mark.parametrize("engine", sorted(settings.MEDIA_ENGINES))


@pytest.fixture
def rosas_place(rosas_seat: Seat, osei: Member) -> Participant:
    session = open_for(appointment=rosas_seat.appointment, actor=osei, at=TEN)
    return session.participants.get(seat=rosas_seat)


def carried_by(engine: str, place: Participant) -> Participant:
    Session.objects.update(engine=engine)
    return Participant.objects.select_related("session__appointment__practice").get(pk=place.pk)


@every_engine
def test_a_ticket_names_its_engine_and_its_right_and_can_travel(
    engine: str, rosas_place: Participant
) -> None:
    place = carried_by(engine, rosas_place)

    ticket = engine_of(place.session).ticket(place, "waiting", TEN)

    assert (ticket["engine"], ticket["right"]) == (engine, "waiting")
    assert json.loads(json.dumps(ticket)) == ticket


@every_engine
def test_a_ticket_says_nothing_about_anybody(engine: str, rosas_place: Participant) -> None:
    place = carried_by(engine, rosas_place)

    said = json.dumps(engine_of(place.session).ticket(place, "admitted", TEN)).lower()

    assert not [word for word in ("rosa", "marin", "osei", "555", "example.org") if word in said]


@every_engine
def test_admitting_removing_and_closing_are_heard_without_complaint(
    engine: str, rosas_place: Participant
) -> None:
    place = carried_by(engine, rosas_place)
    carrying = engine_of(place.session)

    carrying.raise_right(place)
    carrying.remove(place)
    carrying.close(place.session)


@every_engine
def test_a_closed_room_stays_closed(
    engine: str, rosas_place: Participant, rosas_seat: Seat, osei: Member
) -> None:
    place = carried_by(engine, rosas_place)
    end_session(session=place.session, outcomes={}, actor=osei, at=TEN + timedelta(minutes=50))

    again = open_for(appointment=rosas_seat.appointment, actor=osei, at=TEN + timedelta(minutes=51))

    assert again.pk != place.session_id


def test_relay_credentials_are_fresh_nameless_and_follow_the_rest_scheme(
    rosas_place: Participant, settings: object
) -> None:
    settings.TURN_URLS = ["turn:relay.example.org:3478"]  # type: ignore[attr-defined]
    settings.TURN_SECRET = "a secret"  # type: ignore[attr-defined]
    place = carried_by("p2p", rosas_place)

    first = engine_of(place.session).ticket(place, "waiting", TEN)["iceServers"][0]
    second = engine_of(place.session).ticket(place, "waiting", TEN)["iceServers"][0]

    expiry, _, opaque = first["username"].partition(":")
    assert int(expiry) > 0
    assert str(place.pk) not in first["username"]
    assert opaque != second["username"].partition(":")[2]


@pytest.mark.parametrize("whose", ["practice", "clinician"])
def test_hiding_addresses_means_relay_only(rosas_place: Participant, rosas_seat: Seat, whose: str) -> None:
    row = rosas_seat.practice if whose == "practice" else rosas_seat.appointment.clinicians.get()
    row.hide_addresses = True
    row.save()
    place = carried_by("p2p", rosas_place)

    assert engine_of(place.session).ticket(place, "waiting", TEN)["policy"] == "relay"
