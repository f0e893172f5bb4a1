"""Lighthouse, as on a mid-range phone, over the client's way and a guest's, each page as they see it.

The way is that of `tests/journeys/client_walk.py`; what lies beside it (a link that opens nothing, an
answer that was refused, who came for a child, a passkey) axe looks at in the journeys.

The browser is the one in which the client walks, so that pages behind the visit's cookie or a
sign-in are seen too.  A page that misses a mark is looked at again, up to `rounds` times in all: of
its performance, which the machine's weather touches, the median counts, of the rest the worst.  It
ends with 1 where a page missed a mark all the same; its last line is one JSON object either way.
`bin/bench lighthouse [rounds] [page ...]`.
"""

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "bin"))

from playwright.sync_api import Page, sync_playwright

from tests.journeys.browsers import FLAGS
from tests.journeys.client_walk import walk
from tests.journeys.house import House, free_port
from tests.journeys.places import PHONE
from verbs import machine
from verbs.environment import node, node_packages

ROOT = Path(__file__).resolve().parent.parent
ROUNDS, TRIES = 3, 3
MARKS = {"performance": 95, "accessibility": 100, "best-practices": 100}
PROGRAM = ROOT / "bench" / "lighthouse" / "node_modules" / "lighthouse" / "cli" / "index.js"
# A page's cookies are kept; nothing is reported to anybody.
TOLD = ["--disable-storage-reset", "--quiet", "--output=json", "--no-enable-error-reporting"]


@contextmanager
def phone(port: int) -> Iterator[Page]:
    """A client's browser that Lighthouse reaches too, by the port."""
    flags = [*FLAGS, f"--remote-debugging-port={port}"]
    with sync_playwright() as playwright, tempfile.TemporaryDirectory(prefix="holdspace-phone-") as kept:
        window = playwright.chromium.launch_persistent_context(
            kept,
            executable_path=machine.chromium(),
            args=flags,
            locale="en-US",
            **PHONE,  # type: ignore[arg-type]
        )
        yield window.pages[0]
        window.close()


def look(url: str, port: int, env: dict[str, str]) -> dict[str, Any]:
    """What Lighthouse says of one page, in the browser at the port."""
    asked = [url, f"--port={port}", f"--only-categories={','.join(MARKS)}"]
    words = [str(node()), str(PROGRAM), *asked, *TOLD]
    for _ in range(TRIES):  # on a busy machine the browser's own record now and then lacks its beginning
        done = subprocess.run(words, env=env, capture_output=True, text=True, timeout=180, check=False)
        if not done.returncode:
            break
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    said: dict[str, Any] = json.loads(done.stdout)
    if said["finalDisplayedUrl"] != url:
        raise SystemExit(f"{url} led on to {said['finalDisplayedUrl']}.")
    return said


def score(said: dict[str, Any], category: str) -> int:
    return round(100 * (said["categories"][category]["score"] or 0))


def looks_at(url: str, port: int, env: dict[str, str], rounds: int) -> list[dict[str, Any]]:
    """One look where it makes every mark, else all of them."""
    looks = [look(url, port, env)]
    if any(score(looks[0], category) < mark for category, mark in MARKS.items()):
        looks += [look(url, port, env) for _ in range(rounds - 1)]
    return looks


def scores(looks: list[dict[str, Any]]) -> dict[str, int]:
    each = {category: [score(said, category) for said in looks] for category in MARKS}
    return {c: round(statistics.median(n)) if c == "performance" else min(n) for c, n in each.items()}


def found(said: dict[str, Any]) -> Iterator[str]:
    """The audits that cost a page a category's full mark, and where."""
    for category in MARKS:
        for line in said["categories"][category]["auditRefs"]:
            audit = said["audits"][line["id"]]
            if (
                line["weight"]
                and (audit["score"] or 0) < 0.9
                and audit["scoreDisplayMode"] != "notApplicable"
            ):
                yield f"{audit['id']} {audit.get('displayValue', '')} {places_of(audit)}".rstrip()


def places_of(audit: dict[str, Any]) -> str:
    items = audit.get("details", {}).get("items", [])[:3]
    told = [item.get("node", {}).get("snippet") or item.get("description") for item in items]
    return " | ".join(str(one)[:140] for one in told if one)


def row(name: str, got: dict[str, int]) -> str:
    short = "".join("  *" if got[category] < MARKS[category] else "" for category in MARKS)
    return f"{name:<22}" + "".join(f"{got[category]:>16}" for category in MARKS) + short


def lower(got: dict[str, dict[str, int]]) -> dict[str, dict[str, int]]:
    """The pages that missed a mark, each with what it missed."""
    short = {
        name: {c.replace("-", "_"): n for c, n in one.items() if n < MARKS[c]} for name, one in got.items()
    }
    return {name: what for name, what in short.items() if what}


def figures(got: dict[str, dict[str, int]]) -> dict[str, object]:
    least = {f"{c.replace('-', '_')}_min": min(one[c] for one in got.values()) for c in MARKS}
    return {**least, "pages": len(got), "lower": lower(got)}


def ended(got: dict[str, dict[str, int]]) -> int:
    """Print what was found as one JSON object; the exit code: 1 where a page missed a mark."""
    print(json.dumps(figures(got)))
    return 1 if lower(got) else 0


def main(rounds: int, only: list[str]) -> int:
    env, port, house = node_packages("bench/lighthouse", "Lighthouse"), free_port(), House()
    got: dict[str, dict[str, int]] = {}
    print(f"{'':<22}" + "".join(f"{category:>16}" for category in MARKS))
    try:
        with phone(port) as page:
            for name, url in walk(page, house):
                if only and name not in only:
                    continue
                looks = looks_at(url, port, env, rounds)
                got[name] = scores(looks)
                print(row(name, got[name]), flush=True)
                for line in sorted({line for said in looks for line in found(said)}):
                    print(f"    {line}")
    finally:
        house.stop()
    return ended(got)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else ROUNDS, sys.argv[2:]))
