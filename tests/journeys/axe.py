"""axe-core over a page as it stands: WCAG 2.0 to 2.2 A and AA, and best practice."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SOURCE = Path(__file__).resolve().parent.parent.parent / "frontend/node_modules/axe-core/axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERYTHING = {"type": "tag", "values": TAGS}
# All that can differ where the same page is only painted otherwise.
COLORS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
RUN = """
async (runOnly) => {
  const found = await axe.run(document, { runOnly, resultTypes: ["violations"] });
  return found.violations.map((one) => ({
    rule: one.id,
    impact: one.impact,
    where: one.nodes.slice(0, 4).map((node) => node.target.join(" ") + "  " + node.html.slice(0, 120)),
  }));
}
"""


def violations(page: Page, rules: dict[str, Any] = EVERYTHING) -> list[dict[str, Any]]:
    """What axe finds on the page as it stands, a line per rule."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(SOURCE.read_text())
    found: list[dict[str, Any]] = page.evaluate(RUN, rules)
    return found


def scrolls_sideways(page: Page) -> bool:
    """Whether the page as a whole is wider than its window."""
    return bool(page.evaluate("() => document.documentElement.scrollWidth > innerWidth + 1"))
