"""The owner imports clients: the progress moves by itself, and without script at a press."""

import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from playwright.sync_api import TimeoutError as NotThere

from tests.journeys.browsers import context
from tests.journeys.house import House
from tests.journeys.people import DeskSide
from tests.journeys.places import LAPTOP

pytestmark = pytest.mark.journey
OWNER = "Marguerite Dunn"
LINES = 400


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_a_file_is_listed_and_imported_while_the_owner_watches(
    house: House, two_browsers: tuple[Browser, Browser], tmp_path: Path, script: bool
) -> None:
    family = "Quist" if script else "Ward"
    rows = "".join(f"Given{n},{family}{n}\n" for n in range(LINES))
    file = tmp_path / "people.csv"
    file.write_text("first_name,last_name\n" + rows + "Bad,Date,extra\n")
    window = context(two_browsers[0], house, java_script_enabled=script, **LAPTOP)
    desk = DeskSide(window.new_page())
    page = desk.page
    desk.sign_in(OWNER)
    page.goto("/settings/import")
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_role("button", name="See what it would do").click()

    seen = [_percent(page)]
    go = page.get_by_role("button", name=f"Import {LINES} lines")
    _watch(page, go, seen, script)
    expect(page.get_by_text("Refused: 1")).to_be_visible()
    assert any(0 < percent < 100 for percent in seen), f"nothing moved: {seen}"

    go.click()
    _watch(page, page.get_by_text("The import is done"), seen, script)
    expect(page.get_by_text(f"Imported: {LINES}")).to_be_visible()
    window.close()
    desk.complain_of_errors()


def _watch(page: Page, for_this: Locator, seen: list[int], script: bool) -> None:
    """Until it is there: by itself, or by pressing *Look again*."""
    until = time.monotonic() + 90
    while not for_this.is_visible():
        assert time.monotonic() < until, f"it never came: {seen}"
        again = page.get_by_role("link", name="Look again")
        if not script and again.is_visible():
            again.click()
        seen.append(_percent(page))
        page.wait_for_timeout(300)


def _percent(page: Page) -> int:
    """What the bar says; a hundred where it is gone."""
    bar = page.locator("#bar")
    try:
        return int(bar.get_attribute("value", timeout=300) or 0)
    except NotThere:
        return 100
