"""The pages for people agree with the code."""

import ast
import re

import pytest

from tests.house import moves
from tests.house.house import PACKAGE, ROOT, calls, place, python_files, rungs

PROTOCOL = ROOT / "docs" / "protocol.md"
OPERATE = ROOT / "docs" / "operate"


def test_every_room_has_a_page() -> None:
    assert not [room for room in rungs() if not moves.page_of(room).exists()]


def test_the_tables_of_moves_are_the_codes() -> None:
    for room, of in moves.machines().items():
        page = moves.page_of(room).read_text()

        assert moves.with_tables(page, of) == page, f"run python -m tests.house.moves ({room})"
        assert {name for _, name, _ in moves.MARKED.findall(page)} == set(of), room


def test_the_architecture_page_shows_the_ladder_as_it_is_enforced() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text()
    heights: dict[int, list[str]] = {}
    for room, height in rungs().items():
        heights.setdefault(height, []).append(room)
    ladder = r"\n".join(rf"{re.escape(' | '.join(heights[h]))}[^\n]*" for h in sorted(heights, reverse=True))

    assert re.search(ladder, page)


def hints() -> dict[str, str]:
    """Every hint that the code publishes, and where."""
    return {
        node.args[0].value: place(file, node)
        for file in python_files(*rungs())
        for called, node in calls(file)
        if called.endswith("publish") and node.args
        if isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str)
    }


def test_the_protocol_page_lists_every_hint() -> None:
    page = PROTOCOL.read_text()

    assert not {hint: where for hint, where in hints().items() if hint not in page}


def settings_read() -> set[str]:
    """Every HOLDSPACE_ variable that the product reads."""
    found = set()
    for file in PACKAGE.rglob("*.py"):
        found |= set(re.findall(r"\"(HOLDSPACE_[A-Z_]+)\"", file.read_text()))
    return {name for name in found if not name.startswith("HOLDSPACE_TEST_")}


def test_every_variable_of_the_environment_is_explained() -> None:
    pages = "\n".join(page.read_text() for page in OPERATE.rglob("*.md"))

    assert not sorted(name for name in settings_read() if name not in pages)


@pytest.mark.parametrize(
    "name",
    ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "LICENSE", "NOTICE"],
)
def test_the_project_has_its_pages(name: str) -> None:
    assert (ROOT / name).stat().st_size > 200


def test_links_between_the_pages_lead_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    broken = [
        f"{place(page)}: {target}"
        for page in pages
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", page.read_text())
        if not (page.parent / target).exists()
    ]

    assert not broken
