"""A launch is left alone: for a moment this process's worker starts nothing, and then all of it."""


def test_in_a_launch_no_job_is_started_and_after_it_every_one(place):
    hushed, *after = map(float, place.run("tests.jobs.under_fire", "hushed").split())

    assert hushed > 1.0
    assert min(after) < 0.4
