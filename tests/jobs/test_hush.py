"""A launch is left alone: for a moment this process's worker starts nothing, and then all of it."""

from tests.jobs.test_worker import LONG_BEFORE_IT_LOOKS


def test_in_a_launch_no_job_is_started_and_after_it_every_one(place):
    hushed, *after = map(float, place.run("tests.jobs.under_fire", "hushed").split())

    assert hushed >= 1.5
    assert max(after) < LONG_BEFORE_IT_LOOKS
