"""Presence: who is told that somebody is there, and who never is."""

from uuid import UUID, uuid4

import pytest

from holdspace.live import bus

pytestmark = pytest.mark.django_db(transaction=True)


def changed(room):
    """What an action publishes when somebody's place in a session changes."""
    bus.publish("participant.admitted", [room.topic])


def test_two_who_may_meet_hear_of_each_other(room, open_page):
    osei, rosa = open_page(room.oseis_key), open_page(room.rosas_key, as_="visit")

    first = osei.join(room.session)
    second = rosa.join(room.session)

    assert first == {
        "type": "joined", "session": room.session, "me": room.osei,
        "role": "clinician", "right": "admitted", "present": [],
    }  # fmt: skip
    assert second["right"] == "waiting"
    assert second["present"] == [{"participant": room.osei, "role": "clinician", "right": "admitted"}]
    assert osei.hear("present") == {
        "type": "present", "session": room.session, "participant": room.rosa,
        "role": "client", "right": "waiting",
    }  # fmt: skip


def test_a_closed_page_is_absent_at_once(room, open_page):
    osei, rosa = open_page(room.oseis_key), open_page(room.rosas_key)
    osei.join(room.session)
    rosa.join(room.session)

    rosa.close()

    assert osei.hear("absent", timeout=1)["participant"] == room.rosa


def test_leaving_a_room_is_being_absent_with_the_socket_open(room, open_page):
    osei, rosa = open_page(room.oseis_key), open_page(room.rosas_key)
    osei.join(room.session)
    rosa.join(room.session)

    rosa.say("leave", session=room.session)

    assert osei.hear("absent")["participant"] == room.rosa
    assert rosa.heard() == []


def test_admission_is_told_to_the_person_and_to_the_room(room, open_page):
    osei, rosa = open_page(room.oseis_key), open_page(room.rosas_key)
    osei.join(room.session)
    rosa.join(room.session)

    room.let_rosa("admitted")
    changed(room)

    assert rosa.hear("right") == {"type": "right", "session": room.session, "right": "admitted"}
    osei.hear("present")
    assert osei.hear("present")["right"] == "admitted"


def test_who_is_let_in_hears_it_before_anything_is_asked(room, open_page):
    osei, rosa = open_page(room.oseis_key), open_page(room.rosas_key)
    osei.join(room.session)
    rosa.join(room.session)

    room.let_rosa("admitted")
    bus.let_in(UUID(room.session), UUID(room.rosa))

    assert rosa.hear("right")["right"] == "admitted"
    osei.hear("present")
    assert osei.hear("present")["right"] == "admitted"
    assert rosa.heard() == []


def test_a_right_that_the_database_knows_nothing_of_is_taken_back(room, open_page):
    rosa = open_page(room.rosas_key)
    rosa.join(room.session)

    bus.let_in(UUID(room.session), UUID(room.rosa))

    assert [rosa.hear("right")["right"], rosa.hear("right")["right"]] == ["admitted", "waiting"]


def test_letting_one_in_lets_nobody_else_in(room, open_page):
    rosa = open_page(room.rosas_key)
    rosa.join(room.session)

    bus.let_in(UUID(room.session), uuid4())
    bus.let_in(uuid4(), UUID(room.rosa))

    assert rosa.heard() == []


def test_who_is_removed_is_out_of_the_room(room, open_page):
    osei, rosa = open_page(room.oseis_key), open_page(room.rosas_key)
    osei.join(room.session)
    rosa.join(room.session)

    room.world.unseat(room.rosas_key, room.session)
    bus.publish("participant.removed", [room.topic])

    assert rosa.hear("error")["code"] == "removed"
    assert osei.hear("absent")["participant"] == room.rosa
    rosa.note(room.session, room.osei)
    assert rosa.hear("error")["code"] == "not_joined"


def test_a_second_tab_takes_the_seat_and_the_first_is_told(room, open_page):
    osei, first = open_page(room.oseis_key), open_page(room.rosas_key)
    osei.join(room.session)
    first.join(room.session)
    osei.hear("present")

    second = open_page(room.rosas_key)
    second.join(room.session)

    assert first.hear("taken") == {"type": "taken", "session": room.session}
    assert [frame["type"] for frame in osei.heard()] == ["absent", "present"]
    first.close()
    osei.note(room.session, room.rosa, sdp="x")
    assert second.hear("note")["from"] == room.osei
    assert osei.heard() == []


def test_people_who_wait_never_see_who_else_waits(room, open_page):
    friend_key, friend = room.one_more("client", "waiting")
    guest_key, guest = room.one_more("guest", "waiting")
    rosa, osei = open_page(room.rosas_key), open_page(room.oseis_key)
    rosa.join(room.session)
    osei.join(room.session)

    assert open_page(friend_key).join(room.session)["present"] == [
        {"participant": room.osei, "role": "clinician", "right": "admitted"}
    ]
    assert open_page(guest_key).join(room.session)["present"] == []
    assert [frame["participant"] for frame in rosa.heard()] == [room.osei]
    assert [frame["participant"] for frame in osei.heard()] == [friend]
    assert guest != friend


def test_two_clients_meet_when_both_are_admitted_and_part_when_one_is_sent_back(room, open_page):
    friend_key, friend = room.one_more("client", "admitted")
    rosa, other = open_page(room.rosas_key), open_page(friend_key)
    rosa.join(room.session)
    other.join(room.session)

    room.let_rosa("admitted")
    changed(room)
    assert rosa.hear("present")["participant"] == friend
    assert other.hear("present")["participant"] == room.rosa

    room.let_rosa("waiting")
    bus.publish("participant.sent_back", [room.topic])
    assert rosa.hear("absent")["participant"] == friend
    assert other.hear("absent")["participant"] == room.rosa


def test_a_room_without_a_place_for_you_is_not_joined(room, open_page, world):
    stranger = open_page(world.sign_in("user:00000000-0000-4000-8000-000000000001"))

    stranger.say("join", session=room.session)

    assert stranger.hear("error")["code"] == "no_place"
