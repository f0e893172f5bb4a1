"""A job exists exactly when the work that caused it does."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django_tasks import TaskResultStatus

from holdspace.jobs.models import Job, Status
from holdspace.jobs.runner import run_due
from tests.jobs import duties

TEN = datetime(2026, 11, 2, 10, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def test_enqueued_work_is_done_once(done, soon):
    duties.note_down.enqueue("kettle")

    assert run_due(at=soon) == 1
    assert run_due(at=soon) == 0
    assert done == ["kettle"]


def test_work_that_was_rolled_back_leaves_no_job():
    with transaction.atomic():
        duties.note_down.enqueue("kettle")
        transaction.set_rollback(True)

    assert not Job.objects.exists()


def test_an_id_arrives_as_the_id_it_was(done, soon):
    row = uuid.uuid4()

    duties.look_up.enqueue(row)
    run_due(at=soon)

    assert done == [row]


def test_what_json_cannot_say_is_refused_at_once():
    with pytest.raises(TypeError):
        duties.note_down.enqueue(object())  # type: ignore[arg-type]


def test_work_for_later_waits_for_its_time(done):
    duties.note_down.using(run_after=TEN).enqueue("kettle")

    assert run_due(at=TEN - timedelta(seconds=1)) == 0
    assert run_due(at=TEN) == 1


def test_the_result_says_how_it_stands(soon):
    result = duties.note_down.enqueue("kettle")
    before = result.status

    run_due(at=soon)
    result.refresh()

    assert (before, result.status) == (TaskResultStatus.READY, TaskResultStatus.SUCCESSFUL)


def test_the_same_work_waits_only_once(done, soon):
    first = duties.tidy.enqueue("desk")
    again = duties.tidy.enqueue("desk")
    other = duties.tidy.enqueue("shelf")

    assert first.id == again.id != other.id
    assert run_due(at=soon) == 2


def test_the_same_work_may_be_asked_for_again_while_it_runs(soon):
    first = duties.tidy.enqueue("desk")
    Job.objects.update(status=Status.LEASED, lease_until=soon)

    again = duties.tidy.enqueue("desk")

    assert again.id != first.id


def test_asking_again_brings_put_off_work_forward():
    duties.tidy.using(run_after=TEN + timedelta(hours=5)).enqueue("desk")
    duties.tidy.using(run_after=TEN).enqueue("desk")
    duties.tidy.using(run_after=TEN + timedelta(hours=9)).enqueue("desk")

    assert Job.objects.get().run_at == TEN


def test_a_task_nobody_declares_is_never_imported(soon):
    job = Job.objects.create(task="os.getcwd", run_at=TEN, enqueued_at=TEN)

    run_due(at=soon)

    job.refresh_from_db()
    assert job.last_error.startswith("UnknownTask ")
