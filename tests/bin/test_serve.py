"""`holdspace prepare` and `serve`: a first start, a second one, and the ways of refusing."""

import os
import re
import signal
import stat
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from holdspace.config import ports
from holdspace.config.cli import spelled
from holdspace.practices.models import Installation
from tests.bin.test_run import ROOT, free_port
from tests.cast import TEN


def holdspace(home: Path, *words: str, **env: str) -> "subprocess.Popen[str]":
    everything = {**os.environ, "HOLDSPACE_HOME": str(home), "PYTHONUNBUFFERED": "1", **env}
    everything.pop("HOLDSPACE_DATABASE_URL", None)
    return subprocess.Popen(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=everything,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def said_by(process: "subprocess.Popen[str]") -> str:
    words, _ = process.communicate(timeout=60)
    assert process.returncode == 0, words
    return words


@contextmanager
def serving(home: Path, port: int) -> Iterator["subprocess.Popen[str]"]:
    process = holdspace(home, "serve", "--port", str(port))
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def answer(url: str, process: "subprocess.Popen[str]") -> int:
    """The status of a page, once the server is up."""
    end = time.monotonic() + 30
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5) as response:
                return int(response.status)
        except OSError:
            assert process.poll() is None, process.communicate()[0]
            assert time.monotonic() < end
            time.sleep(0.2)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One installation for all that is tried on it."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def first(home: Path) -> str:
    """What it said when it was made."""
    return said_by(holdspace(home, "prepare", "--empty"))


@pytest.mark.own_home
def test_a_first_start_makes_keys_for_the_owner_alone_and_a_second_keeps_everything(
    home: Path, first: str
) -> None:
    keys = (home / "keys.json").read_bytes()
    second = said_by(holdspace(home, "prepare", "--empty"))

    assert stat.S_IMODE((home / "keys.json").stat().st_mode) == 0o600
    assert (home / "keys.json").read_bytes() == keys
    assert "keys" in first
    assert "keys" not in second


@pytest.mark.own_home
@pytest.mark.usefixtures("first")
@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_one_process_serves_and_stops_when_told(home: Path, told: signal.Signals) -> None:
    port = free_port()

    with serving(home, port) as process:
        assert answer(f"http://localhost:{port}/healthz", process) == 200
        assert answer(f"http://localhost:{port}/readyz", process) == 200
        process.send_signal(told)
        words, _ = process.communicate(timeout=15)

    assert re.search(rf"Holdspace is at http://localhost:{port}\b", words)
    assert "Traceback" not in words


@pytest.fixture
def prepared(db: None, settings: Any) -> None:
    """An installation with its keys in their place."""
    settings.KEYS_KEPT = True


def test_the_demo_stays_on_this_machine_unless_told_otherwise(prepared: None) -> None:
    Installation.objects.create(demo=True, created_at=TEN)

    with pytest.raises(CommandError, match="--demo-on-network"):
        call_command("serve", host="0.0.0.0", port=free_port())


def test_several_processes_without_redis_are_refused(prepared: None, settings: Any) -> None:
    settings.PROCESSES, settings.REDIS_URL = 2, ""

    with pytest.raises(CommandError, match="need Redis"):
        call_command("serve", port=free_port())


def test_a_network_address_without_tls_says_that_there_will_be_no_camera(
    prepared: None, capsys: pytest.CaptureFixture[str]
) -> None:
    """192.0.2.77 is nobody's address: the note comes before the refusal to listen there."""
    with pytest.raises(CommandError, match=r"no address 192\.0\.2\.77"):
        call_command("serve", host="192.0.2.77", port=free_port())

    assert "no camera or microphone" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://localhost:8000"),
        ("localhost", "http://localhost:8000"),
        ("::1", "http://localhost:8000"),
        ("192.0.2.7", "http://192.0.2.7:8000"),
        ("2001:db8::7", "http://[2001:db8::7]:8000"),
    ],
)
def test_the_printed_address_is_one_a_browser_gives_a_camera_to(host: str, address: str) -> None:
    assert ports.address(host, 8000) == address


def test_commands_are_spelled_with_hyphens() -> None:
    assert spelled(["holdspace", "verify-trail", "--since-yesterday"]) == [
        "holdspace",
        "verify_trail",
        "--since-yesterday",
    ]
    assert spelled(["holdspace", "--version"]) == ["holdspace", "--version"]
