"""The product as it is really run: one process, a fresh demo, a port of its own; may be killed."""

import fcntl
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import closing
from functools import cache, cached_property
from pathlib import Path

from tests.forked.processes import Forks

ROOT = Path(__file__).resolve().parent.parent.parent
DATABASE = "holdspace.sqlite3"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


# Without the suite's own database: a journey lives in a home of its own.
CLEAN = {k: v for k, v in os.environ.items() if not k.startswith(("HOLDSPACE_", "DJANGO_"))}


@cache
def demo_home() -> Path:
    """A home with the demo in it, made once, by the process that wants it first; a house takes a copy."""
    shared = os.environ.get("HOLDSPACE_TEST_DEMOS") or tempfile.mkdtemp(prefix="holdspace-journey-demo-")
    home = Path(shared) / "demo"
    with home.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not home.exists():
            made = home.with_suffix(".new")
            made.mkdir(exist_ok=True)
            run(CLEAN | {"HOLDSPACE_HOME": str(made), "HOLDSPACE_LOG_LEVEL": "WARNING"}, "prepare")
            made.rename(home)
    return home


def run(env: dict[str, str], *words: str) -> str:
    """What a command of the product prints; it must end well."""
    command = [sys.executable, "manage.py", *words]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def opened(home: Path) -> sqlite3.Connection:
    return sqlite3.connect(home / DATABASE, timeout=30)


class House:
    """A running Holdspace with the demo in it."""

    def __init__(self, **env: str) -> None:
        self.home = tempfile.mkdtemp(prefix="holdspace-journey-")
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        own = {
            "HOLDSPACE_HOME": self.home,
            "HOLDSPACE_PUBLIC_URL": self.url,
            "HOLDSPACE_LOG_LEVEL": "WARNING",
        }
        self.env = CLEAN | own | env
        self.log = Path(self.home) / "server.log"
        self.furnish()
        self.start()

    def furnish(self) -> None:
        shutil.copytree(demo_home(), self.home, dirs_exist_ok=True)

    def afresh(self) -> None:
        """The demo as it was made, in the server that runs: whatever anybody did is gone, sign-ins too."""
        if self.process.poll() is not None:
            self.start()
        self.wait_until_idle()
        with closing(opened(demo_home())) as made, closing(opened(Path(self.home))) as ours, ours:
            clockwork = ours.execute("SELECT * FROM jobs_job WHERE cron").fetchall()
            made.backup(ours)
            for job in clockwork:
                ours.execute(f"INSERT OR REPLACE INTO jobs_job VALUES ({', '.join('?' * len(job))})", job)

    def wait_until_idle(self, seconds: float = 10) -> None:
        """No job is under way: what it is about may be taken away."""
        until = time.monotonic() + seconds
        with closing(opened(Path(self.home))) as ours:
            while ours.execute("SELECT 1 FROM jobs_job WHERE status = 'leased'").fetchone():
                assert time.monotonic() < until, "a job doesn't end: " + self.log.read_text()
                time.sleep(0.05)

    def manage(self, *words: str) -> str:
        return run(self.env, *words)

    def ask(self, code: str) -> str:
        """The last line that `code` prints, run inside the product, in a process of its own."""
        return self._forks.run("tests.forked.asking", code).strip().splitlines()[-1]

    @cached_property
    def _forks(self) -> Forks:
        return Forks(self.env | {"DJANGO_SETTINGS_MODULE": "holdspace.config.settings"})

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "serve", "--port", str(self.port)],
                cwd=ROOT,
                env=self.env,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.wait_until_ready()

    def wait_until_ready(self, seconds: float = 30) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(self.url + "/healthz", timeout=2):
                    return
            except (urllib.error.URLError, OSError):
                assert self.process.poll() is None, self.log.read_text()
                time.sleep(0.1)
        raise AssertionError("the server didn't come up: " + self.log.read_text())

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        if self.process.poll() is None:
            self.kill()
        if "_forks" in self.__dict__:
            self._forks.stop()

    def says(self) -> str:
        return self.log.read_text()
