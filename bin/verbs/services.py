"""Temporary servers for bin/test: PostgreSQL, Redis and coturn on free ports, gone when the tests are.

A machine's own servers are never used: two runs side by side don't meet, and nothing is left behind.
"""

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from verbs.environment import Stop

START_SECONDS = 30
SYSTEM_FOLDERS = ("/usr/sbin", "/usr/local/sbin")


@dataclass(frozen=True)
class Services:
    """Where the temporary servers listen."""

    database_url: str
    redis_url: str
    turn: str
    turn_secret: str

    @property
    def env(self) -> dict[str, str]:
        return {
            "HOLDSPACE_TEST_REDIS_URL": self.redis_url,
            "HOLDSPACE_TEST_TURN": self.turn,
            "HOLDSPACE_TEST_TURN_SECRET": self.turn_secret,
        }


@contextmanager
def running() -> Iterator[Services]:
    """All three, started; stopped and wiped on leaving, whatever happened."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="holdspace-test-")))
        user = unprivileged()
        if user:
            shutil.chown(folder, user)
        database_url = stack.enter_context(postgresql(folder / "pg", user))
        redis_url = stack.enter_context(redis(folder, user))
        turn, turn_secret = stack.enter_context(coturn(folder, user))
        yield Services(database_url, redis_url, turn, turn_secret)


def unprivileged() -> str | None:
    """PostgreSQL refuses to run as root: somebody else's name, where we are root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in known), None)


def binary(name: str) -> str | None:
    """Where a server's program is; Debian keeps PostgreSQL's out of the path."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    path = os.pathsep.join([os.environ.get("PATH", ""), *map(str, places), *SYSTEM_FOLDERS])
    return shutil.which(name, path=path)


def needed(name: str) -> str:
    found = binary(name)
    if not found:
        raise Stop(f"{name} is missing.")
    return found


@contextmanager
def postgresql(data: Path, user: str | None) -> Iterator[str]:
    """A cluster of its own whose role `holdspace` may create databases, and is no superuser."""
    made = ["-D", str(data), "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync"]
    once([needed("initdb"), *made], user)
    port = free_port()
    quick = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": 200}
    # Nothing here lives long enough to be tidied, copied elsewhere or compiled.
    quick |= {"autovacuum": "off", "jit": "off", "wal_level": "minimal", "max_wal_senders": 0}
    place = {"listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": data}
    words = [f"-c{name}={value}" for name, value in {**quick, **place}.items()]
    with server([needed("postgres"), "-D", str(data), *words], user, data.parent / "postgresql.log"):
        asked = [needed("psql"), "-h", str(data), "-p", str(port), "-U", "postgres", "-d", "postgres", "-c"]
        until(lambda: try_once([*asked, "SELECT 1"], user), "PostgreSQL")
        once([*asked, "CREATE ROLE holdspace LOGIN CREATEDB PASSWORD 'holdspace'"], user)
        once([*asked, "CREATE DATABASE holdspace OWNER holdspace"], user)
        yield f"postgresql://holdspace:holdspace@127.0.0.1:{port}/holdspace"


@contextmanager
def redis(folder: Path, user: str | None) -> Iterator[str]:
    port = free_port()
    words = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    with server([needed("redis-server"), *words], user, folder / "redis.log"):
        until(lambda: answers(port), "Redis")
        yield f"redis://127.0.0.1:{port}/0"


@contextmanager
def coturn(folder: Path, user: str | None) -> Iterator[tuple[str, str]]:
    """A relay on loopback, with the rules of deploy/coturn.conf; its secret lives as long as it does."""
    port, secret = free_port(), secrets.token_urlsafe(24)
    config = folder / "turnserver.conf"
    config.write_text(
        f"listening-ip=127.0.0.1\nrelay-ip=127.0.0.1\nlistening-port={port}\n"
        f"realm=holdspace.test\nuse-auth-secret\nstatic-auth-secret={secret}\n"
        "min-port=49160\nmax-port=49400\nno-cli\nno-tls\nno-dtls\nno-multicast-peers\nfingerprint\n"
        # Everything in here is on loopback, which coturn otherwise denies to peers.
        "allow-loopback-peers\nallowed-peer-ip=127.0.0.1\n"
        f"userdb={folder}/turn.sqlite\npidfile={folder}/turn.pid\nlog-file=stdout\nsimple-log\n"
    )
    if user:
        shutil.chown(config, user)
    with server([needed("turnserver"), "-c", str(config)], user, folder / "coturn.log"):
        until(lambda: answers(port), "coturn")
        yield f"127.0.0.1:{port}", secret


@contextmanager
def server(command: list[str], user: str | None, log: Path) -> Iterator[None]:
    with log.open("wb") as out:
        process = subprocess.Popen(command, user=user, cwd=log.parent, stdout=out, stderr=subprocess.STDOUT)
        try:
            yield
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def once(command: list[str], user: str | None) -> None:
    done = subprocess.run(command, user=user, cwd="/", capture_output=True, text=True, check=False)
    if done.returncode:
        raise Stop(f"{Path(command[0]).name} failed: {done.stderr.strip()[-500:]}")


def try_once(command: list[str], user: str | None) -> bool:
    return subprocess.run(command, user=user, cwd="/", capture_output=True, check=False).returncode == 0


def until(true: Callable[[], bool], name: str) -> None:
    end = time.monotonic() + START_SECONDS
    while not true():
        if time.monotonic() > end:
            raise Stop(f"The temporary {name} didn't start within {START_SECONDS} seconds.")
        time.sleep(0.1)


def answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
