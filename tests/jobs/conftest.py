from datetime import UTC, datetime

import pytest

from tests.jobs import duties


@pytest.fixture(autouse=True)
def done():
    """What the tests' own tasks have done."""
    duties.done.clear()
    return duties.done


@pytest.fixture
def soon():
    """A moment after everything enqueued in this test has come due."""
    return datetime(2100, 1, 1, tzinfo=UTC)
