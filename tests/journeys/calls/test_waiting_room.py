"""Whoever waits: let in, sent back, removed, declined, refused, gone and back."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.house import House
from tests.journeys.media import received, wait_until_nothing_comes
from tests.journeys.places import SEAT, Two, places, two_at

pytestmark = pytest.mark.journey


def test_sent_back_to_the_waiting_room_nobody_is_seen_or_heard_until_admitted_again(two: Two) -> None:
    two.meet()
    two.desk.page.get_by_role("button", name="Back to the waiting room").click()

    expect(two.client.page.locator("[data-part=waiting]")).to_be_visible()
    for side in two.sides:
        wait_until_nothing_comes(side.page)
        expect(side.page.locator("video[data-theirs]")).to_be_hidden()

    two.desk.admit()
    two.have_met()


def test_two_taps_on_the_way_in_are_one_person(two: Two) -> None:
    two.desk.page.goto(f"/sessions/{two.place.session}")
    two.client.arrive(two.place.link)
    page = two.client.page
    page.get_by_role("link", name="Join", exact=True).click()
    page.get_by_role("button", name="Yes, go in").dblclick()
    expect(page.locator("[data-part=waiting]")).to_be_visible()
    two.desk.admit()
    two.have_met()
    assert page.evaluate("() => window.connections.length") == 1


def test_ending_that_is_refused_keeps_the_call_and_says_why(two: Two, house: House) -> None:
    two.meet()
    settle = "from holdspace.scheduling.actions import set_status\n"
    settle += (
        "set_status(seat=seat, status='occurred', actor=System(seat.practice_id), at=now())\nprint('done')"
    )
    house.ask(SEAT.format(seat=two.place.seat) + settle)
    desk = two.desk.page
    desk.get_by_role("link", name="End session").click()
    dialog = desk.locator("dialog[data-end]")
    dialog.get_by_text("No Show").click()
    dialog.get_by_role("button", name="End session").click()

    expect(dialog.get_by_text("needs a reason")).to_be_visible()
    two.have_met()
    dialog.get_by_label("Reason").fill("They had to leave")
    dialog.get_by_role("button", name="End session").click()
    desk.wait_for_url("**/appointments/**")


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


def test_admit_on_the_board_leads_into_the_room_and_lets_in(two: Two) -> None:
    desk = two.desk.page
    desk.goto("/today")
    two.client.arrive(two.place.link)
    two.client.knock()

    desk.locator(f"#board a[href^='/sessions/{two.place.session}?admit=']").click()

    two.come_back(desk)
    assert "admit=" not in desk.url
    desk.get_by_role("button", name="Back to the waiting room").click()
    expect(two.client.page.locator("[data-part=waiting]")).to_be_visible()
    desk.reload()
    expect(desk.locator("[data-participant]")).to_be_visible()
    desk.wait_for_timeout(1000)
    expect(two.client.page.locator("[data-part=waiting]")).to_be_visible()
