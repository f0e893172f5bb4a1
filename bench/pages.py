"""What a full practice costs: one clinician's week and the start screen, with 1,000 and 100,000 appointments.

Fifty clinicians either way, and the same twenty appointments in the week that is looked at; what
grows is everything around it.  Each world lives in a process and a database of its own, and they
take turns.  `bin/bench pages [rounds]`; on PostgreSQL with HOLDSPACE_DATABASE_URL.
"""

import json
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from holdspace.config import env as env_of
from holdspace.kit.crypto import new_ring

ROOT = Path(__file__).resolve().parent.parent
CLINICIANS, A_WEEK = 50, 20
SMALL, LARGE, ROUNDS = 1_000, 100_000, 150
MARK = 1.2


def main(rounds: int) -> None:
    with ExitStack() as stack:
        worlds = {size: stack.enter_context(world(size)) for size in (SMALL, LARGE)}
        times = measure(worlds, rounds)
    growth = {page: grown(times[SMALL, page], times[LARGE, page]) for page in PAGES}
    show(times, growth)
    print(json.dumps({f"{page}_growth": round(growth[page], 3) for page in PAGES}))


def measure(worlds: dict[int, "subprocess.Popen[str]"], rounds: int) -> dict[tuple[int, str], list[float]]:
    """Milliseconds of each page in each world, in alternating rounds; the first twenty are for warming up."""
    times: dict[tuple[int, str], list[float]] = {(size, page): [] for size in worlds for page in PAGES}
    for n in range(rounds + 20):
        for size in sorted(worlds, reverse=bool(n % 2)):
            for page in PAGES:
                took = float(ask(worlds[size], page))
                if n >= 20:
                    times[size, page].append(took)
    return times


def grown(small: list[float], large: list[float]) -> float:
    """The median of each round's own ratio: both were opened within the same few milliseconds of weather."""
    return statistics.median(b / a for a, b in zip(small, large, strict=True))


def show(times: dict[tuple[int, str], list[float]], growth: dict[str, float]) -> None:
    print(f"{'page':<8}{SMALL:>12,}{LARGE:>12,}{'growth':>10}{'at most':>10}")
    for page in PAGES:
        small, large = (statistics.median(times[size, page]) for size in (SMALL, LARGE))
        print(f"{page:<8}{small:>9.1f} ms{large:>9.1f} ms{growth[page]:>10.3f}{MARK:>10}")


# ---- one world, in its own process ----------------------------------------------------------------


@contextmanager
def world(size: int) -> Iterator["subprocess.Popen[str]"]:
    with tempfile.TemporaryDirectory(prefix="holdspace-bench-") as home, database() as url:
        env = os.environ | {
            "HOLDSPACE_HOME": home,
            "HOLDSPACE_DATABASE_URL": url,
            "HOLDSPACE_LOG_LEVEL": "ERROR",
        }
        env["DJANGO_SETTINGS_MODULE"] = "holdspace.config.settings"
        env_of.keep_keys(Path(home), new_ring())
        migrate = [sys.executable, "-m", "django", "migrate", "--skip-checks", "--verbosity=0"]
        subprocess.run(migrate, cwd=ROOT, env=env, check=True)
        began = time.perf_counter()
        subprocess.run([*MINE, "make", str(size)], cwd=ROOT, env=env, check=True)
        print(f"{size:,} appointments: made in {time.perf_counter() - began:.0f} s", flush=True)
        # A process of its own: whoever has just made a hundred thousand rows is slower at everything.
        process = subprocess.Popen(
            [*MINE, "open"],
            cwd=ROOT,
            env=env,
            text=True,
            bufsize=1,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()


@contextmanager
def database() -> Iterator[str]:
    """A PostgreSQL database of this world's own, or SQLite in its home."""
    told = os.environ.get("HOLDSPACE_DATABASE_URL", "")
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


def ask(process: "subprocess.Popen[str]", word: str) -> str:
    assert process.stdin
    process.stdin.write(word + "\n")
    return read(process)


def read(process: "subprocess.Popen[str]") -> str:
    assert process.stdout
    said = process.stdout.readline().strip()
    if not said:
        raise SystemExit("A world ended early; its error stands above.")
    return said


def make(size: int) -> None:
    import django

    django.setup()
    from bench.practice import make_practice

    make_practice(clinicians=CLINICIANS, a_week=A_WEEK, appointments=size)


def time_pages() -> None:
    """Open whatever page is asked for, and say how many milliseconds it took."""
    import django

    django.setup()
    from bench.practice import open_pages

    pages = open_pages()
    for word in sys.stdin:
        began = time.perf_counter()
        pages[word.strip()]()
        print((time.perf_counter() - began) * 1000, flush=True)


PAGES = ("week", "start")

MINE = [sys.executable, "-m", "bench.pages"]

if __name__ == "__main__":
    if sys.argv[1:2] == ["make"]:
        make(int(sys.argv[2]))
    elif sys.argv[1:2] == ["open"]:
        time_pages()
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else ROUNDS)
