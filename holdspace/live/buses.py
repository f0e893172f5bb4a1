"""What carries parcels to every process's hub, and the one that needs no server."""

import asyncio
import threading
from collections.abc import Callable
from typing import Protocol

from holdspace.live.parcels import Parcel


class Listener(Protocol):
    """A process's hub, as a bus sees it.  Called in the event loop's thread."""

    def deliver(self, parcel: Parcel) -> None: ...

    def resumed(self) -> None:
        """The other processes can be heard, and may not have been before."""

    def lost(self, process: str) -> None:
        """Another process has fallen silent."""


class Bus(Protocol):
    """Delivers at most once, in the order of sending, and never makes the sender wait."""

    @property
    def process(self) -> str:
        """What the other processes call this one; new at every start."""

    def send(self, parcel: Parcel) -> None:
        """To every process, this one included: here at once if sent in the loop's thread.

        May be called from any thread, and before start or after stop, when it does nothing.
        """

    def send_to(self, process: str, parcel: Parcel) -> None:
        """To one other process."""

    async def start(self, listener: Listener) -> None: ...

    async def stop(self) -> None: ...


class Doorstep:
    """The way into the server's event loop from whatever thread one is in."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = 0

    def open(self) -> None:
        self._loop, self._thread = asyncio.get_running_loop(), threading.get_ident()

    def close(self) -> None:
        self._loop = None

    def run(self, act: Callable[[], None]) -> None:
        """Act in the loop: now if we are in it, else as soon as it turns; never if it has ended."""
        loop = self._loop
        if loop is None:
            return
        if threading.get_ident() == self._thread:
            act()
            return
        try:
            loop.call_soon_threadsafe(act)
        except RuntimeError:
            # The loop closed between the look and the leap; so have its sockets.
            self._loop = None


class MemoryBus:
    """For one process: there is nobody else to tell."""

    process = "only"

    def __init__(self) -> None:
        self._doorstep = Doorstep()
        self._listener: Listener | None = None

    def send(self, parcel: Parcel) -> None:
        listener = self._listener
        if listener is not None:
            self._doorstep.run(lambda: listener.deliver(parcel))

    def send_to(self, process: str, parcel: Parcel) -> None:
        raise LookupError("There is no other process on a memory bus.")

    async def start(self, listener: Listener) -> None:
        self._listener = listener
        self._doorstep.open()

    async def stop(self) -> None:
        self._doorstep.close()
        self._listener = None
