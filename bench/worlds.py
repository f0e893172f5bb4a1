"""Worlds of a bench: each an installation of its own, in processes of its own, that answers when asked."""

import os
import secrets
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

from holdspace.config import env as env_of
from holdspace.kit.crypto import new_ring

ROOT = Path(__file__).resolve().parent.parent


class World:
    """One installation with its rows made; `ask` it in the process that keeps it open."""

    def __init__(self, module: str, env: dict[str, str]) -> None:
        self.module, self.env = module, env
        self.process: subprocess.Popen[str] | None = None

    def run(self, *words: str) -> None:
        subprocess.run([sys.executable, "-m", *words], cwd=ROOT, env=self.env, check=True)

    def ask(self, word: str) -> str:
        process = self.process = self.process or self._open()
        assert process.stdin
        assert process.stdout
        process.stdin.write(word + "\n")
        said = process.stdout.readline().strip()
        if not said:
            raise SystemExit("A world ended early; its error stands above.")
        return said

    def _open(self) -> "subprocess.Popen[str]":
        # A process of its own: whoever has just made a hundred thousand rows is slower at everything.
        return subprocess.Popen(
            [sys.executable, "-m", self.module, "open"],
            cwd=ROOT,
            env=self.env,
            text=True,
            bufsize=1,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    @contextmanager
    def serve(self, port: int, url: str) -> Iterator[None]:
        """The product as it is run, on this world's database, until it is no longer needed."""
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--port", str(port)],
            cwd=ROOT,
            env=self.env | {"HOLDSPACE_PUBLIC_URL": url},
            stdout=subprocess.DEVNULL,
        )
        try:
            until_it_answers(url)
            yield
        finally:
            process.terminate()
            process.wait()

    def close(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()


def until_it_answers(url: str, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with suppress(OSError), urllib.request.urlopen(url + "/healthz", timeout=2):
            return
        time.sleep(0.1)
    raise SystemExit("The server didn't come up.")


@contextmanager
def world(module: str, size: int, told: str) -> Iterator[World]:
    """An installation on the server `told`, or on SQLite, with the rows that `module make size` makes."""
    with tempfile.TemporaryDirectory(prefix="holdspace-bench-") as home, database(told) as url:
        own = {"HOLDSPACE_HOME": home, "HOLDSPACE_DATABASE_URL": url, "HOLDSPACE_LOG_LEVEL": "ERROR"}
        made = World(module, os.environ | own | {"DJANGO_SETTINGS_MODULE": "holdspace.config.settings"})
        env_of.keep_keys(Path(home), new_ring())
        made.run("django", "migrate", "--skip-checks", "--verbosity=0")
        began = time.perf_counter()
        made.run(module, "make", str(size))
        print(f"{size:,} appointments: made in {time.perf_counter() - began:.0f} s", flush=True)
        try:
            yield made
        finally:
            made.close()


@contextmanager
def database(told: str) -> Iterator[str]:
    """A PostgreSQL database of this world's own, or SQLite in its home."""
    if not told:
        yield ""
        return
    import psycopg

    server, name = told.removesuffix(urlsplit(told).path), f"bench_{secrets.token_hex(4)}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
        try:
            yield f"{server}/{name}"
        finally:
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
