"""From the press on *next day* to its painted tiles: the product, and the bare widget fed from memory.

The pointer rests on the button, as it does for whoever pages through days.  *first* is the press that
comes at once, before anything could be fetched ahead.
"""

import functools
import http.server
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, timedelta

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from bench.worlds import ROOT, World
from tests.journeys.browsers import FLAGS, chromium
from tests.journeys.house import free_port
from verbs.environment import front_end, node

DAYS, TILES = 5, 160
PAUSE = 1500  # milliseconds from one press to the next
VIEWPORT: ViewportSize = {"width": 1280, "height": 800}
# Every tile says its day: painted is when all of them are in the grid, and one frame has gone by.
MEASURE = """
([day, many]) => new Promise((done) => {
  const tiles = () => document.querySelectorAll(`[data-calendar] .ec-event time[datetime^="${day}"]`).length;
  let pressed = 0;
  addEventListener("click", (event) => { pressed = event.timeStamp; }, { capture: true, once: true });
  const painted = new MessageChannel();
  painted.port1.onmessage = () => done(performance.now() - pressed);
  const look = () => {
    if (pressed && tiles() === many) painted.port2.postMessage("");
    else requestAnimationFrame(look);
  };
  look();
})
"""


def measure(world: World, rounds: int) -> dict[str, list[float]]:
    """Milliseconds of each way in alternating rounds of a week each."""
    took: dict[str, list[float]] = {"bare": [], "product": [], "first": []}
    monday = date.fromisoformat(world.ask("monday"))
    days = [(monday + timedelta(days=n)).isoformat() for n in range(DAYS)]
    with ExitStack() as stack:
        bare, product = stack.enter_context(bare_page()), stack.enter_context(serving(world))
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        fed = feeds(browser, world, product, days)
        for _ in range(rounds):
            bare_times = week_of_bare(browser, bare, fed, days)
            product_times = week_of_product(browser, world, product, days)
            took["bare"] += bare_times[1:]
            took["product"] += product_times[1:]
            took["first"].append(product_times[0])
    return took


def week_of_bare(browser: Browser, url: str, fed: list[object], days: list[str]) -> list[float]:
    page = browser.new_page(viewport=VIEWPORT)
    page.goto(url)
    page.evaluate("([days, marks]) => window.begin(days, marks)", fed)
    times = presses(page, "#next", days)
    page.close()
    return times


def week_of_product(browser: Browser, world: World, url: str, days: list[str]) -> list[float]:
    page = signed_in(browser, world, url)
    page.goto(f"{url}/calendar?view=clinicians&date={days[0]}")
    times = presses(page, "a[aria-label=Forward]", days)
    page.context.close()
    return times


def presses(page: Page, button: str, days: list[str]) -> list[float]:
    """Through the week, day by day."""
    page.wait_for_function(f"() => document.querySelectorAll('.ec-event time').length >= {TILES}")
    page.wait_for_timeout(PAUSE)
    times = []
    for day in days[1:]:
        page.evaluate(f"said => {{ window.took = ({MEASURE})(said); }}", [day, TILES])
        page.click(button)
        times.append(float(page.evaluate("window.took")))
        page.wait_for_timeout(PAUSE)
    return times


def signed_in(browser: Browser, world: World, url: str) -> Page:
    context = browser.new_context(viewport=VIEWPORT)
    context.add_cookies([{"name": "holdspace", "value": world.ask("session"), "url": url}])
    return context.new_page()


def feeds(browser: Browser, world: World, url: str, days: list[str]) -> list[object]:
    """What the product's own widget is fed on each of these days, and the drawings of its marks."""
    page = signed_in(browser, world, url)
    fed: list[object] = []
    for day in days:
        said = page.request.get(f"{url}/calendar/feed?view=clinicians&date={day}").json()
        fed.append({"date": day, "columns": said["columns"], "events": said["bands"] + said["events"]})
    page.goto(f"{url}/calendar?view=clinicians&date={days[0]}")
    marks = page.locator("main svg[hidden]:has(symbol)").evaluate("drawn => drawn.outerHTML")
    page.context.close()
    return [fed, marks]


@contextmanager
def serving(world: World) -> Iterator[str]:
    """The product as it is run, on this world's database."""
    port = free_port()
    url = f"http://localhost:{port}"
    with world.serve(port, url):
        yield url


@contextmanager
def bare_page() -> Iterator[str]:
    """The bare page, built by the project's Vite and served from a folder that goes again."""
    with tempfile.TemporaryDirectory(prefix="holdspace-bench-") as folder:
        vite = [str(node()), "frontend/node_modules/vite/bin/vite.js", "build", "frontend/bench"]
        told = ["--base", "./", "--outDir", folder, "--emptyOutDir", "--logLevel", "warn"]
        subprocess.run([*vite, *told], cwd=ROOT, env=front_end(), check=True)
        handler = functools.partial(Quiet, directory=folder)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}/index.html"
        server.shutdown()


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """The table is all there is to read."""
