"""The keyboard alone: wherever the focus goes, it is on something, seen, and on the screen."""

import re
from typing import Any

from playwright.sync_api import Page, expect

FOCUSED = """() => {
  const it = document.activeElement;
  if (!it || it === document.body) return null;
  const [box, style] = [it.getBoundingClientRect(), getComputedStyle(it)];
  const around = getComputedStyle(it.closest("label") ?? it);
  // What scrolls is reached as well, and holds everybody's names.
  const own = it.matches("a, button, summary, h1, #refusal") ? it.innerText : "";
  const ring = (one) => one.outlineStyle !== "none" && parseFloat(one.outlineWidth) > 0;
  return {
    name: (it.getAttribute("aria-label") || it.labels?.[0]?.innerText || own || it.id || "").trim(),
    field: it.name ?? "",
    ring: ring(style) || ring(around) || it.tagName === "H1" || it.id === "refusal" || it.id === "main",
    on_screen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}"""
FAR = 80


class Keys:
    """Whoever uses no mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)

    def focused(self) -> dict[str, Any]:
        """What has the focus; that nothing has it, or that it isn't seen, fails."""
        told: dict[str, Any] | None = self.page.evaluate(FOCUSED)
        assert told, "the focus is on nothing"
        assert told["ring"], f"the focus on {told} isn't seen"
        assert told["on_screen"], f"the focus on {told} is off the screen"
        return told

    def to(self, name: str, *, key: str = "Tab") -> None:
        """Press Tab until what is called so has the focus."""
        for _step in range(FAR):
            self.page.keyboard.press(key)
            told: dict[str, Any] = self.page.evaluate(FOCUSED) or {"name": "", "field": ""}
            if re.search(name, told["name"]) or told["field"] == name:
                self.focused()
                return
        raise AssertionError(f"no {name} within {FAR} steps")

    def rests_on(self, name: str) -> None:
        """The focus comes to what is called so by itself."""
        expect(self.page.locator(":focus")).to_contain_text(name)
        self.focused()
