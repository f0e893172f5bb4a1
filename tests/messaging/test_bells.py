from typing import Any

import pytest

from holdspace.live import bus
from holdspace.messaging import actions as messages
from holdspace.messaging.models import Bell
from tests.cast import TEN


def test_a_bell_rings_once_for_each_user(willow, osei_person, front_desk_person, rosas_seat):
    users = [osei_person.user, front_desk_person.user, osei_person.user]

    bells = messages.ring(practice=willow, users=users, kind="consent_signed", subject=rosas_seat, at=TEN)

    assert {bell.user_id for bell in bells} == {osei_person.user.pk, front_desk_person.user.pk}
    assert Bell.objects.filter(subject_type="scheduling.seat", subject_id=rosas_seat.pk).count() == 2


def test_ringing_is_heard_on_the_users_own_topic_after_the_commit(
    willow, osei_person, rosas_seat, monkeypatch, django_capture_on_commit_callbacks
):
    heard: list[Any] = []
    monkeypatch.setattr(bus, "_send", heard.append)

    with django_capture_on_commit_callbacks(execute=True):
        messages.ring(practice=willow, users=[osei_person.user], kind="x", subject=rosas_seat, at=TEN)
        assert not heard

    assert [(parcel.topics, parcel.name) for parcel in heard] == [
        ([f"user:{osei_person.user.pk}"], "bell.rung")
    ]


def test_reading_is_kept_and_the_second_time_is_nothing(willow, osei_person, rosas_seat):
    [bell] = messages.ring(practice=willow, users=[osei_person.user], kind="x", subject=rosas_seat, at=TEN)

    messages.read_bell(bell, osei_person.actor, TEN)
    messages.read_bell(bell, osei_person.actor, TEN.replace(hour=20))

    bell.refresh_from_db()
    assert bell.read_at == TEN


def test_nobody_reads_another_ones_bell(willow, osei_person, front_desk, rosas_seat):
    [bell] = messages.ring(practice=willow, users=[osei_person.user], kind="x", subject=rosas_seat, at=TEN)

    messages.read_bell(bell, front_desk, TEN)
    messages.read_all_bells(front_desk, TEN)

    bell.refresh_from_db()
    assert bell.read_at is None


@pytest.mark.parametrize("count", [0, 3])
def test_all_are_read_at_once(willow, osei_person, rosas_seat, count):
    for _ in range(count):
        messages.ring(practice=willow, users=[osei_person.user], kind="x", subject=rosas_seat, at=TEN)

    messages.read_all_bells(osei_person.actor, TEN)

    assert Bell.objects.filter(read_at=TEN).count() == count
