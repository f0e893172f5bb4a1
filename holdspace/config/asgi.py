"""HTTP to Django, `/live/` to the socket, files from the build; bus and jobs live as long as the server."""

# ruff: noqa: E402 -- Django must be set up before anything that knows a model is imported.

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "holdspace.config.settings")

from django.core.asgi import get_asgi_application

django = get_asgi_application()

from django.conf import settings
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import Receive, Scope, Send

from holdspace.config.files import Built
from holdspace.config.watching import identify
from holdspace.jobs import embedded
from holdspace.live.endpoint import endpoint

SOCKET_PATH = "/live/"

socket = endpoint(identify)


@asynccontextmanager
async def lifespan(app: Starlette) -> AsyncIterator[None]:
    async with socket.running():
        embedded.start_embedded()
        yield
        await asyncio.to_thread(embedded.stop_embedded, 4.0)


async def pages(scope: Scope, receive: Receive, send: Send) -> None:
    await django(scope, receive, send)  # type: ignore[arg-type]  # two words for the same ASGI


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
