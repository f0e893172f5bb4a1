"""The seam to the rest of the house: who is asking, what may they watch, where do they sit.

`config` implements these; they may use the database, so they run in a few threads of
their own and never in the event loop.
"""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol, TypeVar
from uuid import UUID

from django.db import close_old_connections

from holdspace.live.schema import Right, Role

THREADS = 4

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody's seat in a session, as the database has it now."""

    participant: UUID
    role: Role
    right: Right


class Watcher(Protocol):
    """Somebody who is signed in, or visits by a link."""

    @property
    def key(self) -> str:
        """`user:<uuid>` or `visit:<uuid>`: a topic of their own, always watched."""

    def may_watch(self, topic: str) -> bool:
        """Whether hints of this topic are for them, asked when they want to watch."""

    def place_in(self, session: UUID) -> Place | None:
        """Their seat in this session right now, or None."""


Identify = Callable[[Mapping[str, str], str], Watcher | None]
"""From a page's cookies and what it comes as (`desk`, `visit` or `guest`): who it is, or None.

Called when a socket opens and once a minute after; it must not count as activity.
"""


def _in_thread(function: Callable[..., T], *args: object) -> T:
    close_old_connections()
    try:
        return function(*args)
    finally:
        close_old_connections()


class Clerks:
    """The few threads in which questions to the database are asked."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="live")

    async def ask(self, function: Callable[..., T], *args: object) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, _in_thread, function, *args)

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
