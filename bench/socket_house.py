"""The server under load: the product's own endpoint, with a sign-in and rights that fit in a cookie."""

import asyncio
import resource
from collections.abc import Mapping
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import uvicorn
from django.conf import settings
from starlette.applications import Starlette

KEY = "of no installation, only of this bench"


def configure(redis_url: str = "") -> None:
    """Just enough Django: addresses, the bus and the signing of cookies."""
    settings.configure(
        SECRET_KEY=KEY, ALLOWED_HOSTS=["127.0.0.1"], PUBLIC_URL="", REDIS_URL=redis_url, USE_I18N=False
    )


def cookie_of(session: UUID, participant: UUID, role: str) -> str:
    from django.core.signing import dumps

    return dumps([str(session), str(participant), role], compress=False)


class Known:
    """Whoever the signed cookie says; their place is checked against it as a database would be."""

    def __init__(self, session: str, participant: str, role: Any) -> None:
        self.key = f"visit:{participant}"
        self._place = (session, participant, role)

    def may_watch(self, topic: str) -> bool:
        return topic == f"session:{self._place[0]}"

    def place_in(self, session: UUID) -> Any:
        from holdspace.live.watchers import Place

        own, participant, role = self._place
        return Place(UUID(participant), role, "admitted") if str(session) == own else None


def identify(cookies: Mapping[str, str], comes_as: str) -> Known | None:
    from django.core.signing import BadSignature, loads

    try:
        return Known(*loads(cookies.get("who", "")))
    except BadSignature:
        return None


def serve(port: int, redis_url: str) -> None:
    """Serve until killed."""
    configure(redis_url)
    from holdspace.live.endpoint import endpoint
    from holdspace.live.serving import UVICORN

    live = endpoint(identify)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> Any:
        async with live.running():
            yield

    web = Starlette(lifespan=lifespan)

    async def application(scope: Any, receive: Any, send: Any) -> None:
        await (live if scope["type"] == "websocket" else web)(scope, receive, send)

    config = uvicorn.Config(
        application, host="127.0.0.1", port=port, backlog=4096, log_level="warning", lifespan="on", **UVICORN
    )
    with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
        runner.run(uvicorn.Server(config).serve())


def many_files() -> None:
    """A socket is a file: take as many as this account may have, where the system says fewer at first."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def memory_kib(pid: int) -> int:
    """The process's resident memory."""
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))
