"""Two people at one seat, in a house of their own: it is full of seats, and of people left waiting."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.journeys.browsers import context
from tests.journeys.house import House
from tests.journeys.places import LAPTOP, PHONE, Place, Two, kept_sign_in, places, two_at


@pytest.fixture(scope="module")
def place(house: House) -> Callable[[], Place]:
    """A seat nobody has used, each time."""
    made = places(house, 40)
    return lambda: next(made)


@pytest.fixture(scope="module")
def sign_in(house: House, two_browsers: tuple[Browser, Browser]) -> object:
    return kept_sign_in(two_browsers[0], house)


@pytest.fixture
def desk_window(house: House, two_browsers: tuple[Browser, Browser], sign_in: object) -> BrowserContext:
    return context(two_browsers[0], house, storage_state=sign_in, **LAPTOP)


@pytest.fixture
def phone(house: House, two_browsers: tuple[Browser, Browser]) -> BrowserContext:
    return context(two_browsers[1], house, **PHONE)


@pytest.fixture
def two(
    house: House, place: Callable[[], Place], desk_window: BrowserContext, phone: BrowserContext
) -> Iterator[Two]:
    with two_at(house, place(), desk_window, phone) as both:
        yield both
