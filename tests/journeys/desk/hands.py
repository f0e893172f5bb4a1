"""Two hands at a desk: each click, each key and each word typed in one go counts."""

from playwright.sync_api import Locator, Page, Position


class Hands:
    """A counter around what somebody does at a page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = self.keys = 0
        self.asked = ""

    def take(self, call: str) -> None:
        """The phone rings; counting begins."""
        self.asked, self.clicks, self.keys = call, 0, 0

    def click(self, target: Locator, position: Position | None = None) -> None:
        self.clicks += 1
        target.click(position=position)

    def press(self, *keys: str) -> None:
        """Keys pressed one after the other; one with Shift or Alt is one."""
        for key in keys:
            self.keys += 1
            self.page.keyboard.press(key)

    def type(self, words: str) -> None:
        """A word, a date or a number, typed without looking: counts as one."""
        self.keys += 1
        self.page.keyboard.type(words)

    def choose(self, field: Locator, words: str) -> None:
        """One of a list that drops down: a click on it and one on the line."""
        self.clicks += 2
        field.focus()
        field.select_option(label=words)

    def drag(self, what: Locator, across: Locator) -> None:
        """Take something and let go of it at the same height over the middle of something else."""
        self.clicks += 1
        box, there = what.bounding_box(), across.bounding_box()
        assert box is not None
        assert there is not None
        x, y, mouse = box["x"] + 20, box["y"] + 20, self.page.mouse
        mouse.move(x, y)
        mouse.down()
        mouse.move(x + 20, y, steps=4)
        mouse.move(there["x"] + there["width"] / 2, y, steps=8)
        mouse.up()

    @property
    def count(self) -> int:
        return self.clicks + self.keys

    @property
    def said(self) -> str:
        return f"{self.clicks} clicks, {self.keys} keys"

    def at_most(self, bound: int) -> None:
        assert self.count <= bound, f"{self.asked}: {self.said}, {bound} would do"
