"""One press each: what comes next for a seat, on the board and in Session Details; and why."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client as Browser

from holdspace.desk.statuses import likely
from holdspace.messaging.models import Bell
from holdspace.practices.models import Practice
from holdspace.scheduling import actions
from holdspace.scheduling.actions.links import identify
from holdspace.scheduling.models import Seat
from holdspace.scheduling.reasons import Offered
from holdspace.telehealth import actions as telehealth
from holdspace.telehealth.models import Participant
from tests import cast

pytestmark = pytest.mark.usefixtures("at_ten")

SignIn = Callable[[cast.Person], Browser]
FRAGMENT = {"HX-Request": "true"}


@pytest.fixture
def desk(signed_in: SignIn, front_desk_person: cast.Person) -> Browser:
    return signed_in(front_desk_person)


@pytest.fixture
def no_show_needs_a_reason(willow: Practice, owner_person: cast.Person, ten: datetime) -> None:
    offered = [Offered("no_show", ["Forgot", "Snow"], required=True)]
    actions.offer_reasons(practice=willow, offered=offered, actor=owner_person.actor, at=ten)


def status_of(seat: Seat) -> str:
    return Seat.objects.get(pk=seat.pk).status


@pytest.mark.parametrize(
    ("status", "hours", "comes"),
    [
        ("scheduled", -24, ["confirmed"]),
        ("confirmed", -24, []),
        ("scheduled", -1, ["arrived", "checked_in"]),
        ("confirmed", 0, ["arrived", "checked_in", "no_show"]),
        ("arrived", 0, ["checked_in"]),
        ("checked_in", -1, []),
        ("checked_in", 1, ["occurred"]),
        ("no_show", 1, ["arrived"]),
        ("cancelled", 1, []),
    ],
)
def test_what_probably_comes_next(
    rosas_seat: Seat, ten: datetime, status: str, hours: int, comes: list[str]
) -> None:
    rosas_seat.status = status

    assert [press.value for press in likely(rosas_seat, ten + timedelta(hours=hours))] == comes


def test_one_press_on_the_board_sets_the_status_and_brings_the_board(desk: Browser, rosas_seat: Seat) -> None:
    part = desk.post(f"/today/{rosas_seat.pk}/status?whose=all", {"status": "arrived"}, headers=FRAGMENT)

    assert status_of(rosas_seat) == "arrived"
    page = part.content.decode()
    assert page.strip().startswith('<div id="board"')
    assert 'hx-get="/today?whose=all"' in page


def test_without_script_the_press_leads_back_to_the_same_board(desk: Browser, rosas_seat: Seat) -> None:
    answer = desk.post(f"/today/{rosas_seat.pk}/status?whose=all", {"status": "checked_in"})

    assert answer["Location"] == "/today?whose=all"
    assert status_of(rosas_seat) == "checked_in"


def test_pressing_twice_is_pressing_once(desk: Browser, rosas_seat: Seat) -> None:
    for _press in range(2):
        assert desk.post(f"/today/{rosas_seat.pk}/status", {"status": "arrived"}).status_code == 302

    assert status_of(rosas_seat) == "arrived"


def test_a_status_that_cannot_be_is_refused_on_the_board(desk: Browser, rosas_seat: Seat) -> None:
    Seat.objects.update(status="cancelled")

    answer = desk.post(f"/today/{rosas_seat.pk}/status", {"status": "arrived"}, headers=FRAGMENT)

    assert answer.status_code == 409
    assert 'role="alert"' in answer.content.decode()
    assert status_of(rosas_seat) == "cancelled"


@pytest.mark.usefixtures("no_show_needs_a_reason")
def test_where_a_reason_is_required_the_board_says_so(desk: Browser, rosas_seat: Seat) -> None:
    answer = desk.post(f"/today/{rosas_seat.pk}/status", {"status": "no_show"}, headers=FRAGMENT)

    assert answer.status_code == 409
    assert "needs a reason" in answer.content.decode()
    assert status_of(rosas_seat) == "confirmed"


def test_a_colleague_who_may_not_book_there_cannot_press(
    signed_in: SignIn, willow: Practice, rosas_seat: Seat
) -> None:
    novak = cast.person(willow, "Dr Eva Novak", ["clinician"])

    answer = signed_in(novak).post(f"/today/{rosas_seat.pk}/status", {"status": "arrived"})

    assert answer.status_code == 404


@pytest.mark.usefixtures("no_show_needs_a_reason")
def test_session_details_offers_the_reasons_and_takes_the_one_chosen(desk: Browser, rosas_seat: Seat) -> None:
    address = f"/appointments/{rosas_seat.pk}"

    refused = desk.post(f"{address}/status", {"status": "no_show"})
    assert refused.status_code == 409
    assert 'value="Snow"' in refused.content.decode()

    desk.post(f"{address}/status", {"status": "no_show", "chosen_reason": "Snow", "reason": ""})
    assert Seat.objects.get(pk=rosas_seat.pk).status_reason == "Snow"


def test_what_is_written_beats_what_is_chosen(desk: Browser, rosas_seat: Seat) -> None:
    said = {"chosen_reason": "Illness", "reason": "A funeral"}

    desk.post(f"/appointments/{rosas_seat.pk}/cancel", said)

    seat = Seat.objects.get(pk=rosas_seat.pk)
    assert (seat.status, seat.status_reason) == ("late_cancellation", "A funeral")


def test_why_is_asked_once_and_not_when_it_was_said(desk: Browser, rosas_seat: Seat) -> None:
    address = f"/appointments/{rosas_seat.pk}"
    desk.post(f"{address}/status", {"status": "no_show"})
    assert "Why?" in desk.get(address).content.decode()

    desk.post(f"{address}/explain", {"chosen_reason": "Forgot"})

    page = desk.get(address).content.decode()
    assert "Why?" not in page
    assert "Reason: Forgot" in page
    assert "Reason given" in desk.get(f"{address}/history").content.decode()


@pytest.mark.usefixtures("no_show_needs_a_reason")
def test_cancelling_asks_for_the_reasons_of_what_it_becomes(desk: Browser, rosas_seat: Seat) -> None:
    page = desk.get(f"/appointments/{rosas_seat.pk}/cancel").content.decode()

    assert "Late Cancellation" in page
    assert 'value="Illness"' in page
    assert 'value="Snow"' not in page


def test_cancelling_without_a_required_reason_asks_again(
    desk: Browser, willow: Practice, owner_person: cast.Person, rosas_seat: Seat, ten: datetime
) -> None:
    offered = [Offered("late_cancellation", ["Illness"], required=True)]
    actions.offer_reasons(practice=willow, offered=offered, actor=owner_person.actor, at=ten)

    answer = desk.post(f"/appointments/{rosas_seat.pk}/cancel", {"scope": "one"})

    assert answer.status_code == 409
    assert "needs a reason" in answer.content.decode()
    assert status_of(rosas_seat) == "confirmed"


# ---- the settings ------------------------------------------------------------------------------------


def test_the_owner_writes_the_reasons(signed_in: SignIn, owner_person: cast.Person, rosas_seat: Seat) -> None:
    owner = signed_in(owner_person)
    lists = {f"words_{one}": "Moved away\n\n Moved  away \nOther" for one in ("cancelled", "no_show")}

    answer = owner.post("/settings/reasons", lists | {"required_no_show": "on"})

    assert answer.status_code == 302
    page = owner.get("/settings/reasons").content.decode()
    assert "Moved away\nOther" in page
    assert page.count("checked") == 1


def test_a_list_too_long_to_choose_from_is_refused(signed_in: SignIn, owner_person: cast.Person) -> None:
    lines = "\n".join(f"Reason {n}" for n in range(13))

    answer = signed_in(owner_person).post("/settings/reasons", {"words_no_show": lines})

    assert answer.status_code == 422
    assert "Reason 12" in answer.content.decode()


def test_nobody_else_sees_the_page(desk: Browser) -> None:
    assert desk.get("/settings/reasons").status_code == 404


# ---- whoever waits -----------------------------------------------------------------------------------


@pytest.fixture
def rosa_waits(rosas_seat: Seat, ten: datetime) -> Seat:
    visit, _cookie = identify(seat=rosas_seat, birth_date=rosas_seat.client.birth_date, at=ten)
    telehealth.knock(seat=rosas_seat, actor=visit.as_actor(), at=ten)
    return rosas_seat


def test_the_desk_rings_for_the_clinician(desk: Browser, osei_person: cast.Person, rosa_waits: Seat) -> None:
    answer = desk.post(f"/today/{rosa_waits.pk}/tell", {"reply": "clinician"}, headers=FRAGMENT)

    assert "Their bell has rung" in answer.content.decode()
    rung = Bell.objects.get(user=osei_person.user, kind="waiting")
    assert rung.subject_id == rosa_waits.pk


def test_the_desk_tells_the_client_how_long_it_takes(desk: Browser, rosa_waits: Seat) -> None:
    page = desk.post(f"/today/{rosa_waits.pk}/tell", {"reply": "five"}, headers=FRAGMENT).content.decode()

    assert Participant.objects.get(seat=rosa_waits).told == "five"
    assert 'aria-pressed="true"' in page


def test_nobody_is_told_who_does_not_wait(desk: Browser, rosas_seat: Seat) -> None:
    desk.post(f"/today/{rosas_seat.pk}/tell", {"reply": "clinician"}, headers=FRAGMENT)

    assert not Bell.objects.exists()


def test_the_board_shows_one_clinicians_day_where_asked(
    desk: Browser, willow: Practice, rosas_seat: Seat
) -> None:
    novak = cast.person(willow, "Dr Eva Novak", ["clinician"]).clinician
    assert novak

    assert "Rosa M." in desk.get("/today").content.decode()
    assert "Rosa M." not in desk.get(f"/today?whose={novak.pk}").content.decode()
    assert "Rosa M." in desk.get("/today?whose=somebody").content.decode()


def test_trouble_with_camera_or_link_needs_a_hand(desk: Browser, rosas_seat: Seat, ten: datetime) -> None:
    Seat.objects.update(device_trouble="camera", link_revoked_at=ten)

    page = desk.get("/today").content.decode()

    assert "has trouble with camera or sound" in page
    assert "is locked out of their link" in page
