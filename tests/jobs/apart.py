"""A database apart, of the same vendor as the suite's, that real processes can share with a test."""

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection

from holdspace.config import env
from holdspace.kit.crypto import new_ring

ROOT = Path(__file__).resolve().parents[2]


class Process:
    """A child of the forking process, with what a `Popen` has: its output, its end, and ways to end it."""

    def __init__(self, path: Path, words: tuple[str, ...]) -> None:
        said, out = os.pipe()
        self._life = socket.socket(socket.AF_UNIX)
        self._life.connect(str(path))
        socket.send_fds(self._life, [json.dumps(words).encode()], [out])
        os.close(out)
        self.stdout = os.fdopen(said)
        self._heard = b""
        self.pid = self._number()
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """How it ended, or nothing while it runs."""
        with suppress(TimeoutError):
            self.wait(0.01)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        if self.returncode is None:
            self.returncode = self._number(timeout)
        return self.returncode

    def _number(self, timeout: float | None = None) -> int:
        """The next line from whoever waits for the child."""
        self._life.settimeout(timeout)
        while b"\n" not in self._heard:
            more = self._life.recv(64)
            assert more, "the forking process is gone"
            self._heard += more
        line, _, self._heard = self._heard.partition(b"\n")
        return int(line)

    def communicate(self, timeout: float | None = None) -> tuple[str, str]:
        """All that it still says, once it has ended; like `Popen`'s, without a second stream."""
        said = "" if self.stdout.closed else self.stdout.read()
        self.wait(timeout)
        self.stdout.close()
        self._life.close()
        return said, ""

    def send_signal(self, number: signal.Signals) -> None:
        if self.returncode is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


class Apart:
    """Where the processes of one test live: a home, a database, and one process that they are forked from."""

    def __init__(self, home: Path, url: str) -> None:
        self.home = home
        # The path of a socket has to be short.
        self._path = Path(tempfile.gettempdir(), f"apart-{secrets.token_hex(8)}")
        self.env = os.environ | {
            "HOLDSPACE_HOME": str(home),
            "HOLDSPACE_DATABASE_URL": url,
            # A line is read as soon as it is said.
            "PYTHONUNBUFFERED": "1",
            "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
            "HOLDSPACE_LOG_LEVEL": "ERROR",
        }

    @contextmanager
    def ready(self) -> Iterator["Apart"]:
        command = [sys.executable, "-m", "tests.jobs.forks", str(self._path)]
        with subprocess.Popen(command, cwd=ROOT, env=self.env, stdout=subprocess.PIPE, text=True) as forks:
            try:
                assert forks.stdout
                assert forks.stdout.readline() == "ready\n"
                yield self
            finally:
                forks.kill()
                self._path.unlink(missing_ok=True)

    def start(self, *words: str) -> Process:
        """One process: `python -m words`."""
        return Process(self._path, words)

    def run(self, *words: str) -> str:
        """One process from start to end; what it printed."""
        process = self.start(*words)
        said, _ = process.communicate(timeout=90)
        assert process.returncode == 0, said
        return said


@contextmanager
def apart(home: Path, empty: "Empty") -> Iterator[Apart]:
    """A database with every table and no people, gone afterwards."""
    env.keep_keys(home, new_ring())
    with empty.copied(home) as url, Apart(home, url).ready() as place:
        yield place


class Empty:
    """The suite's own database as it was right after its migrations, to be copied and never used."""

    def __init__(self, folder: Path) -> None:
        told = settings.DATABASES["default"]
        self._file = folder / "empty.sqlite3"
        self._server = "" if connection.vendor == "sqlite" else _server(told)
        self._name = f"{told['NAME']}_empty"

    @contextmanager
    def kept(self) -> Iterator["Empty"]:
        if not self._server:
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(self._file)])
            yield self
            return
        connection.close()  # PostgreSQL copies only what nobody is looking at
        with _made(self._server, self._name, copied_from=str(connection.settings_dict["NAME"])):
            yield self

    @contextmanager
    def copied(self, home: Path) -> Iterator[str]:
        """The address of a copy; on SQLite it is the file of that home, which needs none."""
        if not self._server:
            shutil.copy(self._file, home / "holdspace.sqlite3")
            yield ""
            return
        name = f"apart_{secrets.token_hex(4)}"
        with _made(self._server, name, copied_from=self._name):
            yield f"{self._server}/{name}"


def _server(told: dict[str, Any]) -> str:
    return f"postgresql://{told['USER']}:{told['PASSWORD']}@{told['HOST']}:{told['PORT'] or 5432}"


@contextmanager
def _made(server: str, name: str, *, copied_from: str) -> Iterator[None]:
    with closing(psycopg.connect(f"{server}/postgres", autocommit=True)) as admin:
        admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{copied_from}"')
        try:
            yield
        finally:
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
