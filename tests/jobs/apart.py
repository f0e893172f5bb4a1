"""A database apart, of the same vendor as the suite's, that real processes can share with a test."""

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.conf import settings

from holdspace.config import env
from holdspace.kit.crypto import new_ring

ROOT = Path(__file__).resolve().parents[2]


class Apart:
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

    def start(self, *words: str) -> subprocess.Popen[str]:
        """One process: `python -m words`."""
        command = [sys.executable, "-m", *words]
        return subprocess.Popen(command, cwd=ROOT, env=self.env, stdout=subprocess.PIPE, text=True)

    def run(self, *words: str) -> str:
        """One process from start to end; what it printed."""
        process = self.start(*words)
        said, _ = process.communicate(timeout=90)
        assert process.returncode == 0, said
        return said


@contextmanager
def apart(home: Path, *rooms: str) -> Iterator[Apart]:
    """A database with the tables of these rooms, gone afterwards."""
    env.keep_keys(home, new_ring())
    with _database() as url:
        place = Apart(home, url)
        for room in rooms:
            place.run("django", "migrate", room, "--skip-checks", "--verbosity=0")
        yield place


@contextmanager
def _database() -> Iterator[str]:
    told = settings.DATABASES["default"]
    if "postgresql" not in told["ENGINE"]:
        yield ""  # SQLite: a file in the test's own home
        return
    server = f"postgresql://{told['USER']}:{told['PASSWORD']}@{told['HOST']}:{told['PORT'] or 5432}"
    name = f"apart_{secrets.token_hex(4)}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
        try:
            yield f"{server}/{name}"
        finally:
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
