"""An entry says who did what to which record, and stays exactly if the work does."""

import uuid
from datetime import timedelta

import pytest
from django.db import transaction

from holdspace.audit import queries, trail
from holdspace.audit.models import Entry
from holdspace.jobs.models import Job
from holdspace.kit.actor import System, Visit
from tests.audit.conftest import BIRCH, TEN, WILLOW, someone, thing

pytestmark = pytest.mark.django_db


def test_an_entry_says_who_did_what_to_which_record_and_when():
    osei, cup = someone(), thing()

    entry = trail.record(osei, "kettle.tea.poured", cup, at=TEN, sugar=2)

    entry.refresh_from_db()
    assert (entry.actor_kind, entry.actor_id, entry.actor_name) == ("member", osei.id, "Dr Ama Osei")
    assert (entry.what, entry.subject_type, entry.subject_id) == ("kettle.tea.poured", "audit.entry", cup.pk)
    assert (entry.at, entry.practice_id, entry.detail) == (TEN, WILLOW, {"sugar": 2})


def test_a_client_is_an_id_and_never_a_name():
    rosa = Visit(uuid.uuid4(), uuid.uuid4(), uuid.uuid4(), WILLOW)

    entry = trail.record(rosa, "consents.consent.signed", thing(), at=TEN)

    assert (entry.actor_kind, entry.actor_id, entry.actor_name) == ("visit", rosa.visit_id, "")


def test_work_that_was_rolled_back_leaves_no_entry():
    with transaction.atomic():
        trail.record(someone(), "kettle.tea.poured", thing(), at=TEN)
        transaction.set_rollback(True)

    assert not Entry.objects.exists()


def test_a_record_of_no_practice_is_in_its_actors_chain():
    job = Job(task="none", run_at=TEN, enqueued_at=TEN)

    assert trail.record(someone(BIRCH), "jobs.job.seen", job, at=TEN).practice_id == BIRCH
    assert trail.record(System(), "jobs.job.seen", job, at=TEN).practice_id is None


def test_details_read_back_as_they_were_written():
    entry = trail.record(someone(), "kettle.tea.poured", thing(), at=TEN, cup=WILLOW, by=TEN, old=None)
    written = entry.detail

    entry.refresh_from_db()

    assert entry.detail == written


def test_the_history_of_a_record_is_a_story_in_its_order():
    cup, other, osei = thing(), thing(), someone()
    trail.record(osei, "kettle.tea.drunk", cup, at=TEN + timedelta(minutes=5))
    for what in ("kettle.tea.poured", "kettle.tea.stirred", "kettle.tea.served"):
        trail.record(osei, what, cup, at=TEN)
    trail.record(osei, "kettle.tea.poured", other, at=TEN)

    told = [line.what.rpartition(".")[2] for line in queries.history_of("audit.entry", cup.pk)]

    assert told == ["poured", "stirred", "served", "drunk"]


def test_several_records_make_one_story():
    cup, spoon = thing(), thing()
    trail.record(someone(), "kettle.tea.poured", cup, at=TEN)
    trail.record(someone(), "kettle.spoon.found", spoon, at=TEN)

    story = queries.history_of_all([("audit.entry", cup.pk), ("audit.entry", spoon.pk)])

    assert [line.what for line in story] == ["kettle.tea.poured", "kettle.spoon.found"]


def test_an_auditors_pages_hold_their_practice_only_newest_first():
    for n in range(queries.PAGE + 1):
        trail.record(someone(), "kettle.tea.poured", thing(), at=TEN + timedelta(minutes=n), cup=n)
    trail.record(someone(BIRCH), "kettle.tea.poured", thing(BIRCH), at=TEN)

    first, second = queries.entries_for(WILLOW), queries.entries_for(WILLOW, page=2)

    assert (first.lines[0].detail["cup"], first.has_next) == (queries.PAGE, True)
    assert ([line.detail["cup"] for line in second.lines], second.has_next) == ([0], False)


def test_only_who_may_read_the_trail_sees_it():
    trail.record(someone(), "kettle.tea.poured", thing(), at=TEN)

    assert Entry.objects.visible_to(someone(WILLOW, "read_trail")).count() == 1
    assert not Entry.objects.visible_to(someone(WILLOW)).exists()
    assert not Entry.objects.visible_to(someone(BIRCH, "read_trail")).exists()
    assert not Entry.objects.visible_to(System()).exists()
