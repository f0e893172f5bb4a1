"""Eight processes want the same time: one has it, the others are refused, and nobody overlaps."""

import pytest

from tests.jobs.apart import Apart

EIGHT = 8
LONG = 600  # seconds: a machine that has other things to do takes its time


@pytest.fixture
def place(place: Apart) -> Apart:
    place.run("tests.scheduling.as_process", "people")
    return place


def at_once(place: Apart, *words: str, numbered: bool = False) -> list[int]:
    """What each of eight processes says."""
    rest = [(str(n),) if numbered else () for n in range(EIGHT)]
    started = [place.start("tests.scheduling.as_process", *words, *more) for more in rest]
    said = [process.communicate(timeout=LONG)[0] for process in started]
    assert [process.returncode for process in started] == [0] * EIGHT
    return [int(one) for one in said]


def report(place: Apart) -> list[int]:
    return [int(one) for one in place.run("tests.scheduling.as_process", "report").split()]


def test_eight_people_book_the_same_hour_and_one_has_it(place):
    held = at_once(place, "same_hour")

    assert sum(held) == 1
    assert report(place) == [1, 1, 0]


def test_a_crowd_books_all_over_one_morning_and_nothing_overlaps(place):
    held = sum(at_once(place, "morning", numbered=True))

    assert 1 <= held <= 5
    assert report(place) == [held, held, 0]


def test_two_who_lead_together_are_taken_together_or_not_at_all(place):
    held = at_once(place, "pair", numbered=True)

    assert sum(held) == 1
    assert report(place) == [1, 2, 0]


@pytest.mark.timeout(LONG)
def test_eight_times_two_hundred_bookings_never_overlap_and_every_loser_is_told_who_is_busy(place):
    held = sum(at_once(place, "two_hundred", numbered=True))

    # Whatever isn't held was refused with ClinicianBusy: anything else would have ended its process.
    assert 100 <= held <= 200
    assert report(place) == [held, held, 0]
