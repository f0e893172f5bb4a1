"""A right that ended closes the socket: at once when an action says so, within a minute otherwise."""

from uuid import uuid4

import pytest

from holdspace.live import bus, rechecks

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def impatient(monkeypatch):
    """A minute that lasts no time."""
    monkeypatch.setattr(rechecks, "MINUTE", 0.0)


def test_who_isnt_signed_in_is_told_so(open_page):
    assert open_page(f"user:{uuid4()}").closed() == 4401


def test_a_page_says_whether_it_is_the_desks_or_a_visitors(world, open_page):
    assert open_page(world.sign_in(f"user:{uuid4()}"), as_="somebody").closed() == 4401


def test_closing_a_users_sockets_reaches_every_page_of_theirs_and_no_other(world, open_page):
    key, other = world.sign_in(f"user:{uuid4()}"), world.sign_in(f"user:{uuid4()}")
    pages, bystander = [open_page(key), open_page(key)], open_page(other)
    for one in (*pages, bystander):
        one.hear("welcome")

    bus.close_sockets(key)

    assert [one.closed() for one in pages] == [4401, 4401]
    assert bystander.heard() == []


def test_closing_a_sessions_sockets_reaches_those_in_its_room(room, open_page):
    osei, rosa = open_page(room.oseis_key), open_page(room.rosas_key)
    osei.join(room.session)
    rosa.join(room.session)

    bus.close_sockets(room.topic)

    assert osei.closed() == rosa.closed() == 4401


def test_an_ended_sign_in_is_noticed_without_being_told(impatient, room, open_page):
    osei, rosa = open_page(room.oseis_key), open_page(room.rosas_key)
    osei.join(room.session)
    rosa.join(room.session)

    room.world.sign_out(room.rosas_key)

    assert rosa.closed() == 4401
    assert osei.hear("absent")["participant"] == room.rosa


def test_a_sign_in_that_ended_by_hand_is_noticed_within_a_second_and_no_other(world, open_page):
    key, colleague = world.sign_in(f"user:{uuid4()}"), world.sign_in(f"user:{uuid4()}")
    page, other = open_page(key), open_page(colleague)
    for one in (page, other):
        one.hear("welcome")

    world.sign_out(key)
    bus.publish("user.signed_out", [key])

    assert page.closed() == 4401
    bus.publish("user.signed_out", [colleague])
    assert other.hear("hint")["name"] == "user.signed_out"
    assert other.heard() == []


def test_a_withdrawn_topic_is_noticed_without_being_told(impatient, world, open_page):
    topic = f"practice:{uuid4()}"
    key = world.sign_in(f"user:{uuid4()}", topic)
    desk = open_page(key)
    desk.watch(topic)

    world.sign_in(key)

    assert desk.hear("watching") == {"type": "watching", "topics": [], "refused": [topic]}
    bus.publish("seat.changed", [topic], seat=uuid4())
    assert desk.heard() == []


def test_a_right_that_nobody_hinted_at_is_noticed_too(impatient, room, open_page):
    rosa = open_page(room.rosas_key)
    rosa.join(room.session)

    room.let_rosa("admitted")

    assert rosa.hear("right")["right"] == "admitted"
