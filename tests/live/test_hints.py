"""Hints go down: after the commit, once, to those who watch and may."""

from uuid import UUID, uuid4

import pytest
from django.db import transaction

from holdspace.live import bus

pytestmark = pytest.mark.django_db(transaction=True)

# Fixed: a name of a test that holds it must be the same in every process.
SEAT = UUID("6f1d2a50-9f5c-4a1b-8d1e-2b7c3d4e5f60")


@pytest.fixture
def topics():
    return [f"practice:{uuid4()}", f"user:{uuid4()}"]


@pytest.fixture
def desk(world, open_page, topics):
    desk = open_page(world.sign_in(f"user:{uuid4()}", *topics))
    desk.watch(*topics)
    return desk


def test_the_first_word_is_welcome(world, open_page):
    desk = open_page(world.sign_in(f"user:{uuid4()}"))

    assert desk.heard() == [{"type": "welcome"}]


def test_a_page_watching_two_topics_of_one_hint_hears_it_once(desk, topics):
    bus.publish("seat.changed", topics, seat=SEAT)

    assert desk.hear("hint") == {"type": "hint", "name": "seat.changed", "ids": {"seat": str(SEAT)}}
    assert desk.heard() == []


def test_nobody_hears_of_work_that_was_rolled_back(desk, topics):
    with transaction.atomic():
        bus.publish("seat.changed", topics, seat=SEAT)
        transaction.set_rollback(True)

    assert desk.heard() == []


def test_a_hint_waits_for_the_commit(desk, topics):
    with transaction.atomic():
        bus.publish("seat.changed", iter(topics), seat=SEAT)
        assert desk.heard() == []

    assert desk.hear("hint")["name"] == "seat.changed"


def test_a_topic_that_isnt_yours_is_refused_and_silent(world, open_page, topics):
    curious = open_page(world.sign_in(f"user:{uuid4()}", topics[0]))

    assert curious.watch(*topics) == {"type": "watching", "topics": topics[:1], "refused": topics[1:]}
    bus.publish("seat.changed", topics[1:], seat=SEAT)

    assert curious.heard() == []


def test_ones_own_topic_is_watched_from_the_start(world, open_page):
    key = f"visit:{uuid4()}"
    visitor = open_page(world.sign_in(key), as_="visit")
    visitor.hear("welcome")

    bus.publish("seat.changed", [key], seat=SEAT)

    assert visitor.hear("hint")["ids"] == {"seat": str(SEAT)}


@pytest.mark.parametrize(
    ("hint", "topic"),
    [("Seat changed", f"seat:{SEAT}"), ("seat.changed", "seat:rosa"), ("seat.changed", "*")],
)
def test_a_misspelt_hint_or_topic_is_a_bug(hint, topic):
    with pytest.raises(ValueError):
        bus.publish(hint, [topic], seat=SEAT)


def test_without_a_server_a_hint_is_nobodys_loss():
    bus.publish("seat.changed", [f"seat:{SEAT}"], seat=UUID(int=1))
