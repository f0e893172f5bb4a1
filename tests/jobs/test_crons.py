"""The clock's work: one row each, one at a time, over and over."""

from datetime import UTC, datetime, timedelta

import pytest

from holdspace.jobs import actions
from holdspace.jobs.models import Job, Status
from holdspace.jobs.runner import run
from tests.jobs import duties

TEN = datetime(2026, 11, 2, 10, tzinfo=UTC)
MINUTE = timedelta(seconds=60)

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock_row():
    actions.keep_crons([duties.wind_the_clock, duties.nothing_to_do], at=TEN)
    return Job.objects.get(task=duties.wind_the_clock.module_path)


def claim(at, by="one"):
    return actions.claim_crons(by=by, at=at, limit=5)


def test_every_process_keeps_the_same_row(clock_row):
    actions.keep_crons([duties.wind_the_clock], at=TEN + MINUTE)

    assert Job.objects.get(task=duties.wind_the_clock.module_path).run_at == TEN


def test_a_cron_comes_round_again(clock_row, done):
    [job] = claim(TEN)
    run(job, at=TEN)

    assert done == ["wound"]
    assert claim(TEN + MINUTE / 2) == []
    assert len(claim(TEN + MINUTE)) == 1


def test_at_most_one_runs(clock_row):
    claim(TEN)

    assert claim(TEN + MINUTE, by="two") == []


def test_a_cron_with_nothing_to_do_is_not_even_leased(clock_row):
    assert [job.task for job in claim(TEN)] == [duties.wind_the_clock.module_path]


def test_a_cron_that_cannot_say_whether_it_is_wanted_holds_up_nobody(clock_row):
    actions.keep_crons([duties.asks_in_vain], at=TEN)

    claimed = {job.task: job for job in claim(TEN)}
    run(claimed[duties.asks_in_vain.module_path], at=TEN)

    assert clock_row.task in claimed
    assert Job.objects.get(task=duties.asks_in_vain.module_path).last_error.startswith("CarrierAsleep ")


def test_a_cron_that_fails_is_never_given_up(clock_row):
    Job.objects.update(attempts=500)
    [job] = claim(TEN)

    actions.put_off(job, error="CarrierAsleep", at=TEN)

    clock_row.refresh_from_db()
    assert clock_row.status == Status.READY
    assert clock_row.run_at <= TEN + 1.5 * MINUTE


def test_a_dead_workers_cron_comes_back(clock_row):
    claim(TEN)

    actions.recover(at=TEN + MINUTE)

    assert len(claim(TEN + MINUTE, by="two")) == 1
