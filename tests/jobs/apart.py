"""A database apart, of the same vendor as the suite's, that real processes can share with a test."""

import os
import secrets
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection

from holdspace.config import env
from holdspace.kit.crypto import new_ring
from tests.forked.processes import Forks


class Apart(Forks):
    """Where the processes of one test live: a home, a database, and their environment."""

    def __init__(self, home: Path, url: str) -> None:
        self.home = home
        self.env = os.environ | {
            "HOLDSPACE_HOME": str(home),
            "HOLDSPACE_DATABASE_URL": url,
            # A line is read as soon as it is said.
            "PYTHONUNBUFFERED": "1",
            "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
            "HOLDSPACE_LOG_LEVEL": "ERROR",
        }
        super().__init__(self.env)


@contextmanager
def apart(home: Path, empty: "Empty") -> Iterator[Apart]:
    """A database with every table and no people, gone afterwards."""
    env.keep_keys(home, new_ring())
    with empty.copied(home) as url:
        place = Apart(home, url)
        try:
            yield place
        finally:
            place.stop()


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
            # As `prepare` leaves it: processes that each found it otherwise would change it all at once.
            with closing(sqlite3.connect(self._file)) as made:
                made.execute("PRAGMA journal_mode=WAL")
            yield self
            return
        # PostgreSQL copies only what nobody is looking at.
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]  # only PostgreSQL's has one
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
