"""What is kept for minutes without Redis: shared by all processes, counted one by one, in no plain words."""

import threading
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.db import connection

from holdspace.kit.models import Remembered
from holdspace.portal.limits import within
from tests.cast import TEN


def test_without_redis_no_process_keeps_anything_to_itself() -> None:
    assert settings.CACHES["default"]["BACKEND"] == "holdspace.kit.remembering.DatabaseCache"


def test_what_is_set_is_found_until_it_runs_out(db: None) -> None:
    with time_machine.travel(TEN, tick=False) as clock:
        cache.set("typed", {"a": [1, "two"]}, 60)
        assert cache.get("typed") == {"a": [1, "two"]}
        assert not cache.add("typed", "another", 60)
        clock.shift(timedelta(seconds=60))

        assert cache.get("typed", "gone") == "gone"
        assert cache.add("typed", "another", 60)
    assert Remembered.objects.count() == 1


def test_counting_leaves_the_time_as_it_was(db: None) -> None:
    with time_machine.travel(TEN, tick=False) as clock:
        allowed = []
        for _try in range(5):
            allowed.append(within("knocking", "203.0.113.9", most=3, seconds=3600))
            clock.shift(timedelta(minutes=10))
        assert allowed == [True, True, True, False, False]

        clock.shift(timedelta(minutes=10))
        assert within("knocking", "203.0.113.9", most=3, seconds=3600)


def test_nothing_kept_is_no_count_and_deleting_it_is_no_trouble(db: None) -> None:
    with pytest.raises(ValueError, match="nothing is kept"):
        cache.incr("never")
    assert not cache.delete("never")
    assert not cache.touch("never", 60)


def test_neither_key_nor_code_runs_from_the_table(db: None) -> None:
    cache.set("rosa@example.org", "x", 60)

    row: Any = Remembered.objects.get()
    assert "rosa" not in row.code
    assert row.value == '"x"'


@pytest.mark.django_db(transaction=True)
def test_of_many_tries_at_once_each_counts() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("the tests' database is in memory, where connections don't wait for each other")
    cache.add("tries", 0, 60)
    counted: list[int] = []

    def one() -> None:
        try:
            counted.append(cache.incr("tries"))
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(counted) == list(range(1, 9))
    assert cache.get("tries") == 8
