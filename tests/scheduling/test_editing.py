"""Who has an appointment's form open: seen by colleagues who may see it, and gone by itself."""

from datetime import timedelta

import pytest

from holdspace.audit.models import Entry
from holdspace.scheduling import actions, queries, refusals
from holdspace.scheduling.actions.editing import LASTS, LASTS_UNSEEN
from holdspace.scheduling.actions.links import identify
from holdspace.scheduling.models import Editing
from tests import cast

MOMENT = timedelta(seconds=1)


def names(seat, actor, at):
    return [name for name, _until in queries.others_editing(seat.appointment, actor, at)]


def test_a_colleague_sees_who_is_at_the_form_and_the_editor_does_not_see_themselves(
    rosas_seat, osei, front_desk, ten
):
    actions.keep_editing(appointment=rosas_seat.appointment, actor=osei, at=ten)

    assert names(rosas_seat, front_desk, ten) == ["Dr Ama Osei"]
    assert names(rosas_seat, osei, ten) == []


def test_who_vanished_is_forgotten_after_seconds_and_who_goes_on_is_not(rosas_seat, osei, front_desk, ten):
    actions.keep_editing(appointment=rosas_seat.appointment, actor=osei, at=ten)
    actions.keep_editing(appointment=rosas_seat.appointment, actor=osei, at=ten + 5 * MOMENT)

    assert names(rosas_seat, front_desk, ten + LASTS)
    assert not names(rosas_seat, front_desk, ten + 5 * MOMENT + LASTS)


def test_a_page_that_is_not_looked_at_may_be_silent_for_longer(rosas_seat, osei, front_desk, ten):
    actions.keep_editing(appointment=rosas_seat.appointment, actor=osei, at=ten, unseen=True)

    assert names(rosas_seat, front_desk, ten + LASTS_UNSEEN - MOMENT)


def test_who_closed_the_form_is_gone_at_once_however_often_that_is_said(rosas_seat, osei, front_desk, ten):
    actions.keep_editing(appointment=rosas_seat.appointment, actor=osei, at=ten)

    actions.stop_editing(appointment=rosas_seat.appointment, actor=osei)
    actions.stop_editing(appointment=rosas_seat.appointment, actor=osei)

    assert not names(rosas_seat, front_desk, ten)


def test_pages_hear_of_it_when_it_is_news_and_not_at_every_beat(
    rosas_seat, osei, ten, django_capture_on_commit_callbacks
):
    said = []
    for verb in (actions.keep_editing, actions.keep_editing, actions.stop_editing, actions.stop_editing):
        at = {"at": ten} if verb is actions.keep_editing else {}
        with django_capture_on_commit_callbacks() as hints:
            verb(appointment=rosas_seat.appointment, actor=osei, **at)
        said.append(len(hints))

    assert said == [1, 0, 1, 0]


def test_a_beat_is_one_question_and_one_write(rosas_seat, front_desk, ten, django_assert_num_queries):
    actions.keep_editing(appointment=rosas_seat.appointment, actor=front_desk, at=ten)

    with django_assert_num_queries(2):
        actions.keep_editing(appointment=rosas_seat.appointment, actor=front_desk, at=ten + MOMENT)


def test_what_lapsed_is_swept_by_the_next_who_comes(rosas_seat, osei, front_desk, ten):
    actions.keep_editing(appointment=rosas_seat.appointment, actor=osei, at=ten)

    actions.keep_editing(appointment=rosas_seat.appointment, actor=front_desk, at=ten + timedelta(hours=1))

    assert [one.membership_id for one in Editing.objects.all()] == [front_desk.id]


def test_it_is_no_work_on_the_record_and_leaves_no_trace(rosas_seat, osei, ten):
    actions.keep_editing(appointment=rosas_seat.appointment, actor=osei, at=ten)
    actions.stop_editing(appointment=rosas_seat.appointment, actor=osei)

    rosas_seat.appointment.refresh_from_db()
    assert rosas_seat.appointment.version == 1
    assert not Entry.objects.exists()


def test_only_colleagues_who_may_see_the_appointment_learn_of_it(willow, rosas_seat, osei, birch_person, ten):
    stranger = cast.person(willow, "Dr Ivo Novak", ["clinician"]).actor
    visit, _cookie = identify(seat=rosas_seat, birth_date=rosas_seat.client.birth_date, at=ten)
    actions.keep_editing(appointment=rosas_seat.appointment, actor=osei, at=ten)

    for actor in (stranger, birch_person.actor, visit.as_actor()):
        assert not Editing.objects.visible_to(actor).exists()
        assert names(rosas_seat, actor, ten) == []


def test_who_may_not_change_it_is_not_editing_it(willow, rosas_seat, ten):
    stranger = cast.person(willow, "Dr Ivo Novak", ["clinician"]).actor

    with pytest.raises(refusals.NotYourCalendar):
        actions.keep_editing(appointment=rosas_seat.appointment, actor=stranger, at=ten)
