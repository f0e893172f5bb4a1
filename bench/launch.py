"""How long from the press on Admit to the first decoded frame on the slower side, against the floor.

Three ways in alternating rounds, in the same two browsers: a floor page of the bench's own, the
product with its standby connection up, and the product without one.  `bin/bench launch [rounds]`.
"""

import itertools
import json
import math
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from playwright.sync_api import Browser, Page, sync_playwright

from bench import floor, stage
from tests.journeys.browsers import FLAGS, chromium
from tests.journeys.house import House
from tests.journeys.places import Place, places

ROUNDS = 30
MOST = 0.6  # seconds in which nearly every launch is over
# Without standby: an offer that is made before the press is held back until it, as if the line
# between the two had only now come up.
NO_STANDBY = """
(() => {
  const real = RTCPeerConnection.prototype.setLocalDescription;
  RTCPeerConnection.prototype.setLocalDescription = async function (...said) {
    while (!window.pressed) await new Promise((done) => setTimeout(done, 2));
    return real.apply(this, said);
  };
})()
"""
# The press as the browser saw it, and the first frame that the remote element decoded.
MEASURE = """
(() => {
  window.pressed = 0; window.firstFrame = 0;
  addEventListener("click", (event) => {
    if (!event.isTrusted || !event.target.closest("[data-admit]")) return;
    window.pressed = performance.timeOrigin + event.timeStamp;
  }, true);
  addEventListener("DOMContentLoaded", () => {
    const theirs = document.querySelector("video[data-theirs]");
    if (!theirs) return;
    const note = () => {
      if (theirs.hidden || theirs.closest("[hidden]")) theirs.requestVideoFrameCallback(note);
      else window.firstFrame ||= performance.timeOrigin + performance.now();
    };
    theirs.requestVideoFrameCallback(note);
  });
})()
"""


def floor_round(desk: Browser, client: Browser, url: str, room: int) -> float:
    """Milliseconds of one round of the floor page."""
    pages = [browser.new_page() for browser in (desk, client)]
    for page, side in zip(pages, "ab", strict=True):
        page.goto(f"{url}/?side={side}&room={room}")
        page.wait_for_function("() => window.ready === true")
    pages[0].wait_for_timeout(400)
    pages[0].click("#go")
    took = slower(pages)
    for page in pages:
        page.close()
    return took


def product_round(clinician: stage.Clinician, client: stage.Client, place: Place, warm: bool) -> float:
    """Milliseconds of one round of the product, with or without the standby connection."""
    here = clinician.room(place, [MEASURE] if warm else [MEASURE, NO_STANDBY])
    there = client.wait_in(place, [MEASURE])
    here.wait_for_selector("[data-admit] button")
    here.wait_for_timeout(1500 if warm else 700)
    here.click("[data-admit] button")
    took = slower([here, there])
    here.context.close()
    there.context.close()
    return took


def slower(pages: list[Page]) -> float:
    """Asked only when it is over: a page that is asked meanwhile has less of its time for the picture."""
    time.sleep(MOST)
    for page in pages:
        page.wait_for_function("() => window.firstFrame > 0", timeout=20_000)
    pressed = pages[0].evaluate("window.pressed")
    return max(page.evaluate("window.firstFrame") for page in pages) - pressed


def nearest_rank(values: list[float], share: float) -> float:
    return sorted(values)[math.ceil(share * len(values)) - 1]


def figures(took: dict[str, list[float]]) -> dict[str, float]:
    ground = statistics.median(took["floor"])
    return {
        "runs": len(took["floor"]),
        "warm_ratio": round(statistics.median(took["warm"]) / ground, 3),
        "warm_p95_ratio": round(nearest_rank(took["warm"], 0.95) / ground, 3),
        "cold_ratio": round(statistics.median(took["cold"]) / ground, 3),
    }


def table(took: dict[str, list[float]]) -> str:
    lines = [f"{'':8}{'median':>9}{'p95':>9}{'least':>9}{'most':>9}   (ms)"]
    for name, values in took.items():
        each = (statistics.median(values), nearest_rank(values, 0.95), min(values), max(values))
        lines.append(f"{name:8}" + "".join(f"{value:9.0f}" for value in each))
    return "\n".join(lines)


def main(rounds: int) -> None:
    house, url = House(), floor.serve()
    took: dict[str, list[float]] = {"floor": [], "warm": [], "cold": []}
    with sync_playwright() as playwright:
        desk, other = (playwright.chromium.launch(executable_path=chromium(), args=FLAGS) for _ in range(2))
        clinician, client = stage.Clinician(desk, house), stage.Client(other, house)
        seats = list(places(house, rounds * 2 + 2))
        floor_round(desk, other, url, -1)
        product_round(clinician, client, seats.pop(), True)  # everything is warm before it counts
        began = time.monotonic()
        for number, order in zip(range(rounds), itertools.cycle(itertools.permutations(took)), strict=False):
            for way in order:
                took[way].append(
                    floor_round(desk, other, url, number)
                    if way == "floor"
                    else product_round(clinician, client, seats.pop(), way == "warm")
                )
            print(f"round {number + 1} of {rounds}, {time.monotonic() - began:.0f} s", file=sys.stderr)
        desk.close()
        other.close()
    house.stop()
    print(table(took))
    print(json.dumps(figures(took)))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
