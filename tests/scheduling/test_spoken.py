"""A code read out on the phone: for one browser, for half an hour, to one seat."""

from datetime import datetime, timedelta

import pytest

from holdspace.audit.models import Entry
from holdspace.kit.actor import Member
from holdspace.kit.refusals import NotYours
from holdspace.scheduling import refusals
from holdspace.scheduling.actions.links import renew_link
from holdspace.scheduling.actions.spoken import LETTERS, make_spoken_code, seat_spoken_of, use_spoken_code
from holdspace.scheduling.models import Seat, SpokenCode
from tests.cast import TEN, Person

MINUTE = timedelta(minutes=1)


@pytest.fixture
def code(rosas_seat: Seat, front_desk: Member) -> str:
    return make_spoken_code(seat=rosas_seat, actor=front_desk, at=TEN)


def typed(said: str, at: datetime = TEN) -> str:
    used = use_spoken_code(said=said, at=at)
    return used[1] if used else ""


def test_it_has_eight_characters_that_look_like_nothing_else(code: str) -> None:
    assert len(code) == 8
    assert set(code) <= set(LETTERS)
    assert not set("ILO01") & set(LETTERS)


def test_it_leads_to_its_seat_however_it_is_written(code: str, rosas_seat: Seat) -> None:
    cookie = typed(f" {code[:4].lower()}-{code[4:]} ")

    assert seat_spoken_of(cookie, at=TEN) == rosas_seat


def test_it_is_good_once(code: str) -> None:
    assert typed(code)
    assert not typed(code)


def test_it_is_good_for_half_an_hour_and_so_is_the_browser_it_was_typed_in(code: str) -> None:
    assert not typed(code, at=TEN + 30 * MINUTE)
    cookie = typed(code, at=TEN + 29 * MINUTE)

    assert seat_spoken_of(cookie, at=TEN + 29 * MINUTE)
    assert seat_spoken_of(cookie, at=TEN + 30 * MINUTE) is None


def test_nothing_of_it_is_kept_but_its_index(code: str) -> None:
    kept = SpokenCode.objects.values().get()

    assert code not in str(kept)
    assert [entry for entry in Entry.objects.all() if code in str(entry.__dict__)] == []


def test_a_second_code_makes_the_first_worthless(code: str, rosas_seat: Seat, front_desk: Member) -> None:
    second = make_spoken_code(seat=rosas_seat, actor=front_desk, at=TEN + MINUTE)

    assert not typed(code, at=TEN + MINUTE)
    assert typed(second, at=TEN + MINUTE)


def test_a_new_link_ends_it_and_who_came_by_it(code: str, rosas_seat: Seat, osei: Member) -> None:
    cookie = typed(code)

    renew_link(seat=rosas_seat, actor=osei, at=TEN)

    assert seat_spoken_of(cookie, at=TEN) is None


def test_both_ends_of_it_are_on_the_trail(code: str, rosas_seat: Seat) -> None:
    typed(code)

    whats = Entry.objects.filter(subject_id=rosas_seat.pk).values_list("what", flat=True)
    assert {"scheduling.link.spoken_made", "scheduling.link.spoken_used"} <= set(whats)


def test_who_may_not_send_links_makes_no_code(rosas_seat: Seat, auditor_person: Person) -> None:
    with pytest.raises(NotYours):
        make_spoken_code(seat=rosas_seat, actor=auditor_person.actor, at=TEN)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [({"status": "cancelled"}, refusals.NotOn), ({"link_revoked_at": TEN}, refusals.LinkStopped)],
)
def test_a_seat_to_which_no_link_leads_has_no_code_either(
    rosas_seat: Seat, front_desk: Member, change: dict[str, object], refusal: type[Exception]
) -> None:
    Seat.objects.filter(pk=rosas_seat.pk).update(**change)

    with pytest.raises(refusal):
        make_spoken_code(seat=Seat.objects.get(pk=rosas_seat.pk), actor=front_desk, at=TEN)
