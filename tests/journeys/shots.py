"""Retakes the pictures in docs/shots: `python -m tests.journeys.shots`, against a demo of its own.

Drawn people sit before the cameras.
"""

import base64
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from tests.journeys.browsers import FLAGS, chromium, context
from tests.journeys.house import House
from tests.journeys.people import ClientSide, DeskSide
from tests.journeys.test_main_job import soonest_link

SHOTS = Path(__file__).resolve().parent.parent.parent / "docs/shots"
PORTRAITS = Path(__file__).resolve().parent / "portraits"
WIDE = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
SIZE = (800, 600)
# A picture as cameras say it: brightness for every point, colour for every fourth.
AS_VIDEO = """async ([svg, width, height]) => {
  const image = new Image(width, height);
  image.src = "data:image/svg+xml;base64," + svg;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const brush = canvas.getContext("2d");
  brush.drawImage(image, 0, 0, width, height);
  const from = brush.getImageData(0, 0, width, height).data;
  const planes = [[], [], []];
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) {
    const [r, g, b] = from.subarray(4 * (y * width + x));
    planes[0].push(16 + 0.257 * r + 0.504 * g + 0.098 * b);
    if (x % 2 || y % 2) continue;
    planes[1].push(128 - 0.148 * r - 0.291 * g + 0.439 * b);
    planes[2].push(128 + 0.439 * r - 0.368 * g - 0.071 * b);
  }
  const said = planes.flat().map((point) => String.fromCharCode(Math.round(point)));
  return btoa(said.join(""));
}"""


def camera(page: Page, name: str, folder: Path) -> Path:
    """A film of one still picture, which Chromium takes for a camera."""
    svg = base64.b64encode((PORTRAITS / f"{name}.svg").read_bytes()).decode()
    frame = base64.b64decode(page.evaluate(AS_VIDEO, [svg, *SIZE]))
    film = folder / f"{name}.y4m"
    film.write_bytes(b"YUV4MPEG2 W%d H%d F10:1 Ip A1:1 C420\n" % SIZE + (b"FRAME\n" + frame) * 2)
    return film


def with_camera(playwright: Playwright, film: Path) -> Browser:
    flags = [*FLAGS, f"--use-file-for-fake-video-capture={film}"]
    return playwright.chromium.launch(executable_path=chromium(), args=flags)


def still(browser: Browser, house: House, viewport: dict[str, int]) -> BrowserContext:
    return context(browser, house, viewport=viewport, reduced_motion="reduce")


def take(page: Page, name: str, viewport: dict[str, int] = WIDE, theme: str = "light") -> None:
    """One picture, and the window is as it was."""
    was = page.viewport_size
    page.set_viewport_size(viewport)  # type: ignore[arg-type]  # two words for width and height
    page.evaluate("(theme) => { document.documentElement.dataset.bsTheme = theme; }", theme)
    page.wait_for_load_state("networkidle")
    page.evaluate("() => scrollTo(0, 0)")
    page.wait_for_timeout(400)
    page.screenshot(path=SHOTS / f"{name}.png")
    page.evaluate("() => { document.documentElement.dataset.bsTheme = 'light'; }")
    page.set_viewport_size(was or WIDE)  # type: ignore[arg-type]  # the same
    sys.stdout.write(f"{name}\n")


def calendar(desk: DeskSide, browser: Browser, house: House) -> None:
    take(desk.page, "calendar-desk")
    take(desk.page, "calendar-desk-dark", theme="dark")
    phone = DeskSide(still(browser, house, PHONE).new_page())
    phone.sign_in("Dr Ama Osei")
    take(phone.page, "calendar-phone", PHONE)
    phone.page.context.close()
    desk.page.locator("[data-calendar] [data-tile]", has_text="Rosa M.").last.click()
    expect(desk.page.locator("#drawer")).to_contain_text("Session Details")
    take(desk.page, "details-desk")


def start(desk: DeskSide) -> None:
    desk.page.goto("/today")
    desk.page.locator("table").get_by_role("link", name="Rosa M.").first.click()
    desk.confirm_and_start()
    take(desk.page, "start-desk")
    desk.record_verbal_consent()
    desk.send_link("SMS")


def wait(client: ClientSide, link: str) -> None:
    client.arrive(link)
    client.knock()
    take(client.page, "waiting-phone", PHONE)
    take(client.page, "waiting-desk")


def meet(desk: DeskSide, client: ClientSide) -> None:
    expect(desk.page.locator("[data-participant]")).to_be_visible()
    desk.admit()
    for side in (desk, client):
        expect(side.page.locator("html")).to_have_attribute("data-call", "live", timeout=20_000)
    desk.page.wait_for_timeout(2500)
    take(desk.page, "room-desk")
    take(desk.page, "room-phone", PHONE)
    take(client.page, "call-phone", PHONE)
    desk.page.goto("/demo/phone")
    take(desk.page, "demo-phone", PHONE)


def main() -> None:
    house = House()
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        studio = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        films = [camera(studio.new_page(), name, Path(folder)) for name in ("clinician", "client")]
        studio.close()
        theirs, hers = [with_camera(playwright, film) for film in films]
        desk = DeskSide(still(theirs, house, WIDE).new_page())
        client = ClientSide(still(hers, house, PHONE).new_page())
        link = soonest_link(house)
        desk.sign_in("Dr Ama Osei")
        calendar(desk, theirs, house)
        start(desk)
        wait(client, link)
        meet(desk, client)
    house.stop()


if __name__ == "__main__":
    main()
