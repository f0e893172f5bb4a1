"""What may happen to a call and to those who wait for one, in two real browsers."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.conftest import context
from tests.journeys.house import House
from tests.journeys.media import keeps_coming, received, wait_until_met, wait_until_nothing_comes
from tests.journeys.people import ClientSide, DeskSide
from tests.journeys.places import LAPTOP, PHONE, Place, Two, kept_sign_in, listen, places, two_at

pytestmark = pytest.mark.journey
ASKING = "--use-fake-ui-for-media-stream"


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    """One of its own: it is killed, and full of seats."""
    running = House()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def place(house: House) -> Callable[[], Place]:
    """A seat nobody has used, each time."""
    made = places(house, 40)
    return lambda: next(made)


@pytest.fixture(scope="module")
def sign_in(house: House, two_browsers: tuple[Browser, Browser]) -> object:
    return kept_sign_in(two_browsers[0], house)


@pytest.fixture
def desk_window(house: House, two_browsers: tuple[Browser, Browser], sign_in: object) -> BrowserContext:
    return context(two_browsers[0], house, storage_state=sign_in, **LAPTOP)


@pytest.fixture
def phone(house: House, two_browsers: tuple[Browser, Browser]) -> BrowserContext:
    return context(two_browsers[1], house, **PHONE)


@pytest.fixture
def two(
    house: House, place: Callable[[], Place], desk_window: BrowserContext, phone: BrowserContext
) -> Iterator[Two]:
    with two_at(house, place(), desk_window, phone) as both:
        yield both


@pytest.mark.parametrize("who", ["client", "desk"])
def test_a_reload_in_the_call_brings_the_same_seat_back(two: Two, who: str) -> None:
    two.meet()
    page = getattr(two, who).page

    page.reload()

    two.come_back(page)
    two.desk.end_session()
    two.client.page.wait_for_url("**/v/ended")


def test_a_reload_in_the_waiting_room_keeps_the_place(two: Two) -> None:
    two.take_up()
    two.client.page.reload()
    expect(two.client.page.locator("[data-part=waiting]")).to_be_visible()
    two.desk.page.reload()
    two.desk.admit()
    two.have_met()


def test_a_second_tab_takes_the_clients_seat_and_can_be_taken_from(two: Two, phone: BrowserContext) -> None:
    two.meet()
    second = phone.new_page()
    second.goto("/v/room")

    gone_on = two.client.page.get_by_role("heading", name="You went on in another window")
    expect(gone_on).to_be_visible()
    expect(second.locator("html")).to_have_attribute("data-call", "live")
    listen(second)
    wait_until_met(second)
    wait_until_met(two.desk.page)

    two.client.page.get_by_role("button", name="Carry on here instead").click()

    two.come_back(two.client.page)
    expect(second.get_by_role("heading", name="You went on in another window")).to_be_visible()


def test_a_second_window_takes_the_clinicians_seat_and_can_be_taken_from(
    two: Two, desk_window: BrowserContext
) -> None:
    two.meet()
    second = desk_window.new_page()
    second.goto(f"/sessions/{two.place.session}")

    taken = two.desk.page.locator("[data-taken]")
    expect(taken).to_be_visible()
    expect(taken).to_contain_text("You went on in another window")
    expect(second.locator("html")).to_have_attribute("data-call", "live")
    listen(second)
    wait_until_met(second)
    wait_until_met(two.client.page)

    taken.get_by_role("button", name="Carry on here instead").click()

    two.come_back(two.desk.page)
    expect(second.locator("[data-taken]")).to_be_visible()


def test_the_server_may_be_killed_and_started_again_without_the_call_dropping(two: Two, house: House) -> None:
    two.meet()
    pages = two.desk.page, two.client.page
    house.kill()
    keeps_coming(*pages, seconds=4)
    house.start()

    for page in pages:
        expect(page.locator("html")).to_have_attribute("data-live", "open", timeout=5_000)
    keeps_coming(*pages, seconds=2)
    assert [received(page)["open"] for page in pages] == [1, 1]

    two.desk.end_session()
    two.client.page.wait_for_url("**/v/ended")


def test_whoever_waits_while_the_server_is_started_again_is_still_let_in(two: Two, house: House) -> None:
    two.take_up()
    house.kill()
    house.start()
    for side in two.sides:
        expect(side.page.locator("html")).to_have_attribute("data-live", "open", timeout=5_000)
    two.desk.admit()
    two.have_met()


def test_sent_back_to_the_waiting_room_nobody_is_seen_or_heard_until_admitted_again(two: Two) -> None:
    two.meet()
    two.desk.page.get_by_role("button", name="Back to the waiting room").click()

    expect(two.client.page.locator("[data-part=waiting]")).to_be_visible()
    for side in two.sides:
        wait_until_nothing_comes(side.page)
        expect(side.page.locator("video[data-theirs]")).to_be_hidden()

    two.desk.admit()
    two.have_met()


def test_removed_is_out_and_stays_out(two: Two) -> None:
    two.meet()
    two.desk.page.get_by_role("button", name="Remove").click()

    expect(two.client.page.get_by_role("heading", name="You're out of the appointment now")).to_be_visible()
    wait_until_nothing_comes(two.desk.page)
    assert received(two.client.page)["open"] == 0

    two.client.page.goto("/v/room")
    two.client.page.get_by_role("button", name="Yes, go in").click()
    expect(two.client.page.locator("[data-refusal]")).to_be_visible()
    expect(two.client.page.locator("[data-part=waiting]")).to_be_hidden()
    expect(two.desk.page.locator("[data-participant]")).to_have_count(0)


def test_declined_may_knock_again(two: Two) -> None:
    two.take_up()
    two.desk.page.get_by_role("button", name="Not now").click()

    expect(two.client.page.get_by_role("heading", name=re.compile("can't see you just now"))).to_be_visible()
    two.client.page.get_by_role("button", name="Try again").click()
    two.client.page.get_by_role("button", name="Yes, go in").click()
    expect(two.client.page.locator("[data-part=waiting]")).to_be_visible()
    two.desk.admit()
    two.have_met()


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


def wait_until_louder(page: Page) -> None:
    before = received(page)["energy"]
    page.wait_for_function("() => true")
    for _ in range(60):
        if received(page)["energy"] > before:
            return
        page.wait_for_timeout(150)
    raise AssertionError("no sound came back")


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


SPOIL = {
    "the appointment is cancelled": (
        """
from holdspace.scheduling.actions import cancel
cancel(seat=seat, actor=System(seat.practice_id), at=now())
""",
        "isn't on anymore",
    ),
    "the status is set back": (
        """
from holdspace.scheduling.actions import set_status
set_status(seat=seat, status="scheduled", actor=System(seat.practice_id), at=now())
""",
        "Set the status to",
    ),
}
SEAT = """
from holdspace.kit.actor import System
from holdspace.kit.clock import now
from holdspace.scheduling.models import Seat
seat = Seat.objects.get(pk="{seat}")
"""


def test_admit_is_refused_when_the_client_took_the_consent_back(
    house: House, desk_window: BrowserContext, phone: BrowserContext
) -> None:
    # Somebody else: what is taken back here is good for no other seat of theirs either.
    with two_at(house, next(places(house, 1, "Theo")), desk_window, phone) as two:
        two.take_up()
        papers = phone.new_page()
        papers.goto("/v/papers")
        papers.get_by_role("button", name="Take back my agreement").click()

        # Said before anybody presses; and pressing it changes nothing.
        expect(two.desk.page.get_by_role("link", name="Put it right")).to_be_visible()
        two.desk.admit()
        refused = two.desk.page.locator("[data-refusal]")
        expect(refused).to_contain_text("agreed to telehealth, or took it back")
        expect(two.client.page.locator("[data-part=call]")).to_be_hidden()
        assert received(two.client.page)["frames"] == 0


@pytest.mark.parametrize("what", SPOIL)
def test_admit_is_refused_with_a_sentence_when_meanwhile(two: Two, house: House, what: str) -> None:
    code, sentence = SPOIL[what]
    two.take_up()
    house.ask(SEAT.format(seat=two.place.seat) + code + "\nprint('done')")

    two.desk.admit()

    expect(two.desk.page.locator("[data-refusal]")).to_contain_text(sentence)
    mend = two.desk.page.get_by_role("link", name="Put it right")
    expect(mend).to_have_attribute("href", f"/start/{two.place.seat}")
    expect(two.client.page.locator("[data-part=call]")).to_be_hidden()
    assert received(two.client.page)["frames"] == 0
    mend.click()
    two.desk.page.wait_for_url("**/start/**")


def test_a_client_who_waits_is_told_that_the_appointment_was_cancelled(two: Two) -> None:
    two.take_up()
    other = two.desk.page.context.new_page()
    other.goto(f"/appointments/{two.place.seat}/cancel")
    other.get_by_role("button", name="Cancel appointment").click()

    expect(two.client.page.locator("[data-part=waiting]")).to_contain_text("isn't on anymore")
    expect(two.desk.page.get_by_role("link", name="Put it right")).to_be_visible()


def test_whoever_leaves_may_come_back(two: Two) -> None:
    two.meet()
    two.client.page.get_by_role("button", name="Leave").click()
    two.client.page.wait_for_url("**/v/ended")
    expect(two.client.page.get_by_role("heading", name="That's all for today")).to_be_visible()
    expect(two.desk.page.locator("[data-inside]")).to_have_count(0)
    wait_until_nothing_comes(two.desk.page)

    two.client.page.get_by_role("link", name="go back in").click()
    two.client.page.get_by_role("button", name="Yes, go in").click()
    two.desk.admit()
    two.have_met()


def test_leaving_the_page_without_a_word_keeps_the_seat(two: Two) -> None:
    two.meet()
    two.client.page.goto("about:blank")
    two.client.page.goto("/v/room")
    two.come_back(two.client.page)


# Camera and microphone


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


# Two at once

AT_ONCE = """
async ([address, fields, times]) => {
  const headers = { Accept: "application/json", "X-CSRFToken": document.body.dataset.csrf };
  const one = () => fetch(address, { method: "POST", headers, body: new URLSearchParams(fields) });
  return Promise.all(Array.from({ length: times }, one)).then((all) => all.map((answer) => answer.status));
}
"""


def at_once(page: Page, address: str, fields: dict[str, str], times: int = 4) -> list[int]:
    """The same form sent several times in the same moment; the answers' statuses."""
    found: list[int] = page.evaluate(AT_ONCE, [address, fields, times])
    return found


def test_two_pages_of_one_clinician_admit_and_end_at_once(
    two: Two, desk_window: BrowserContext, house: House
) -> None:
    two.take_up()
    other = desk_window.new_page()
    other.goto("/today")
    form = two.desk.page.locator("[data-admit]")
    admit = form.get_attribute("action")
    assert admit
    said = at_once(two.desk.page, admit, {})
    assert set(said) <= {200, 409}, said
    assert 200 in said
    two.have_met()

    two.desk.page.get_by_role("link", name="End session").click()
    choice = two.desk.page.locator("dialog[data-end] input[type=radio]").first
    name, value = choice.get_attribute("name"), choice.get_attribute("value")
    said = at_once(other, f"/sessions/{two.place.session}/end", {str(name): str(value), "reason": "-"})
    assert set(said) <= {200, 409}, said
    assert 200 in said
    two.client.page.wait_for_url("**/v/ended")
    two.desk.page.wait_for_url("**/appointments/**")
    assert "Traceback" not in house.says()


# Links


def test_five_wrong_birth_dates_pause_the_link_and_say_nothing_more(
    house: House, place: Callable[[], Place], phone: BrowserContext
) -> None:
    client, link = ClientSide(phone.new_page()), place().link
    client.page.goto(link)
    for _ in range(5):
        client.say_birth_date("1", "1", "1950")
        expect(client.page.get_by_role("alert")).to_contain_text("That isn't what we have on file.")
    # The right one now gets the same line: whoever guesses can't tell.
    client.say_birth_date(*client.born)
    expect(client.page.get_by_role("alert")).to_contain_text("That isn't what we have on file.")
    phone.close()


def test_an_old_a_cut_and_a_strangers_link_lead_to_the_same_neutral_page(
    house: House, place: Callable[[], Place], phone: BrowserContext
) -> None:
    here = place()
    renew = "from holdspace.scheduling.actions.links import renew_link\n"
    renew += "renew_link(seat=seat, actor=System(seat.practice_id), at=now())\nprint('done')"
    house.ask(SEAT.format(seat=here.seat) + renew)
    fresh = place().link
    page = phone.new_page()
    for link in (here.link, fresh[:-3], fresh.replace("willow", "birch"), "/willow/v/nobody.nothing"):
        answer = page.goto(link)
        assert answer
        assert answer.status == 404, link
        expect(page.get_by_role("heading", name="This link doesn't open an appointment now")).to_be_visible()
        expect(page.locator("body")).not_to_contain_text("Rosa")
    phone.close()


def test_a_new_link_shows_whoever_waits_by_the_old_one_out(two: Two) -> None:
    two.take_up()
    other = two.desk.page.context.new_page()
    other.goto(f"/sessions/{two.place.session}")
    page = two.client.page
    two.desk.page.evaluate(
        "address => fetch(address, {method: 'POST', headers: {'X-CSRFToken': document.body.dataset.csrf}})",
        f"/start/{two.place.seat}/new-link",
    )
    page.goto("/v/room")
    expect(page.get_by_role("heading", name="This link doesn't open an appointment now")).to_be_visible()


# Log-off


def test_a_form_sent_after_log_off_comes_back_filled(
    house: House, two_browsers: tuple[Browser, Browser]
) -> None:
    window = context(two_browsers[0], house, **LAPTOP)
    desk = DeskSide(window.new_page())
    desk.sign_in("Dr Ama Osei")
    desk.page.goto("/clients/new")
    desk.page.get_by_label("First name").fill("Wilhelmina")
    desk.page.get_by_label("Last name").fill("Quill")
    house.ask(
        "from importlib import import_module\n"
        "from django.conf import settings\n"
        "from django.contrib.sessions.models import Session\n"
        "Store = import_module(settings.SESSION_ENGINE).SessionStore\n"
        "for row in Session.objects.all():\n"
        "    kept = Store(row.session_key)\n"
        "    if 'seen' in kept:\n"
        "        kept['seen'] = 0\n"
        "        kept.save()\n"
        "print('done')"
    )

    desk.page.locator("main form button").last.click()
    desk.page.wait_for_url("**/accounts/login/**")
    desk.page.get_by_role("button", name="Dr Ama Osei").click()

    expect(desk.page.get_by_role("heading", name="Here is what you had typed")).to_be_visible()
    expect(desk.page.get_by_label("First name")).to_have_value("Wilhelmina")
    expect(desk.page.get_by_label("Last name")).to_have_value("Quill")
    window.close()
