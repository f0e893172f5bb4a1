"""Asking again: a right that was given may have been taken, and a sign-in may have ended."""

import asyncio
import logging
import random
from collections.abc import Coroutine
from typing import Any
from uuid import UUID

from holdspace.live.hub import Hub
from holdspace.live.schema import CLOSES, Id, Topic, Watching
from holdspace.live.sockets import Socket
from holdspace.live.watchers import Clerks, Identify, Watcher

log = logging.getLogger(__name__)

MINUTE = 60.0


class Rechecks:
    """Brings places and sign-ins of this process's sockets up to date with the database."""

    def __init__(self, identify: Identify, clerks: Clerks) -> None:
        self._identify = identify
        self._clerks = clerks
        self._again: dict[Id, bool] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self.hub: Hub

    def session(self, session: Id, after: float = 0.0) -> None:
        """Ask for the place of everyone in this room, `after` so many seconds.

        One round at a time for each room, and one more if asked meanwhile: an older
        answer never overwrites a newer one, and a crowd of hints costs two rounds.
        """
        if after:
            asyncio.get_running_loop().call_later(after, self.session, session)
        elif session in self._again:
            self._again[session] = True
        else:
            self._again[session] = False
            self._begin(self._rounds(session))

    def begin(self) -> None:
        """Look every second for sockets not asked about for a minute."""
        self._begin(self._sweep())

    def end(self) -> None:
        for task in self._tasks:
            task.cancel()

    def schedule(self, socket: Socket) -> None:
        """A minute from now, or a little before, so that a crowd doesn't stay one."""
        socket.due = asyncio.get_running_loop().time() + MINUTE * random.uniform(0.75, 1)  # noqa: S311

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _rounds(self, session: Id) -> None:
        try:
            while True:
                self._again[session] = False
                for socket in self.hub.rooms.seated_in(session):
                    await self._place(socket, session)
                if not self._again[session]:
                    return
        finally:
            del self._again[session]

    async def _place(self, socket: Socket, session: Id) -> None:
        try:
            place = await self._clerks.ask(socket.watcher.place_in, UUID(session))
        except Exception as wrong:  # The database may be away; the next sweep asks again.
            log.warning("live: a place couldn't be checked (%s)", type(wrong).__name__)
            socket.due = 0.0
        else:
            # Asked again meanwhile: this answer may be the older one, and the next round brings another.
            if not self._again[session]:
                self.hub.rooms.place(socket, session, place)

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(1)
            now = asyncio.get_running_loop().time()
            for socket in [socket for socket in self.hub.sockets if socket.due < now]:
                self.schedule(socket)
                await self._check(socket)

    async def _check(self, socket: Socket) -> None:
        try:
            watcher, refused = await self._clerks.ask(self._ask, socket)
        except Exception as wrong:  # A database that is away is no reason to throw everyone out.
            log.warning("live: a sign-in couldn't be checked (%s)", type(wrong).__name__)
        else:
            self._apply(socket, watcher, refused)

    def _apply(self, socket: Socket, watcher: Watcher | None, refused: list[Topic]) -> None:
        if watcher is None:
            self.hub.shut(socket, CLOSES["signedOut"])
            return
        socket.watcher = watcher
        self._withdraw(socket, refused)
        for session in list(socket.seats):
            self.session(session)

    def _ask(self, socket: Socket) -> tuple[Watcher | None, list[Topic]]:
        watcher = self._identify(socket.credentials.cookies, socket.credentials.as_)
        if watcher is None or watcher.key != socket.watcher.key:
            return None, []
        asked = [Topic(topic) for topic in list(socket.topics) if topic != watcher.key]
        return watcher, [topic for topic in asked if not watcher.may_watch(topic)]

    def _withdraw(self, socket: Socket, refused: list[Topic]) -> None:
        for topic in refused:
            self.hub.unwatch(socket, topic)
        if refused:
            socket.say(Watching([], refused))
