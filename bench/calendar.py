"""What a front desk waits for: a full day side by side, the next one, and a client among fifty thousand.

Twenty clinicians and 160 appointments a day, with 10,000 and with 1,000,000 appointments in the
database; on SQLite, and on PostgreSQL in a cluster of the bench's own.  *Empty* is Help: a signed-in
page with its frame, and no data.  `bin/bench calendar [rounds]`.
"""

import json
import shutil
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "bin"))

from bench import paint
from bench.pages import grown
from bench.worlds import World, world
from verbs import services

SMALL, LARGE, ROUNDS, WARM = 10_000, 1_000_000, 60, 8
MARKS = {"day_ratio": 8, "day_growth": 1.25, "paint_ratio": 1.6, "search_ratio": 3}
SEARCHES = ("name", "letter", "nobody", "birth date", "number", "last four")
PAGES = ("empty", "day", *SEARCHES)
Times = dict[tuple[int, str], list[float]]


def main(rounds: int) -> None:
    found = {}
    with databases() as told:
        for name, url in told.items():
            print(f"\n{name}", flush=True)
            found[name] = one_database(url, rounds)
    print()
    print(json.dumps({key: {name: found[name][key] for name in found} for key in next(iter(found.values()))}))


@contextmanager
def databases() -> Iterator[dict[str, str]]:
    with tempfile.TemporaryDirectory(prefix="holdspace-bench-") as folder:
        user = services.unprivileged()
        if user:
            shutil.chown(folder, user)
        with services.postgresql(Path(folder) / "pg", user) as url:
            yield {"sqlite": "", "postgresql": url}


def one_database(url: str, rounds: int) -> dict[str, float]:
    with ExitStack() as stack:
        worlds = {size: stack.enter_context(world("bench.calendar", size, url)) for size in (SMALL, LARGE)}
        times = measure(worlds, rounds)
        painted = paint.measure(worlds[LARGE], max(rounds // 10, 1))
    figures = {
        "day_ratio": ratio(times[LARGE, "empty"], times[LARGE, "day"]),
        "day_growth": grown(times[SMALL, "day"], times[LARGE, "day"]),
        "paint_ratio": ratio(painted["bare"], painted["product"]),
        "search_ratio": max(ratio(times[LARGE, "empty"], times[LARGE, way]) for way in SEARCHES),
    }
    show(times, painted, figures)
    return {name: round(figure, 3) for name, figure in figures.items()}


def measure(worlds: dict[int, World], rounds: int) -> Times:
    """Milliseconds of each page in each world, in alternating rounds; the first few are for warming up."""
    times: Times = {(size, page): [] for size in worlds for page in PAGES}
    for n in range(rounds + WARM):
        for size in sorted(worlds, reverse=bool(n % 2)):
            for page in PAGES:
                took = float(worlds[size].ask(page))
                if n >= WARM:
                    times[size, page].append(took)
    return times


def ratio(floor: list[float], took: list[float]) -> float:
    return statistics.median(took) / statistics.median(floor)


def show(times: Times, painted: dict[str, list[float]], figures: dict[str, float]) -> None:
    print(f"{'':<12}{SMALL:>12,}{LARGE:>12,}   (ms, medians)")
    for page in PAGES:
        small, large = (statistics.median(times[size, page]) for size in (SMALL, LARGE))
        print(f"{page:<12}{small:>12.1f}{large:>12.1f}")
    for way, took in painted.items():
        print(f"painted, {way:<15}{statistics.median(took):>12.1f}   ({len(took)} presses)")
    for name, figure in figures.items():
        print(f"{name:<14}{figure:>10.3f}   at most {MARKS[name]}")


# ---- one world, in its own process ----------------------------------------------------------------


def make(size: int) -> None:
    import django

    django.setup()
    from bench.full_days import make_practice

    make_practice(size)


def answer() -> None:
    """Open whatever page is asked for, and say how many milliseconds it took; or say how to get in."""
    import django

    django.setup()
    from bench.front_desk import open_pages, session, weekday

    pages = open_pages()
    facts: dict[str, Callable[[], str]] = {"session": session, "monday": partial(weekday, 0)}
    for word in map(str.strip, sys.stdin):
        began = time.perf_counter()
        said = facts[word]() if word in facts else pages[word]()
        print(said or (time.perf_counter() - began) * 1000, flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["make"]:
        make(int(sys.argv[2]))
    elif sys.argv[1:2] == ["open"]:
        answer()
    else:
        # Ended from outside it still puts its servers and databases away.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
        main(int(sys.argv[1]) if sys.argv[1:] else ROUNDS)
