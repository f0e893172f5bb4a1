"""The one socket: who are you, what do you want to hear, to whom do you want to speak.

`endpoint(identify)` is an ASGI application for WebSockets.  It knows no model and no
rule of the house; who may do what is asked of the watcher that `identify` gives.
"""

import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Literal, TypeVar
from uuid import UUID

from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from holdspace.live import bus
from holdspace.live.buses import Bus
from holdspace.live.errors import error
from holdspace.live.frames import NotOurLanguage, TooLarge, parse
from holdspace.live.hub import Hub
from holdspace.live.origin import is_ours
from holdspace.live.rechecks import Rechecks
from holdspace.live.schema import (
    CLOSES,
    ROOMS_PER_SOCKET,
    TOPICS_PER_SOCKET,
    Id,
    Join,
    Leave,
    Note,
    NoteFrom,
    Ping,
    Pong,
    Topic,
    Up,
    Watch,
    Watching,
    Welcome,
)
from holdspace.live.sockets import Credentials, Socket
from holdspace.live.watchers import Clerks, Identify, Place, Watcher

log = logging.getLogger(__name__)

SOCKETS_PER_WATCHER = 64
COMES_AS = ("desk", "visit", "guest")
TRY_AGAIN_LATER = 1013

Nowhere = Literal["nowhere"]
T = TypeVar("T")


class Endpoint:
    """Serves sockets while `running`."""

    def __init__(self, identify: Identify, carrier: Bus) -> None:
        self._identify = identify
        self._bus = carrier
        self._clerks = Clerks()
        self._rechecks = Rechecks(identify, self._clerks)
        self._hub = self._rechecks.hub = Hub(carrier, self._rechecks.session)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """The server's lifespan: what is published meanwhile reaches its sockets."""
        _keep_words_out_of_logs()
        await bus.start(self._bus, self._hub)
        self._rechecks.begin()
        try:
            yield
        finally:
            self._rechecks.end()
            await bus.stop(self._bus)
            self._clerks.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        websocket = WebSocket(scope, receive, send)
        try:
            socket = await self._open(websocket, send)
            if socket is not None:
                await self._serve(websocket, socket)
        except WebSocketDisconnect:
            pass

    # Opening

    async def _open(self, websocket: WebSocket, send: Send) -> Socket | None:
        # Accepted first in any case: a browser tells the page nothing of a refused handshake.
        await websocket.accept()
        credentials = Credentials(websocket.cookies, websocket.query_params.get("as", ""))
        watcher = await self._who(websocket, credentials)
        if isinstance(watcher, int):
            await websocket.close(watcher)
            return None
        return Socket(websocket, watcher, credentials, drop=partial(self._drop, send))

    async def _who(self, websocket: WebSocket, credentials: Credentials) -> Watcher | int:
        """The watcher, or the code to close with."""
        headers = websocket.headers
        if not is_ours(headers.get("origin", ""), headers.get("host", "")):
            return CLOSES["notOurOrigin"]
        if credentials.as_ not in COMES_AS:
            return CLOSES["signedOut"]
        try:
            watcher = await self._clerks.ask(self._identify, credentials.cookies, credentials.as_)
        except Exception as wrong:
            log.warning("live: nobody could be identified (%s)", type(wrong).__name__)
            return TRY_AGAIN_LATER
        if watcher is not None and self._hub.count(watcher.key) >= SOCKETS_PER_WATCHER:
            return CLOSES["flood"]
        return watcher or CLOSES["signedOut"]

    async def _serve(self, websocket: WebSocket, socket: Socket) -> None:
        self._hub.add(socket)
        self._rechecks.schedule(socket)
        socket.say(Welcome())
        try:
            await self._listen(websocket, socket)
        finally:
            self._hub.remove(socket)

    def _drop(self, send: Send, socket: Socket) -> None:
        self._hub.remove(socket)
        _abort(send)

    # Listening

    async def _listen(self, websocket: WebSocket, socket: Socket) -> None:
        while True:
            message = await websocket.receive()
            if message["type"] == "websocket.disconnect":
                return
            if socket.closing:
                continue
            frame = _understood(socket, message.get("text") or "")
            if isinstance(frame, int):
                self._hub.shut(socket, frame)
            else:
                await self._obey(socket, frame)

    async def _obey(self, socket: Socket, frame: Up) -> None:
        match frame:
            case Note() if _is_to_oneself(socket, frame):
                # *Test the service*: what a page says to itself comes home the way every note comes.
                socket.say(NoteFrom(frame.session, frame.to, frame.kind, frame.body))
            case Note():
                self._hub.rooms.note(socket, frame)
            case Ping():
                socket.say(Pong(frame.n))
            case Watch():
                await self._watch(socket, frame)
            case Join():
                await self._join(socket, frame.session)
            case Leave():
                self._hub.rooms.leave(socket, frame.session)

    async def _watch(self, socket: Socket, frame: Watch) -> None:
        if len(socket.topics.union(frame.topics)) > TOPICS_PER_SOCKET:
            socket.say(error("too_many"))
            return
        answer = await self._ask(socket, None, _allowed, socket.watcher, frame.topics)
        if answer is None or socket.closing:
            return
        for topic in answer.topics:
            self._hub.watch(socket, topic)
        socket.say(answer)

    async def _join(self, socket: Socket, session: Id) -> None:
        if len({*socket.seats, session}) > ROOMS_PER_SOCKET:
            socket.say(error("too_many", session))
            return
        turns = self._hub.rights_turns
        place = await self._ask(socket, session, _place, socket.watcher, session)
        if place is None or socket.closing:
            return
        if place == "nowhere":
            socket.say(error("no_place", session))
            return
        self._hub.rooms.join(socket, session, place)
        if self._hub.rights_turns != turns:
            # Somebody's right changed while we asked; it may have been this one.
            self._rechecks.session(session)

    async def _ask(
        self, socket: Socket, session: Id | None, question: Callable[..., T], *about: object
    ) -> T | None:
        """The answer, or None when there was none and the page has been told so."""
        try:
            return await self._clerks.ask(question, *about)
        except Exception as wrong:
            log.warning("live: a question failed (%s)", type(wrong).__name__)
            socket.say(error("try_again", session))
            return None


def endpoint(identify: Identify) -> Endpoint:
    """The socket's application, on the bus the settings ask for."""
    return Endpoint(identify, bus.chosen())


def _understood(socket: Socket, text: str) -> Up | int:
    """The frame, or the code to close with."""
    try:
        frame = parse(text)
    except NotOurLanguage:
        return CLOSES["notOurLanguage"]
    except TooLarge:
        return CLOSES["tooLarge"]
    bucket = socket.notes if type(frame) is Note else socket.others
    return frame if bucket.take(time.monotonic()) else CLOSES["flood"]


def _is_to_oneself(socket: Socket, note: Note) -> bool:
    """A note from and to one's own id, in no session at all."""
    return note.session == note.to and socket.watcher.key.partition(":")[2] == note.to


def _allowed(watcher: Watcher, topics: list[Topic]) -> Watching:
    allowed = {topic for topic in topics if topic == watcher.key or watcher.may_watch(topic)}
    refused = [topic for topic in topics if topic not in allowed]
    return Watching([topic for topic in topics if topic in allowed], refused)


def _place(watcher: Watcher, session: Id) -> Place | Nowhere:
    return watcher.place_in(UUID(session)) or "nowhere"


def _abort(send: Send) -> None:
    """Cut the line to a page that doesn't read: ASGI has no word for it, uvicorn's transport does."""
    transport = getattr(getattr(send, "__self__", None), "transport", None)
    if transport is not None:
        transport.abort()


def _keep_words_out_of_logs() -> None:
    # At level DEBUG the server's WebSocket library logs every frame, notes included.
    for name in ("uvicorn.error", "websockets", "websockets.server"):
        logger = logging.getLogger(name)
        if logger.isEnabledFor(logging.DEBUG):
            logger.setLevel(logging.INFO)
