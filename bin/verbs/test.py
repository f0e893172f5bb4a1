"""bin/test: everything that can be tested, from a fresh clone, with servers of its own.

A part that can't run fails: nothing is ever left out in silence.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from subprocess import DEVNULL

from verbs import machine, services
from verbs.environment import ROOT, VENV, Stop, front_end, npm, python_of, ready
from verbs.parts import Part, Result, beside, side_by_side, summary

NAMES = ("check", "frontend", "build", "sqlite", "postgresql", "bus", "calls", "journeys")
# The journeys in which people meet, one after the other: their pictures come from both cores.
CALLS = ("calls", "test_main_job.py", "test_relay.py", "test_two_people.py")
# What no test of Python's is about.
STATIC = {"check", "frontend", "build"}
# Journeys have axe look at pages.
NEED_NODE = STATIC | {"calls", "journeys"}
# What no database changes runs once.
AGAIN = "database and not journey and not own_home"
ALONE = ("-p", "no:xdist")
# On two cores: the third takes what two leave while they wait for a page.
IN_THREE_LANES = ("-n", "3", "--dist", "loadfile")


def main(arguments: list[str]) -> int:
    chosen = parse(arguments)
    began = time.monotonic()
    print("Getting ready", flush=True)
    with tempfile.TemporaryDirectory(prefix="holdspace-home-") as home, equipping(chosen) as equipped:
        ready("dev")
        env = {"HOLDSPACE_HOME": home, "HOLDSPACE_TEST_DEMOS": home, **kept_bytecode(home)}
        with compiling(chosen, env) as compiled:
            npm_env = front_end() if NEED_NODE & set(chosen) else {}
            with beside(partial(run_static, chosen, npm_env)) as static:
                equipped()
                compiled()
                tested = run_tests(chosen, env)
                results = static() + tested
    return summary(results, began)


def equipping(chosen: Sequence[str]) -> AbstractContextManager[Callable[[], None]]:
    """What the machine lacks is fetched meanwhile; whatever no test of Python's is about needs none of it."""
    return nullcontext(lambda: None) if STATIC.issuperset(chosen) else machine.equipping()


@contextmanager
def compiling(chosen: Sequence[str], env: dict[str, str]) -> Iterator[Callable[[], object]]:
    """Meanwhile, every test is read once, so that its seven readers needn't each compile what it imports.

    What is given waits for it.  Whatever it finds wrong is for them to say.
    """
    if STATIC.issuperset(chosen):
        yield lambda: None
        return
    reading = pytest("-q", "--collect-only")
    with subprocess.Popen(reading, cwd=ROOT, env=os.environ | env, stdout=DEVNULL, stderr=DEVNULL) as reader:
        try:
            yield reader.wait
        finally:  # what is missing is said at once
            reader.kill()


def kept_bytecode(home: str) -> dict[str, str]:
    """Where Python was told to keep nothing that it compiles, it keeps it as long as this run lasts.

    Hundreds of processes would else compile the same libraries, each for seconds.
    """
    kept = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": f"{home}/bytecode"}
    return kept if sys.dont_write_bytecode else {}


def parse(arguments: list[str]) -> list[str]:
    parser = argparse.ArgumentParser(prog="bin/test", description="Run everything, or the parts named.")
    parser.add_argument("part", nargs="*", help=f"one or more of: {', '.join(NAMES)} (default: all)")
    said: list[str] = parser.parse_args(arguments).part
    unknown = sorted(set(said) - set(NAMES))
    if unknown:
        raise Stop(f"There is no part {unknown[0]!r}; say one or more of: {', '.join(NAMES)}.")
    return said or list(NAMES)


def run_static(chosen: Sequence[str], npm_env: dict[str, str]) -> list[Result]:
    """What needs nothing of the machine: while it gets what it lacks, and beside whatever comes then."""
    if not STATIC & set(chosen):
        return []
    vitest = npm("test", "--prefix", "frontend")
    build = [str(ROOT / "bin" / "build"), "--compare"]
    parts = {
        "check": Part("static checks", [str(ROOT / "bin" / "check")], behind=True),
        "frontend": Part("front end's unit tests", vitest, npm_env, behind=True),
        "build": Part("the committed build is what frontend/ makes", build, behind=True),
    }
    return side_by_side(lane(parts, chosen, "frontend", "build"), lane(parts, chosen, "check"))


def run_tests(chosen: Sequence[str], env: dict[str, str]) -> list[Result]:
    """First calls, with the suites behind them: people who wait for each other leave half of two cores idle.

    Then the journeys that keep both cores busy by themselves.
    """
    if STATIC.issuperset(chosen):
        return []
    browsers = {"CHROMIUM": machine.chromium(), "SHELL": machine.shell()}
    env |= {f"HOLDSPACE_TEST_{name}": found for name, found in browsers.items() if found}
    with services.running() as running:
        parts = tests(running, env | running.env)
        behind = [lane(parts, chosen, name) for name in ("sqlite", "postgresql", "bus")]
        met = side_by_side(lane(parts, chosen, "calls"), *behind)
        return met + side_by_side(lane(parts, chosen, "journeys"))


def lane(parts: Mapping[str, Part], chosen: Sequence[str], *names: str) -> list[Part]:
    return [parts[name] for name in names if name in chosen]


def tests(running: services.Services, env: dict[str, str]) -> dict[str, Part]:
    postgresql = {**env, "HOLDSPACE_DATABASE_URL": running.database_url}
    return {
        "sqlite": suite("the suite on SQLite", env, "not journey"),
        "postgresql": suite("the suite on PostgreSQL", postgresql, AGAIN),
        "bus": bus("the bus contract on memory and Redis", env),
        "calls": journeys("calls between real browsers", env, *ALONE, *calls()),
        "journeys": journeys("other journeys in real browsers", env, *IN_THREE_LANES, *but_calls()),
    }


def pytest(*words: str) -> list[str]:
    return [str(python_of(VENV)), "-m", "pytest", *words]


def suite(name: str, env: dict[str, str], which: str) -> Part:
    """All but what has a part of its own."""
    others = [f"--ignore={file}" for file in contract_files("bus")]
    words = pytest("-m", which, "-q", "-n", "2", "--dist", "worksteal", "tests", *others)
    return Part(name, words, env, behind=True, limit=2400)


def bus(name: str, env: dict[str, str]) -> Part:
    return Part(name, pytest("-m", "not journey", "-v", *contract_files("bus")), env, behind=True)


def contract_files(word: str) -> list[str]:
    """The contract's files by name; where there are none, a path that doesn't exist: the part fails."""
    found = sorted((ROOT / "tests" / "contracts").glob(f"test*{word}*.py"))
    return [str(f.relative_to(ROOT)) for f in found] or [str(Path("tests/contracts") / f"test_{word}.py")]


def calls() -> list[str]:
    return [f"tests/journeys/{name}" for name in CALLS]


def but_calls() -> list[str]:
    return ["tests/journeys", *(f"--ignore=tests/journeys/{name}" for name in CALLS)]


def journeys(name: str, env: dict[str, str], *words: str) -> Part:
    """In their written order and with their names, which follow the numbered steps of the main job."""
    return Part(name, pytest("-m", "journey", "-v", "-p", "no:randomly", *words), env, aloud=True, limit=1500)
