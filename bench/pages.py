"""What a full practice costs: one clinician's week and the start screen, with 1,000 and 100,000 appointments.

Fifty clinicians either way, and the same twenty appointments in the week that is looked at; what
grows is everything around it.  Each world lives in a process and a database of its own, and they
take turns.  `bin/bench pages [rounds]`; on PostgreSQL with HOLDSPACE_DATABASE_URL.
"""

import json
import os
import statistics
import sys
import time
from contextlib import ExitStack

from bench.worlds import World, world

CLINICIANS, A_WEEK = 50, 20
SMALL, LARGE, ROUNDS = 1_000, 100_000, 150
MARK = 1.2


def main(rounds: int) -> None:
    with ExitStack() as stack:
        told = os.environ.get("HOLDSPACE_DATABASE_URL", "")
        worlds = {size: stack.enter_context(world("bench.pages", size, told)) for size in (SMALL, LARGE)}
        times = measure(worlds, rounds)
    growth = {page: grown(times[SMALL, page], times[LARGE, page]) for page in PAGES}
    show(times, growth)
    print(json.dumps({f"{page}_growth": round(growth[page], 3) for page in PAGES}))


def measure(worlds: dict[int, World], rounds: int) -> dict[tuple[int, str], list[float]]:
    """Milliseconds of each page in each world, in alternating rounds; the first twenty are for warming up."""
    times: dict[tuple[int, str], list[float]] = {(size, page): [] for size in worlds for page in PAGES}
    for n in range(rounds + 20):
        for size in sorted(worlds, reverse=bool(n % 2)):
            for page in PAGES:
                took = float(worlds[size].ask(page))
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

if __name__ == "__main__":
    if sys.argv[1:2] == ["make"]:
        make(int(sys.argv[2]))
    elif sys.argv[1:2] == ["open"]:
        time_pages()
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else ROUNDS)
