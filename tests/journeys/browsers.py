"""Chromium with a fake camera, and windows of it."""

import os
import shutil

from playwright.sync_api import Browser, BrowserContext

from tests.journeys.house import House

FLAGS = [
    "--use-fake-device-for-media-stream",
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


def chromium() -> str:
    found = (
        os.environ.get("HOLDSPACE_TEST_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    )
    assert found, "Chromium is needed for the journeys: bin/test installs it"
    return found


def context(browser: Browser, house: House, **said: object) -> BrowserContext:
    made = browser.new_context(base_url=house.url, locale="en-US", **said)  # type: ignore[arg-type]
    made.set_default_timeout(15_000)
    return made
