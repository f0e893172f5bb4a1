"""Chromium with a fake camera, and windows of it."""

import os
import shutil

from playwright.sync_api import Browser, BrowserContext

from tests.journeys.house import House

NAMES = ("chromium", "google-chrome")
CAMERA = "--use-fake-device-for-media-stream"  # twenty pictures a second
TEN_A_SECOND = f"{CAMERA}=fps=10"  # enough to see whether they come
FLAGS = [
    CAMERA,
    "--use-fake-ui-for-media-stream",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=user-gesture-required",
]


def chromium(*, asking: bool = False) -> str:
    """Where Chromium is: its shell without windows, where there is one.

    That one has nobody to ask for a camera; `asking` wants a browser that has.
    """
    quick = os.environ.get("HOLDSPACE_TEST_SHELL") or shutil.which("chromium-headless-shell")
    whole = os.environ.get("HOLDSPACE_TEST_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    found = whole if asking else quick or whole
    assert found, "Chromium is needed for the journeys: bin/test installs it"
    return found


def context(browser: Browser, house: House, **said: object) -> BrowserContext:
    made = browser.new_context(base_url=house.url, locale="en-US", **said)  # type: ignore[arg-type]
    made.set_default_timeout(15_000)
    return made
