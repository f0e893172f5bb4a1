"""A running server on the memory bus, a room in it, and pages that close themselves."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from holdspace.live.buses import MemoryBus
from tests.live.world import Page, Room, Serving, World


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path / "world.json")


@pytest.fixture
def room(world: World) -> Room:
    return Room(world)


@pytest.fixture
def port(world: World, settings: Any) -> Iterator[int]:
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    with Serving(world.identify, MemoryBus()) as port:
        yield port


@pytest.fixture
def open_page(port: int) -> Iterator[Callable[..., Page]]:
    """Opens a page for somebody: `open_page(key)`."""
    pages: list[Page] = []

    def opened(who: str, **how: Any) -> Page:
        pages.append(Page(port, who, **how))
        return pages[-1]

    yield opened
    for one in pages:
        one.close()
