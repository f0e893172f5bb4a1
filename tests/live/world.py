"""A house of its own for the socket: who is signed in and who sits where stands in a file.

The server reads it afresh for every question, as the real one reads its database, so a
test in another process changes the world by writing.
"""

import asyncio
import json
import os
import sys
import threading
from collections.abc import Mapping
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import uvicorn
from starlette.applications import Starlette
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from holdspace.live.buses import Bus
from holdspace.live.endpoint import Endpoint
from holdspace.live.serving import UVICORN
from holdspace.live.watchers import Place


class World:
    def __init__(self, file: Path) -> None:
        self._file = file
        if not file.exists():
            self._write({"signed_in": {}, "places": {}})

    def sign_in(self, key: str, *topics: str) -> str:
        self._change(lambda world: world["signed_in"].__setitem__(key, list(topics)))
        return key

    def sign_out(self, key: str) -> None:
        self._change(lambda world: world["signed_in"].pop(key))

    def seat(self, key: str, session: str, participant: str, role: str, right: str) -> None:
        place = [participant, role, right]
        self._change(lambda world: world["places"].__setitem__(f"{key} {session}", place))

    def unseat(self, key: str, session: str) -> None:
        self._change(lambda world: world["places"].pop(f"{key} {session}"))

    def identify(self, cookies: Mapping[str, str], as_: str) -> "Person | None":
        key = cookies.get("who", "")
        return Person(self, key) if key in self.read()["signed_in"] else None

    def read(self) -> Any:
        return json.loads(self._file.read_text())

    def _change(self, how: Any) -> None:
        world = self.read()
        how(world)
        self._write(world)

    def _write(self, world: Any) -> None:
        fresh = self._file.with_suffix(".new")
        fresh.write_text(json.dumps(world))
        fresh.replace(self._file)


class Person:
    def __init__(self, world: World, key: str) -> None:
        self._world = world
        self.key = key

    def may_watch(self, topic: str) -> bool:
        return topic in self._world.read()["signed_in"][self.key]

    def place_in(self, session: UUID) -> Place | None:
        place = self._world.read()["places"].get(f"{self.key} {session}")
        return Place(UUID(place[0]), place[1], place[2]) if place else None


class Room:
    """A session with a clinician who is in and a client who waits, both signed in."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.session, self.osei, self.rosa = str(uuid4()), str(uuid4()), str(uuid4())
        self.topic = f"session:{self.session}"
        self.oseis_key = world.sign_in(f"user:{uuid4()}", self.topic)
        self.rosas_key = world.sign_in(f"visit:{uuid4()}", self.topic)
        world.seat(self.oseis_key, self.session, self.osei, "clinician", "admitted")
        self.let_rosa("waiting")

    def let_rosa(self, right: str) -> None:
        self.world.seat(self.rosas_key, self.session, self.rosa, "client", right)

    def one_more(self, role: str, right: str) -> tuple[str, str]:
        """Somebody else's key and participant."""
        key, participant = self.world.sign_in(f"visit:{uuid4()}", self.topic), str(uuid4())
        self.world.seat(key, self.session, participant, role, right)
        return key, participant


def application(identify: Any, bus: Bus) -> Any:
    live = Endpoint(identify, bus)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> Any:
        async with live.running():
            yield

    web = Starlette(lifespan=lifespan)

    async def serve(scope: Any, receive: Any, send: Any) -> None:
        await (live if scope["type"] == "websocket" else web)(scope, receive, send)

    return serve


def server_of(app: Any, port: int = 0) -> uvicorn.Server:
    config = uvicorn.Config(app, host="127.0.0.1", port=port, lifespan="on", log_level="warning", **UVICORN)
    return uvicorn.Server(config)


class Serving:
    """A real server in a thread of this process."""

    def __init__(self, identify: Any, bus: Bus) -> None:
        self._server = server_of(application(identify, bus))
        self._thread = threading.Thread(target=self._server.run)

    def __enter__(self) -> int:
        self._thread.start()
        while not self._server.started:
            if not self._thread.is_alive():
                raise RuntimeError("The server didn't start.")
        port: int = self._server.servers[0].sockets[0].getsockname()[1]
        return port

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join()


class Page:
    """A page's end of the socket."""

    def __init__(self, port: int, who: str, *, as_: str = "desk", origin: str | None = "") -> None:
        headers = {"Cookie": f"who={who}"}
        ours: Any = f"http://127.0.0.1:{port}" if origin == "" else origin
        address = f"ws://127.0.0.1:{port}/live/?as={as_}"
        opening: Any = connect(
            address, origin=ours, additional_headers=headers, compression=None, proxy=None, max_queue=None
        )
        self._open = ExitStack()
        self.socket: ClientConnection = self._open.enter_context(opening)

    def say(self, type: str, **fields: Any) -> None:
        self.socket.send(json.dumps({"type": type, **fields}))

    def hear(self, type: str, timeout: float = 5) -> Any:
        """The next frame of this type; what comes before it is passed over."""
        while True:
            frame = json.loads(self.socket.recv(timeout))
            if frame["type"] == type:
                return frame

    def heard(self) -> list[Any]:
        """Everything that has come, up to the answer to a ping."""
        self.say("ping", n=99)
        frames = []
        while True:
            frames.append(json.loads(self.socket.recv(5)))
            if frames[-1] == {"type": "pong", "n": 99}:
                return frames[:-1]

    def closed(self, timeout: float = 5) -> int | None:
        """The code the server closed with."""
        try:
            while True:
                self.socket.recv(timeout)
        except ConnectionClosed as end:
            return end.rcvd.code if end.rcvd else None

    def watch(self, *topics: str) -> Any:
        self.say("watch", topics=list(topics))
        return self.hear("watching")

    def join(self, session: str) -> Any:
        self.say("join", session=session)
        return self.hear("joined")

    def note(self, session: str, to: str, kind: str = "offer", **body: Any) -> None:
        self.say("note", session=session, to=to, kind=kind, body=body)

    def close(self) -> None:
        self._open.close()


def main(world: str, port: str, redis_url: str) -> None:
    """A server in a process of its own: `python -m tests.live.world FILE PORT REDIS_URL`."""
    from django.conf import settings

    settings.configure(ALLOWED_HOSTS=["127.0.0.1"], PUBLIC_URL="", REDIS_URL=redis_url, USE_I18N=False)
    from holdspace.live.redis_bus import RedisBus

    server = server_of(application(World(Path(world)).identify, RedisBus(redis_url)), int(port))
    asyncio.run(server.serve())


if __name__ == "__main__":
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)
    main(*sys.argv[1:])
