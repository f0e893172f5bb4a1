"""One look at a page as it stands: wide and narrow, by day and by night, and nothing that it may not be."""

import os
import re
import time
from pathlib import Path

from playwright.sync_api import Page, Request

from tests.journeys.axe import SIDEWAYS, violations

# Width, height, and whether axe looks: 640 is a window of 1280 at 200 %, 320 is the narrowest phone.
SIZES = ((1280, 800, True), (640, 800, False), (390, 844, True), (320, 800, False))
MOMENT, LONG = 50, 5.0  # milliseconds between two looks at what is under way; seconds until it is too much
HOSTLESS = ("data:", "blob:", "about:")
NIGHT = "(theme) => { document.documentElement.dataset.bsTheme = theme; }"
# Two frames later, or soon all the same where nothing is drawn just now: whether it is too wide.
SETTLED = f"""() => new Promise((done) => {{
  setTimeout(done, 500);
  requestAnimationFrame(() => requestAnimationFrame(done));
}}).then(() => {SIDEWAYS})"""
PRIMARY = """() => [...document.querySelectorAll(".btn-primary")]
  .filter((one) => one.checkVisibility({ checkVisibilityCSS: true }) && !one.closest("[hidden]"))
  .map((one) => one.innerText.trim())"""


class Eye:
    """Looks at page after page and keeps what is wrong, so that one walk tells everything at once."""

    def __init__(self, home: str, names: list[str]) -> None:
        self.home = home
        self.names = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in names) or "(?!)")
        self.wrong: list[str] = []
        self._under_way: set[Request] = set()

    def follow(self, page: Page) -> None:
        """From now on every address the page asks for must be ours."""
        page.on("request", self._asked)
        page.on("requestfinished", self._answered)
        page.on("requestfailed", self._answered)

    def _asked(self, request: Request) -> None:
        self._under_way.add(request)
        if not request.url.startswith((self.home, *HOSTLESS)):
            self.wrong.append(f"{request.url} was asked for")

    def _answered(self, request: Request) -> None:
        self._under_way.discard(request)

    def look(self, page: Page, name: str, *, client: bool = False) -> None:
        """Everything that must hold for any page, in every mode."""
        self._wait_until_quiet(page)
        was = page.viewport_size
        self._title(page, name)
        for width, height, with_axe in SIZES:
            if self._too_wide(page, width, height):
                self.wrong.append(f"{name}: scrolls sideways at {width}")
            if with_axe:
                self._axe(page, name, width)
            if with_axe and client:
                self._one_primary(page, name)
        if was:
            self._too_wide(page, was["width"], was["height"])

    def _wait_until_quiet(self, page: Page) -> None:
        """All that the page asked for has come, and it asked for nothing more because of it."""
        quiet, until = 0, time.monotonic() + LONG
        page.wait_for_load_state("load")
        while quiet < 2 and time.monotonic() < until:
            page.wait_for_timeout(MOMENT)
            quiet = 0 if self._under_way else quiet + 1
        self._under_way.clear()

    def _too_wide(self, page: Page, width: int, height: int) -> bool:
        """Whether the page as a whole is wider than a window of this size, which it has from now on."""
        if page.viewport_size != {"width": width, "height": height}:
            page.set_viewport_size({"width": width, "height": height})
        return bool(page.evaluate(SETTLED))

    def _axe(self, page: Page, name: str, width: int) -> None:
        for found in violations(page):
            self.wrong.append(
                f"{name} {width} {found['theme']}: {found['rule']} " + " | ".join(found["where"])
            )
        self._shoot(page, f"{name}-{width}")

    def _title(self, page: Page, name: str) -> None:
        title = page.title()
        if not title.strip() or self.names.search(title):
            self.wrong.append(f"{name}: the title is {title!r}")

    def _one_primary(self, page: Page, name: str) -> None:
        pressed_first = page.evaluate(PRIMARY)
        if len(pressed_first) > 1:
            self.wrong.append(f"{name}: {len(pressed_first)} primary buttons: {pressed_first}")

    def _shoot(self, page: Page, name: str) -> None:
        """A picture of every look, by day and by night, where HOLDSPACE_TEST_LOOKS says."""
        folder = os.environ.get("HOLDSPACE_TEST_LOOKS")
        for theme in ("dark", "light") if folder else ():
            page.evaluate(NIGHT, theme)
            page.screenshot(path=str(Path(str(folder)) / f"{name}-{theme}.png"))

    def nothing_wrong(self) -> None:
        assert not self.wrong, "\n" + "\n".join(self.wrong)
