"""Leases run out, failures are put off, and what never works is given up but kept."""

from datetime import UTC, datetime, timedelta

import pytest

from holdspace.jobs import actions, queries
from holdspace.jobs.models import Job, Status
from holdspace.jobs.refusals import LeaseLost
from holdspace.jobs.runner import run, run_due
from holdspace.kit.refusals import MoveNotAllowed
from tests.jobs import duties

TEN = datetime(2026, 11, 2, 10, tzinfo=UTC)
LEASE = timedelta(seconds=30)

pytestmark = pytest.mark.django_db


def claim(at, by="one"):
    return actions.claim(by=by, at=at, limit=10, lease=LEASE)


def kept(task, *args):
    return Job.objects.get(pk=task.using(run_after=TEN).enqueue(*args).id)


def test_a_claimed_job_is_nobody_elses():
    kept(duties.note_down, "kettle")

    assert len(claim(TEN)) == 1
    assert claim(TEN, by="two") == []


def test_the_slower_of_two_claims_goes_away_empty():
    job = kept(duties.note_down, "kettle")
    stale = Job.objects.get(pk=job.pk)
    claim(TEN)

    with pytest.raises(MoveNotAllowed):
        stale.move_to(Status.LEASED)


def test_a_dead_workers_job_comes_back_when_its_lease_ends():
    kept(duties.note_down, "kettle")
    claim(TEN)

    assert actions.recover(at=TEN + LEASE) == 0
    assert actions.recover(at=TEN + LEASE + timedelta(seconds=1)) == 1
    assert len(claim(TEN + timedelta(minutes=1), by="two")) == 1


def test_a_heartbeat_keeps_the_lease():
    kept(duties.note_down, "kettle")
    [job] = claim(TEN)

    actions.extend([job.leased_by], at=TEN + timedelta(seconds=20), lease=LEASE)

    assert actions.recover(at=TEN + timedelta(seconds=45)) == 0


def test_who_lost_the_lease_cannot_overwrite_the_next_holder():
    kept(duties.note_down, "kettle")
    [slow] = claim(TEN)
    actions.recover(at=TEN + timedelta(minutes=1))
    [quick] = claim(TEN + timedelta(minutes=1), by="two")

    with pytest.raises(LeaseLost):
        actions.finish(slow, at=TEN + timedelta(minutes=2))

    actions.finish(quick, at=TEN + timedelta(minutes=2))


def test_a_failure_is_put_off_and_says_only_its_name():
    kept(duties.never_works, "rosa@example.org")
    [job] = claim(TEN)

    run(job, at=TEN)

    job.refresh_from_db()
    assert (job.status, job.attempts) == (Status.READY, 1)
    assert TEN + timedelta(seconds=2.5) <= job.run_at <= TEN + timedelta(seconds=7.5)
    assert job.last_error.startswith("CarrierAsleep tests.jobs.duties:")
    assert "rosa" not in job.last_error


def test_each_delay_is_twice_the_last_up_to_an_hour():
    delays = [actions.backoff(n, longest=3600, jitter=lambda: 0.5).total_seconds() for n in (1, 2, 3, 30)]

    assert delays == [5, 10, 20, 3600]


def test_after_the_last_attempt_the_job_is_dead_and_stays_to_be_seen(soon):
    job = kept(duties.never_works, "carrier")

    for hours in range(5):
        run_due(at=TEN + timedelta(hours=hours))

    job.refresh_from_db()
    assert (job.status, job.attempts) == (Status.DEAD, 3)
    assert queries.load(at=soon).dead == 1


def test_work_that_kills_its_worker_every_time_is_given_up():
    job = kept(duties.never_works, "poison")

    for hours in range(3):
        claim(TEN + timedelta(hours=hours))
        actions.recover(at=TEN + timedelta(hours=hours, minutes=1))

    job.refresh_from_db()
    assert (job.status, job.last_error) == (Status.DEAD, "LeaseRanOut")


def test_failed_work_that_was_asked_for_again_leaves_it_to_the_new_job(soon):
    job = kept(duties.tidy, "desk")
    [running] = claim(TEN)
    duties.tidy.enqueue("desk")

    actions.put_off(running, error="CarrierAsleep", at=TEN)

    job.refresh_from_db()
    assert job.status == Status.DONE
    assert Job.objects.filter(status=Status.READY).count() == 1


def test_the_oldest_waiting_job_says_how_far_behind_we_are():
    kept(duties.note_down, "kettle")

    assert queries.load(at=TEN + timedelta(seconds=40)).behind == timedelta(seconds=40)


def test_what_was_done_long_ago_is_forgotten():
    old, fresh, dead = (kept(duties.note_down, n) for n in ("old", "fresh", "dead"))
    Job.objects.filter(pk=old.pk).update(status=Status.DONE, finished_at=TEN - timedelta(days=8))
    Job.objects.filter(pk=fresh.pk).update(status=Status.DONE, finished_at=TEN - timedelta(days=6))
    Job.objects.filter(pk=dead.pk).update(status=Status.DEAD, finished_at=TEN - timedelta(days=8))

    assert actions.purge(at=TEN) == 1
    assert not Job.objects.filter(pk=old.pk).exists()


@pytest.mark.parametrize("status", Status)
def test_a_job_moves_only_along_its_table(status):
    job = kept(duties.note_down, "kettle")
    Job.objects.filter(pk=job.pk).update(status=status)
    job.refresh_from_db()

    for other in set(Status) - Job.MOVES[status]:
        with pytest.raises(MoveNotAllowed):
            job.move_to(other)
