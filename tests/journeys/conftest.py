"""Real browsers with fake cameras against the running product."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.browsers import CAMERA, FLAGS, TEN_A_SECOND, chromium, context
from tests.journeys.days import working_days
from tests.journeys.house import House
from tests.journeys.people import ClientSide, DeskSide, Side

TOLD = "told"


@pytest.fixture(scope="session")
def one_house() -> Iterator[House]:
    running = House()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def house(one_house: House) -> House:
    """The demo as it was made: what one file's journeys change is gone before another's."""
    one_house.afresh()
    return one_house


@pytest.fixture(scope="session")
def launch() -> Iterator[Callable[..., Browser]]:
    with sync_playwright() as playwright:
        opened: list[Browser] = []

        def make(*without: str) -> Browser:
            said = [TEN_A_SECOND if flag == CAMERA else flag for flag in FLAGS if flag not in without]
            program = chromium(asking=bool(without))
            opened.append(playwright.chromium.launch(executable_path=program, args=said))
            return opened[-1]

        yield make
        for browser in opened:
            browser.close()


@pytest.fixture(scope="session")
def two_browsers(launch: Callable[..., Browser]) -> tuple[Browser, Browser]:
    """One program for the clinician, another for the client: nothing is shared between them."""
    return launch(), launch()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """A failed journey leaves a picture of what each person saw, where HOLDSPACE_TEST_SHOTS says."""
    outcome: Any = yield
    folder = os.environ.get("HOLDSPACE_TEST_SHOTS")
    if folder and outcome.get_result().failed:
        for name, side in getattr(item, "funcargs", {}).items():
            if isinstance(side, Side):
                side.page.screenshot(path=f"{folder}/{item.name}-{name}.png")


@pytest.fixture
def osei_at_desk(house: House, two_browsers: tuple[Browser, Browser]) -> Iterator[DeskSide]:
    """Dr Osei signed in at 1280x800, on a page of the desk."""
    here = context(two_browsers[0], house, viewport={"width": 1280, "height": 800})
    side = DeskSide(here.new_page())
    side.sign_in("Dr Ama Osei")
    yield side
    side.complain_of_errors()
    here.close()


@pytest.fixture
def clients_phone(house: House, two_browsers: tuple[Browser, Browser]) -> Iterator[ClientSide]:
    """A client's phone, 390 points wide, that has never been here."""
    here = context(
        two_browsers[1], house, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    side = ClientSide(here.new_page())
    yield side
    side.complain_of_errors()
    here.close()


class Aloud:
    """Writes what tests tell into the output, each test's lines at its end, from whichever process."""

    def __init__(self, plugins: pytest.PytestPluginManager) -> None:
        self._plugins = plugins

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        reporter = self._plugins.get_plugin("terminalreporter")
        if reporter and report.when == "teardown":
            for _, line in filter(lambda told: told[0] == TOLD, report.user_properties):
                reporter.write_line(f"  {line}")


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Aloud(config.pluginmanager))


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Puts a line under the test's name into the output."""
    name = request.node.name
    return lambda what: request.node.user_properties.append((TOLD, f"{name} · {what}"))


@pytest.fixture
def step(tell: Callable[[str], None]) -> Callable[[int, str], None]:
    """Says in the test output which numbered step of the main job a journey has reached."""
    return lambda number, what: tell(f"step {number} · {what}")


@pytest.fixture(scope="session")
def days() -> Iterator[str]:
    """Days far enough ahead that the demo has nothing on them: each journey takes one of its own."""
    return working_days(60)
