"""One look at a page as it stands: wide and narrow, by day and by night, and nothing that it may not be."""

import os
import re
from pathlib import Path

from playwright.sync_api import Page, Request

from tests.journeys.axe import scrolls_sideways, violations

WIDE, NARROW = (1280, 800), (390, 844)
# 640 is a window of 1280 at 200 %; 320 is the narrowest phone.
NEVER_SIDEWAYS = (1280, 640, 390, 320)
HOSTLESS = ("data:", "blob:", "about:")
NIGHT = "(theme) => { document.documentElement.dataset.bsTheme = theme; }"
# Two frames later, or soon all the same where nothing is drawn just now.
SETTLED = """() => new Promise((done) => {
  setTimeout(done, 500);
  requestAnimationFrame(() => requestAnimationFrame(done));
})"""
PRIMARY = """() => [...document.querySelectorAll(".btn-primary")]
  .filter((one) => one.checkVisibility({ checkVisibilityCSS: true }) && !one.closest("[hidden]"))
  .map((one) => one.innerText.trim())"""


class Eye:
    """Looks at page after page and keeps what is wrong, so that one walk tells everything at once."""

    def __init__(self, home: str, names: list[str]) -> None:
        self.home = home
        self.names = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in names) or "(?!)")
        self.wrong: list[str] = []
        self.looks = 0

    def follow(self, page: Page) -> None:
        """From now on every address the page asks for must be ours."""
        page.on("request", self._asked)

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.home, *HOSTLESS)):
            self.wrong.append(f"{request.url} was asked for")

    def look(self, page: Page, name: str, *, client: bool = False) -> None:
        """Everything that must hold for any page, in every mode."""
        page.wait_for_load_state("networkidle")
        was = page.viewport_size
        self._title(page, name)
        for size in (WIDE, NARROW):
            self._resize(page, *size)
            for theme in ("light", "dark"):
                self._axe(page, name, size[0], theme)
            page.evaluate(NIGHT, "light")
            if client:
                self._one_primary(page, name)
        for width in NEVER_SIDEWAYS:
            self._resize(page, width, 800)
            if scrolls_sideways(page):
                self.wrong.append(f"{name}: scrolls sideways at {width}")
        if was:
            self._resize(page, was["width"], was["height"])

    def _resize(self, page: Page, width: int, height: int) -> None:
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate(SETTLED)

    def _axe(self, page: Page, name: str, width: int, theme: str) -> None:
        page.evaluate(NIGHT, theme)
        for found in violations(page):
            self.wrong.append(f"{name} {width} {theme}: {found['rule']} " + " | ".join(found["where"]))
        self.looks += 1
        self._shoot(page, f"{name}-{width}-{theme}")

    def _title(self, page: Page, name: str) -> None:
        if not page.title().strip() or self.names.search(page.title()):
            self.wrong.append(f"{name}: the title is {page.title()!r}")

    def _one_primary(self, page: Page, name: str) -> None:
        pressed_first = page.evaluate(PRIMARY)
        if len(pressed_first) > 1:
            self.wrong.append(f"{name}: {len(pressed_first)} primary buttons: {pressed_first}")

    def _shoot(self, page: Page, name: str) -> None:
        """A picture of every look, where HOLDSPACE_TEST_LOOKS says."""
        folder = os.environ.get("HOLDSPACE_TEST_LOOKS")
        if folder:
            page.screenshot(path=str(Path(folder) / f"{name}.png"))

    def nothing_wrong(self) -> None:
        assert not self.wrong, "\n" + "\n".join(self.wrong)
