"""`holdspace serve`: HTTP, the socket and (unless elsewhere) the jobs, under uvicorn."""

import contextlib
import os
import socket
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import uvicorn
from django.conf import settings
from django.core.checks import CheckMessage, run_checks
from django.core.management.base import BaseCommand, CommandError, CommandParser
from uvicorn.supervisors import Multiprocess

from holdspace.config import ports
from holdspace.live.serving import UVICORN


class Command(BaseCommand):
    help = "Serve Holdspace over HTTP and WebSocket."
    # It runs them itself, with the database's own.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen on")
        parser.add_argument("--port", type=int, default=8000, help="the port to listen on")
        parser.add_argument("--demo-on-network", action="store_true", help="let others see the demo")

    def handle(self, *args: Any, host: str, port: int, demo_on_network: bool, **options: Any) -> None:
        notes = of_a_sound_setup()
        if not ports.is_loopback(host):
            refuse_demo(allowed=demo_on_network)
            answer_to(ports.names_of(host))
            notes += about_cameras(host)
        for note in notes:
            self.stderr.write(f"Note: {note}")
        try:
            listening = ports.listen(host, port)
        except ports.PortRefused as sentence:
            raise CommandError(str(sentence)) from None
        self.serve(listening, f"\nHoldspace is at {ports.address(host, port)}   (Ctrl-C stops it)\n")

    def serve(self, listening: socket.socket, hello: str) -> None:
        """Serve until told to stop; several processes share the one socket."""
        config = configuration()
        if settings.PROCESSES > 1:
            listening.set_inheritable(True)
            self.stdout.write(hello)
            Multiprocess(config, sockets=[listening]).run()
            return
        server = Announcing(config, say=lambda: self.stdout.write(hello))
        with contextlib.suppress(KeyboardInterrupt):  # Ctrl-C is how it is meant to stop
            server.run(sockets=[listening])
        if not server.started:
            raise CommandError("Holdspace couldn't start; the reason is above.")


class Announcing(uvicorn.Server):
    """uvicorn, saying where to go once it really listens."""

    def __init__(self, config: uvicorn.Config, *, say: Callable[[], object]) -> None:
        super().__init__(config)
        self.say = say

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and not self.should_exit:
            self.say()


def configuration() -> uvicorn.Config:
    return uvicorn.Config(
        "holdspace.config.asgi:application",
        workers=settings.PROCESSES,
        lifespan="on",
        # A link's secret stands in a first address: no line of ours may repeat it.
        access_log=False,
        log_config=None,
        server_header=False,
        # Django believes as many proxies as HOLDSPACE_PROXIES says; uvicorn must not believe others.
        proxy_headers=False,
        **UVICORN,
    )


def of_a_sound_setup() -> list[str]:
    """What every check, the database's own included, has to say; an error is refused with its cure."""
    messages = run_checks(databases=["default"])
    for message in messages:
        if message.is_serious():
            raise CommandError(sentence_of(message))
    return [sentence_of(message) for message in messages]


def sentence_of(message: CheckMessage) -> str:
    return f"{message.msg} {message.hint or ''}".strip()


def about_cameras(host: str) -> list[str]:
    """Browsers give camera and microphone to https and to localhost only."""
    if not ports.is_loopback(urlsplit(settings.PUBLIC_URL).hostname or ""):
        return []  # https, or a check has said it
    return [
        f"Over http://{host} browsers give no camera or microphone: put a proxy with TLS in front "
        "(samples in deploy/) and say its address in HOLDSPACE_PUBLIC_URL."
    ]


def refuse_demo(*, allowed: bool) -> None:
    """Anyone may sign in to the demo with one click: it stays on this machine unless told otherwise."""
    from holdspace.practices.queries import is_demo

    if not allowed and is_demo():
        raise CommandError(
            "This is the demo, where anyone may sign in as anyone, so it listens on this machine only: "
            "say --demo-on-network to let others on the network in."
        )


def answer_to(names: list[str]) -> None:
    """Let those names pass Django's host check, here and in processes started from here."""
    settings.ALLOWED_HOSTS.extend(names)
    os.environ["HOLDSPACE_HOSTS"] = ",".join([os.environ.get("HOLDSPACE_HOSTS", ""), *names]).strip(",")
