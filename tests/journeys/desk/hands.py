"""Two hands at a desk: each click, each key and each word typed in one go counts."""

from playwright.sync_api import Locator, Page


class Hands:
    """A counter around what somebody does at a page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = self.keys = 0
        self.asked = ""

    def take(self, call: str) -> None:
        """The phone rings; counting begins."""
        self.asked, self.clicks, self.keys = call, 0, 0

    def click(self, target: Locator) -> None:
        self.clicks += 1
        target.click()

    def press(self, *keys: str) -> None:
        """Keys pressed one after the other; one with Shift or Alt is one."""
        for key in keys:
            self.keys += 1
            self.page.keyboard.press(key)

    def type(self, words: str) -> None:
        """A word, a date or a number, typed without looking: counts as one."""
        self.keys += 1
        self.page.keyboard.type(words)

    def drag(self, what: Locator, onto: Locator) -> None:
        """Take a tile and let go of it over another place."""
        self.clicks += 1
        what.drag_to(onto)

    @property
    def count(self) -> int:
        return self.clicks + self.keys

    @property
    def said(self) -> str:
        return f"{self.clicks} clicks, {self.keys} keys"

    def at_most(self, bound: int) -> None:
        assert self.count <= bound, f"{self.asked}: {self.said}, {bound} would do"
