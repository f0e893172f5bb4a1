"""Parts of a long check: run side by side or in turn, each with its own log, and one summary."""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock

from verbs.environment import ROOT

TAIL = 12_000
BEHIND = ("nice", "-n", "15")
printing, stopping = Lock(), Event()
under_way: "set[subprocess.Popen[bytes]]" = set()


@dataclass(frozen=True)
class Part:
    """One thing to run; `aloud` shows its words as they come, line by line among those of others.

    Whoever is `behind` takes only what the others leave of the processors.
    """

    name: str
    command: Sequence[str | Path]
    env: Mapping[str, str] = field(default_factory=dict)
    folder: Path = ROOT
    aloud: bool = False
    behind: bool = False
    limit: int = 900


@dataclass(frozen=True)
class Result:
    name: str
    code: int
    seconds: float
    last: str


def side_by_side(*lanes: Sequence[Part]) -> list[Result]:
    """Each lane's parts in turn, the lanes at once; a failing part stops nobody."""
    with ThreadPoolExecutor(len(lanes)) as pool:
        futures = [pool.submit(in_turn, lane) for lane in lanes]
        try:
            return [result for future in futures for result in future.result()]
        except BaseException:  # Ctrl-C reaches only us: the parts have process groups of their own
            end_all()
            raise


@contextlib.contextmanager
def beside(work: Callable[[], list[Result]]) -> Iterator[Callable[[], list[Result]]]:
    """Parts that run meanwhile; what is given waits for their results.  Whoever leaves early ends them."""
    with ThreadPoolExecutor(1) as aside:
        going = aside.submit(work)
        try:
            yield going.result
        except BaseException:
            end_all()
            raise


def end_all() -> None:
    """Whatever is under way ends, and nothing more begins."""
    stopping.set()
    for process in list(under_way):
        end_group(process)


def in_turn(lane: Sequence[Part]) -> list[Result]:
    return [run(part) for part in lane if not stopping.is_set()]


def run(part: Part) -> Result:
    began = time.monotonic()
    say(f"> {part.name} ...")
    with tempfile.NamedTemporaryFile("w+b", suffix=".log") as log:
        code = aloud(part, log.name) if part.aloud else quietly(part, log.name)
        words = Path(log.name).read_text(errors="replace").strip()
    seconds = time.monotonic() - began
    if code and not part.aloud:
        say(f"\n===== {part.name} =====\n{words[-TAIL:]}\n")
    say(f"{'ok  ' if code == 0 else 'FAIL'} {part.name}  ({seconds:.0f} s)")
    return Result(part.name, code, seconds, words.splitlines()[-1].strip("= ") if words else "")


def quietly(part: Part, log: str) -> int:
    with open(log, "wb") as out:
        return started(part, out.fileno())


def aloud(part: Part, log: str) -> int:
    """Through `tee`, so that the words are both seen and kept."""
    with subprocess.Popen(["tee", log], stdin=subprocess.PIPE) as tee:
        assert tee.stdin
        code = started(part, tee.stdin.fileno())
        tee.stdin.close()
    return code


def started(part: Part, out: int) -> int:
    """Run to the end or to the limit, in a process group of its own, which is ended as a whole."""
    env = {**os.environ, "NO_COLOR": "1", **part.env}
    try:
        process = subprocess.Popen(
            [*(BEHIND if part.behind else ()), *part.command],
            cwd=part.folder,
            env=env,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    except OSError as problem:
        os.write(out, f"couldn't be started: {problem}\n".encode())
        return 127
    under_way.add(process)
    try:
        return process.wait(part.limit)
    except subprocess.TimeoutExpired:
        os.write(out, f"\nstopped after {part.limit} seconds\n".encode())
        return 124
    finally:
        under_way.discard(process)
        end_group(process)


def end_group(process: "subprocess.Popen[bytes]") -> None:
    """Browsers and servers that a part left behind go with it."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGTERM if process.poll() is None else signal.SIGKILL)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(5)


def say(text: str) -> None:
    with printing:
        print(text, flush=True)


def summary(results: Sequence[Result], began: float) -> int:
    """A line per part; the exit code is 0 only if every one passed."""
    width = max(len(result.name) for result in results)
    print("\n" + "-" * 78)
    for result in results:
        mark = "ok  " if result.code == 0 else "FAIL"
        print(f"{mark} {result.name:<{width}} {result.seconds:6.0f} s  {result.last[:70]}")
    failed = [result.name for result in results if result.code]
    took = f"{time.monotonic() - began:.0f} s"
    print(f"\n{'Failed: ' + ', '.join(failed) if failed else 'Everything passed'} ({took}).")
    sys.stdout.flush()
    return 1 if failed else 0
