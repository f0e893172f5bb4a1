"""Real processes for a test, forked from one that has Django ready: what each says, and its end."""

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

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


class Forks:
    """Starts processes that share this environment; `stop` ends the one that they are forked from."""

    def __init__(self, env: dict[str, str]) -> None:
        # The path of a socket has to be short.
        self._path = Path(tempfile.gettempdir(), f"forks-{secrets.token_hex(8)}")
        command = [sys.executable, "-m", "tests.forked.forking", str(self._path)]
        self._from = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)
        assert self._from.stdout
        assert self._from.stdout.readline() == "ready\n"

    def start(self, *words: str) -> Process:
        """One process: `python -m words`."""
        return Process(self._path, words)

    def run(self, *words: str) -> str:
        """One process from start to end; what it printed."""
        process = self.start(*words)
        said, _ = process.communicate(timeout=90)
        assert process.returncode == 0, said
        return said

    def stop(self) -> None:
        self._from.kill()
        self._from.communicate()
        self._path.unlink(missing_ok=True)
