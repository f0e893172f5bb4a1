"""HTTP to Django, `/live/` to the socket, files from the build; bus and jobs live as long as the server."""

# ruff: noqa: E402 -- Django must be set up before anything that knows a model is imported.

import asyncio
import gc
import gzip
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "holdspace.config.settings")

from django.core.wsgi import get_wsgi_application

django = get_wsgi_application()

from a2wsgi import WSGIMiddleware
from django.conf import settings
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from holdspace.config.watching import identify
from holdspace.jobs import embedded
from holdspace.live.endpoint import endpoint

SOCKET_PATH = "/live/"
PACKED = {".js": "text/javascript", ".css": "text/css"}

socket = endpoint(identify)


@lru_cache(maxsize=128)
def packed(path: str, changed: float) -> bytes:
    """The file, compressed once in the life of this process."""
    return gzip.compress(Path(path).read_bytes(), 9, mtime=0)


class Built(StaticFiles):
    """Built files carry a hash in their name: whoever has one may keep it for a year."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        response.headers["Vary"] = "Accept-Encoding"
        return response

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, *said: Any
    ) -> Response:
        """The packed file to whoever takes one."""
        kind = PACKED.get(Path(full_path).suffix)
        if not kind or "gzip" not in Headers(scope=scope).get("accept-encoding", ""):
            return super().file_response(full_path, stat_result, scope, *said)
        body = packed(str(full_path), stat_result.st_mtime)
        return Response(body, headers={"Content-Encoding": "gzip"}, media_type=kind)


@asynccontextmanager
async def lifespan(app: Starlette) -> AsyncIterator[None]:
    # The loop that carries notes waits this long at most for a thread that writes a page (Python: 5 ms).
    sys.setswitchinterval(0.001)
    async with socket.running():
        embedded.start_embedded()
        # What loading made stays for good: to look through it for waste would hold everybody up each time.
        gc.collect()
        gc.freeze()
        yield
        await asyncio.to_thread(embedded.stop_embedded, 4.0)


# Every view is synchronous: a request is one hop to one of these threads and back.  Django's own
# ASGI handler hops twice for each middleware, on a thread and a connection made for the request.
threads = WSGIMiddleware(django, workers=settings.THREADS)  # type: ignore[arg-type]  # two words for one WSGI


async def pages(scope: Scope, receive: Receive, send: Send) -> None:
    # WSGI can't tell `X_Real_Ip` from `X-Real-Ip`, which a proxy in front would have taken out.
    headers = [header for header in scope["headers"] if b"_" not in header[0]]
    await threads({**scope, "headers": headers}, receive, send)  # type: ignore[arg-type]  # two words for one ASGI


web = Starlette(
    routes=[
        Mount(settings.STATIC_URL + "built", Built(directory=settings.BUILT)),
        Mount("/", pages),
    ],
    lifespan=lifespan,
)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    # Past Starlette's layers: they cost memory in every socket, and would hide the line
    # that the endpoint cuts when a page doesn't read.
    if scope["type"] == "websocket" and scope["path"] == SOCKET_PATH:
        await socket(scope, receive, send)
    elif scope["type"] == "websocket":
        await send({"type": "websocket.close"})
    else:
        await web(scope, receive, send)
