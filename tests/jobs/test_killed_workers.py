"""A thousand jobs while workers are killed without warning: every one is done."""

import random
import time

COUNT, WORKERS, KILLS = 1000, 3, 6


def test_every_job_is_done_however_often_workers_are_killed(place, tmp_path):
    file = tmp_path / "done.txt"
    file.touch()
    place.run("tests.jobs.under_fire", "enqueue", str(COUNT), str(file))
    workers = [place.start("tests.jobs.under_fire", "work") for _ in range(WORKERS)]
    try:
        _kill_at_random(place, workers, file)
        _wait_until(lambda: len(_marked(file)) == COUNT, seconds=60)
        _wait_until(lambda: place.run("tests.jobs.under_fire", "left").strip() == "0", seconds=30)
    finally:
        for worker in workers:
            worker.kill()
            worker.communicate()

    assert _marked(file) == set(range(COUNT))


def _kill_at_random(place, workers, file):
    """Kill somebody each time another stretch of the work is done, and put a new one in their place."""
    for kill in range(KILLS):
        _wait_until(lambda: len(_marked(file)) > COUNT * (kill + 0.5) / (KILLS + 1), seconds=60)  # noqa: B023
        unlucky = random.randrange(WORKERS)
        workers[unlucky].kill()
        workers[unlucky].communicate()
        workers[unlucky] = place.start("tests.jobs.under_fire", "work")


def _marked(file):
    return {int(line) for line in file.read_text().splitlines()}


def _wait_until(true, *, seconds):
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "took too long"
        time.sleep(0.02)
