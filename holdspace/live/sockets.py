"""One page's socket: what it may still say this second, and what it still has to hear.

Nothing runs for a socket that is quiet: frames to it start a task that ends when all
are written, and a page that doesn't read is dropped rather than remembered.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from starlette.websockets import WebSocket, WebSocketDisconnect

from holdspace.live.frames import encode
from holdspace.live.parcels import Here
from holdspace.live.schema import FRAMES_IN_A_BURST, FRAMES_PER_SECOND, Down, Id
from holdspace.live.watchers import Watcher

UNREAD = 1024 * 1024
"""Characters a page may leave unread before its socket is dropped."""
OVERHEAD = 100
FAREWELL = 10.0
"""Seconds a page has to read what is left once its socket is being closed."""


class Bucket:
    """So many a second, so many at once."""

    __slots__ = ("_at", "_left")

    def __init__(self) -> None:
        self._left = float(FRAMES_IN_A_BURST)
        self._at = 0.0

    def take(self, at: float) -> bool:
        """Take one, if there is one."""
        refilled = self._left + (at - self._at) * FRAMES_PER_SECOND
        self._left = min(float(FRAMES_IN_A_BURST), refilled)
        self._at = at
        if self._left < 1:
            return False
        self._left -= 1
        return True


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a page showed when it came, kept to ask again whether it still holds."""

    cookies: Mapping[str, str]
    as_: str


class Socket:
    """A page that is known.  Everything here happens in the event loop's thread."""

    __slots__ = (
        "_closing",
        "_drop",
        "_flusher",
        "_unread",
        "_waiting",
        "_websocket",
        "credentials",
        "due",
        "notes",
        "others",
        "seats",
        "topics",
        "watcher",
    )

    def __init__(
        self,
        websocket: WebSocket,
        watcher: Watcher,
        credentials: Credentials,
        drop: Callable[["Socket"], None],
    ) -> None:
        self._websocket = websocket
        self._waiting: deque[str] = deque()
        self._unread = 0
        self._flusher: asyncio.Task[None] | None = None
        self._closing: int | None = None
        self.watcher = watcher
        self.credentials = credentials
        self._drop = drop
        self.due = 0.0
        self.notes = Bucket()
        self.others = Bucket()
        self.topics: set[str] = set()
        self.seats: dict[Id, Here] = {}

    @property
    def closing(self) -> bool:
        return self._closing is not None

    def say(self, frame: Down) -> None:
        """Send a frame, soon and in order, without waiting for the page to read it."""
        self.say_text(encode(frame))

    def say_text(self, text: str) -> None:
        """The same, for a frame that is text already."""
        if self.closing:
            return
        self._waiting.append(text)
        self._unread += len(text) + OVERHEAD
        if self._unread > UNREAD:
            self._give_up()
        else:
            self._flush_soon()

    def close(self, code: int) -> None:
        """Send what is waiting, then close."""
        if not self.closing:
            self._closing = code
            self._flush_soon()
            asyncio.get_running_loop().call_later(FAREWELL, self._drop, self)

    def _give_up(self) -> None:
        self._closing = 1008
        self._waiting.clear()
        self._drop(self)

    def _flush_soon(self) -> None:
        if self._flusher is None:
            self._flusher = asyncio.get_running_loop().create_task(self._flush())

    async def _flush(self) -> None:
        try:
            while self._waiting:
                text = self._waiting.popleft()
                await self._websocket.send_text(text)
                self._unread -= len(text) + OVERHEAD
            if self._closing is not None:
                await self._websocket.close(self._closing)
        except (WebSocketDisconnect, RuntimeError):
            # The page has gone; the reading side finds out on its own.
            self._waiting.clear()
        finally:
            self._flusher = None
