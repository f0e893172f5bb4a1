"""Camera and microphone: switched off and on, denied, allowed after all, missing."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.journeys.browsers import context
from tests.journeys.house import House
from tests.journeys.media import received, wait_until_louder, wait_until_met, wait_until_nothing_comes
from tests.journeys.people import ClientSide
from tests.journeys.places import LAPTOP, PHONE, Place, Two, two_at

pytestmark = pytest.mark.journey
ASKING = "--use-fake-ui-for-media-stream"


def test_muted_and_unmuted_is_real_and_shown_on_the_other_side(two: Two) -> None:
    two.meet()
    for mine, theirs in (two.sides, two.sides[::-1]):
        mute = mine.page.get_by_role("button", name="Mute")
        sign = theirs.page.locator('[data-they="muted"]')
        mute.click()
        expect(sign).to_be_visible()
        wait_until_nothing_comes(theirs.page, "energy", quiet=2.5)

        mute.click()
        expect(sign).to_be_hidden()
        wait_until_louder(theirs.page)


OWN_PICTURES = "() => document.querySelector('video[data-own]').srcObject.getVideoTracks().length"


def test_a_camera_off_and_on_again_is_real_and_shown_on_the_other_side(two: Two) -> None:
    two.meet()
    for mine, theirs in (two.sides, two.sides[::-1]):
        camera = mine.page.get_by_role("button", name="Camera off")
        sign = theirs.page.locator('[data-they="camera-off"]')
        camera.click()
        expect(sign).to_be_visible()
        wait_until_nothing_comes(theirs.page, "frames")
        assert mine.page.evaluate(OWN_PICTURES) == 0

        camera.click()
        expect(sign).to_be_hidden()
        wait_until_met(theirs.page)


@pytest.fixture(scope="module")
def asking_browser(launch: Callable[..., Browser]) -> Browser:
    """A browser that asks before it gives camera and microphone away."""
    return launch(ASKING)


def test_a_denied_camera_is_explained_for_this_browser_and_sound_is_a_way_in(
    house: House, place: Callable[[], Place], desk_window: BrowserContext, asking_browser: Browser
) -> None:
    # No phone: the steps are those of this very browser.
    window = context(asking_browser, house, permissions=["microphone"], **LAPTOP)
    with two_at(house, place(), desk_window, window) as two:
        two.desk.page.goto(f"/sessions/{two.place.session}")
        page = two.client.page
        two.client.arrive(two.place.link)
        page.get_by_role("link", name="Join", exact=True).click()

        expect(page.get_by_role("heading", name="Your camera is switched off for this page")).to_be_visible()
        expect(page.get_by_text("Click the sign at the left of the address")).to_be_visible()
        page.get_by_role("button", name="Go in with sound only").click()
        expect(page.locator("[data-part=waiting]")).to_be_visible()

        two.desk.admit()
        wait_until_met(page)
        wait_until_louder(two.desk.page)
        expect(two.desk.page.locator('[data-they="camera-off"]')).to_be_visible()
        assert received(two.desk.page)["frames"] == 0
        camera = page.get_by_role("button", name="Camera off")
        expect(camera).to_have_attribute("aria-pressed", "true")

        # Allowed after all: one press, and it is there.
        window.grant_permissions(["camera", "microphone"])
        camera.click()
        two.have_met()


def test_a_client_whose_camera_was_denied_goes_on_once_it_is_allowed(
    house: House, place: Callable[[], Place], asking_browser: Browser
) -> None:
    window = context(asking_browser, house, permissions=["microphone"], **PHONE)
    client = ClientSide(window.new_page())
    client.arrive(place().link)
    client.page.get_by_role("link", name="Join", exact=True).click()
    expect(client.page.locator("[data-trouble-part]")).to_be_visible()

    window.grant_permissions(["camera", "microphone"])

    expect(client.page.get_by_role("heading", name="Can you see and hear yourself?")).to_be_visible()
    expect(client.page.get_by_role("button", name="Yes, go in")).to_be_enabled()
    window.close()


def test_with_neither_camera_nor_microphone_the_way_in_says_so(
    house: House, place: Callable[[], Place], asking_browser: Browser
) -> None:
    window = context(asking_browser, house, permissions=["geolocation"], **PHONE)
    client = ClientSide(window.new_page())
    client.arrive(place().link)
    client.page.get_by_role("link", name="Join", exact=True).click()

    expect(client.page.get_by_role("heading", name="microphone is switched off")).to_be_visible()
    expect(client.page.get_by_role("button", name="Go in with sound only")).to_be_hidden()
    client.page.get_by_role("button", name="I'll use the phone for sound").click()
    expect(client.page.locator("[data-part=waiting]")).to_be_visible()
    window.close()


def test_a_clinician_without_a_camera_is_told_and_heard(
    house: House,
    place: Callable[[], Place],
    phone: BrowserContext,
    asking_browser: Browser,
    sign_in: object,
) -> None:
    window = context(asking_browser, house, storage_state=sign_in, permissions=["microphone"], **LAPTOP)
    with two_at(house, place(), window, phone) as two:
        two.take_up()
        expect(two.desk.page.get_by_text("Your camera doesn't work here.")).to_be_visible()
        two.desk.admit()

        wait_until_met(two.desk.page)
        wait_until_louder(two.client.page)
        expect(two.client.page.locator('[data-they="camera-off"]')).to_be_visible()
