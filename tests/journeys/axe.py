"""axe-core over a page as it stands: WCAG 2.0 to 2.2 A and AA, and best practice."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SOURCE = Path(__file__).resolve().parent.parent.parent / "frontend/node_modules/axe-core/axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERYTHING = {"type": "tag", "values": TAGS}
# All that can differ where the same page is only painted otherwise.
COLORS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
SIDEWAYS = "document.documentElement.scrollWidth > innerWidth + 1"
# By day and then by night; the page is left by day.
THEMES = [["light", EVERYTHING], ["dark", COLORS]]
RUN = """
async (themes) => {
  if (!("axe" in window)) return null;
  const told = (theme, one) => ({
    theme,
    rule: one.id,
    where: one.nodes.slice(0, 4).map((node) => node.target.join(" ") + "  " + node.html.slice(0, 120)),
  });
  const all = [];
  for (const [theme, runOnly] of themes) {
    document.documentElement.dataset.bsTheme = theme;
    const found = await axe.run(document, { runOnly, resultTypes: ["violations"] });
    all.push(...found.violations.map((one) => told(theme, one)));
  }
  document.documentElement.dataset.bsTheme = "light";
  return all;
}
"""


def violations(page: Page) -> list[dict[str, Any]]:
    """What axe finds on the page as it stands, by day and by night: a rule and where, each time.

    In one go, as each word with a browser takes longer than many a rule.
    """
    found: list[dict[str, Any]] | None = page.evaluate(RUN, THEMES)
    if found is None:
        page.evaluate(SOURCE.read_text())
        found = page.evaluate(RUN, THEMES)
    assert found is not None
    return found


def scrolls_sideways(page: Page) -> bool:
    """Whether the page as a whole is wider than its window."""
    return bool(page.evaluate(f"() => {SIDEWAYS}"))
