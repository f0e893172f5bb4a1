"""What a screen reader reads of a page, in its order: headings, the thing to press, and nothing hidden."""

import re
from collections.abc import Iterator

from playwright.sync_api import Page

HEADING = re.compile(r"- heading(?: \"(?P<name>.*)\")? \[level=(?P<level>\d)\]")
# The words of what isn't there to be read, where no other part says the same.
HIDDEN = """() => {
  const away = "[hidden], [aria-hidden=true], details:not([open]) > :not(summary)";
  const leaves = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const there = [], hidden = new Set();
  while (leaves.nextNode()) {
    const words = leaves.currentNode.data.replace(/\\s+/g, " ").trim();
    if (!leaves.currentNode.parentElement.closest(away)) there.push(words);
    else if (words.length > 7) hidden.add(words);
  }
  const said = there.join(" ");
  return [...hidden].filter((words) => !said.includes(words));
}"""
# What stands before it and belongs to it: the page's heading, its first words, and its form's own fields.
PRIMARY = """() => [...document.querySelectorAll(".btn-primary")].filter((one) => one.checkVisibility())
.map((one) => {
  const fields = one.form ? [...one.form.elements] : [];
  const asked = fields.filter((field) => field.matches("input:not([type=hidden]), select, textarea"));
  const after = Node.DOCUMENT_POSITION_FOLLOWING;
  return {
    name: one.innerText.trim(),
    late: asked.filter((field) => one.compareDocumentPosition(field) & after).map((field) => field.name),
    lede: [...document.querySelectorAll(".hs-lede")].find((said) => said.checkVisibility())?.innerText ?? "",
  };
})"""


def wrong_in(page: Page) -> list[str]:
    """A line for everything in the page's tree that a listener would stumble over."""
    before = page.evaluate(HIDDEN)
    tree = page.locator("body").aria_snapshot()
    # What was hidden only before or only after the reading may well have been read.
    hidden = set(before) & set(page.evaluate(HIDDEN))
    return [*wrong_headings(tree), *wrong_primary(page, tree), *read_though_hidden(hidden, tree)]


def wrong_headings(tree: str) -> Iterator[str]:
    found = [(int(one["level"]), one["name"]) for one in HEADING.finditer(tree)]
    levels = [level for level, _ in found]
    if levels.count(1) != 1 or levels[0] != 1:
        yield f"not one h1 first: {found}"
    for before, (level, name) in zip(levels, found[1:], strict=False):
        if level > before + 1:
            yield f"from level {before} to {level} at {name!r}"
    if not all(name for _, name in found):
        yield "a heading without words"


def wrong_primary(page: Page, tree: str) -> Iterator[str]:
    for one in page.evaluate(PRIMARY):
        pressed = re.search(rf'- (button|link) "{re.escape(one["name"])}', tree)
        before = [HEADING.search(tree), said(one["lede"], tree)]
        if not pressed:
            yield f"{one['name']!r} isn't read"
        elif any(place and place.start() > pressed.start() for place in before):
            yield f"{one['name']!r} is read before what it belongs to"
        if one["late"]:
            yield f"{one['name']!r} is read before {one['late']}"


def said(words: str, tree: str) -> re.Match[str] | None:
    return re.search(re.escape(words[:40]), tree) if words else None


def read_though_hidden(hidden: set[str], tree: str) -> Iterator[str]:
    flat = " ".join(tree.split())
    for words in sorted(hidden):
        if words in flat:
            yield f"hidden, and read all the same: {words!r}"
