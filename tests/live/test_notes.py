"""Notes go across, between people who may speak, and nowhere else."""

from uuid import uuid4

import pytest


@pytest.fixture
def both(room, open_page):
    osei, rosa = open_page(room.oseis_key), open_page(room.rosas_key)
    osei.join(room.session)
    rosa.join(room.session)
    osei.heard()
    return osei, rosa


def test_the_endpoint_itself_writes_who_a_note_is_from(room, both):
    osei, rosa = both

    rosa.note(room.session, room.osei, "candidate", line="udp 1")

    assert osei.hear("note") == {
        "type": "note", "session": room.session, "from": room.rosa,
        "kind": "candidate", "body": {"line": "udp 1"},
    }  # fmt: skip


def test_notes_keep_their_order(room, both):
    osei, rosa = both

    for number in range(30):
        osei.note(room.session, room.rosa, "candidate", number=number)

    assert [rosa.hear("note")["body"]["number"] for _ in range(30)] == list(range(30))


@pytest.mark.parametrize("kind", ["media", "words", "fault", "restart"])
def test_before_admission_only_the_standby_is_spoken_of(room, both, kind):
    osei, rosa = both

    rosa.note(room.session, room.osei, kind)
    osei.note(room.session, room.rosa, kind)

    assert rosa.hear("error")["code"] == "not_yet"
    assert osei.hear("error")["code"] == "not_yet"
    assert osei.heard() == rosa.heard() == []


@pytest.mark.parametrize("kind", ["offer", "answer", "candidate"])
def test_a_guest_who_waits_reaches_nobody(room, both, open_page, kind):
    osei, rosa = both
    key, guest = room.one_more("guest", "waiting")
    visitor = open_page(key)
    visitor.join(room.session)

    visitor.note(room.session, room.osei, kind)
    osei.note(room.session, guest, kind)
    visitor.note(room.session, room.rosa, kind)

    assert [frame["code"] for frame in visitor.heard()] == ["not_here", "not_here"]
    assert osei.hear("error")["code"] == "not_here"
    assert osei.heard() == rosa.heard() == []


def test_a_note_to_nobody_oneself_or_another_session_goes_nowhere(room, both):
    osei, _ = both

    osei.note(room.session, str(uuid4()))
    osei.note(room.session, room.osei)
    osei.note(str(uuid4()), room.rosa)

    assert [frame["code"] for frame in osei.heard()] == ["not_here", "not_here", "not_joined"]


def test_a_member_of_one_session_cannot_write_into_another(room, both, world, open_page):
    from tests.live.world import Room

    osei, rosa = both
    elsewhere = Room(world)
    stranger = open_page(elsewhere.oseis_key)
    stranger.join(elsewhere.session)

    stranger.note(room.session, room.rosa)
    stranger.note(elsewhere.session, room.rosa)

    assert [frame["code"] for frame in stranger.heard()] == ["not_joined", "not_here"]
    assert rosa.heard() == osei.heard() == []
