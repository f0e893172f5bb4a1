"""Whoever tells clients may be killed, or be several: each client is told, and once."""

import pytest

from tests.jobs.apart import Apart

TELLING = "tests.scheduling.telling"
CLIENTS = 12


@pytest.fixture
def place(place: Apart) -> Apart:
    place.run(TELLING, "queue", str(CLIENTS))
    return place


def report(place: Apart) -> list[int]:
    return [int(one) for one in place.run(TELLING, "report").split()]


def test_a_worker_killed_while_it_tells_leaves_nobody_out_and_tells_nobody_twice(place: Apart) -> None:
    for lines in (3, 2):
        worker = place.start(TELLING, "work")
        for _ in range(lines):
            assert worker.stdout.readline() == "done\n"
        worker.kill()
        worker.communicate()

    place.run(TELLING, "work_later")

    assert report(place) == [CLIENTS, CLIENTS, 0]


def test_several_who_tell_at_once_tell_each_client_once(place: Apart) -> None:
    started = [place.start(TELLING, "all_at_once") for _ in range(4)]
    for process in started:
        process.communicate(timeout=90)

    assert [process.returncode for process in started] == [0] * 4
    assert report(place) == [CLIENTS, CLIENTS, 0]
