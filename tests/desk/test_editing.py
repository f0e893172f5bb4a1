"""*Dr Osei is editing this*: told and asked by pages, quietly, and never a sign of a person."""

import pytest
from django.urls import reverse

from holdspace.accounts.queries import SEEN
from holdspace.scheduling.models import Editing
from tests import cast

pytestmark = pytest.mark.usefixtures("at_ten")

POLL = {"X-Holdspace-Poll": "1"}
SHOWN_ON = ["appointment", "appointment_edit", "appointment_move", "appointment_cancel"]


def page(name, seat):
    return reverse(f"desk:{name}", args=[seat.pk])


@pytest.fixture
def osei_desk(signed_in, osei_person):
    return signed_in(osei_person)


@pytest.fixture
def desk(signed_in, front_desk_person):
    return signed_in(front_desk_person)


@pytest.mark.parametrize("name", [*SHOWN_ON, "appointment_others"])
def test_every_page_of_the_appointment_says_who_else_is_at_it(desk, osei_desk, rosas_seat, name):
    osei_desk.post(page("appointment_editing", rosas_seat), headers=POLL)

    assert "Dr Ama Osei is editing this" in desk.get(page(name, rosas_seat)).content.decode()
    assert "is editing this" not in osei_desk.get(page(name, rosas_seat)).content.decode()


def test_two_are_named_together(desk, osei_desk, rosas_seat, signed_in, willow):
    for browser in (desk, osei_desk):
        browser.post(page("appointment_editing", rosas_seat), headers=POLL)
    third = signed_in(cast.person(willow, "Max Vale", ["front_desk"]))

    html = third.get(page("appointment", rosas_seat)).content.decode()

    assert "Bea Lind and Dr Ama Osei are editing this" in html or (
        "Dr Ama Osei and Bea Lind are editing this" in html
    )


def test_looking_is_not_editing_and_changes_nothing(desk, osei_desk, rosas_seat):
    for name in [*SHOWN_ON, "appointment_others"]:
        osei_desk.get(page(name, rosas_seat))

    assert not Editing.objects.exists()


def test_who_closes_the_form_is_gone(desk, osei_desk, rosas_seat):
    osei_desk.post(page("appointment_editing", rosas_seat), headers=POLL)
    osei_desk.post(page("appointment_editing", rosas_seat), {"over": "1"}, headers=POLL)

    assert desk.get(page("appointment_others", rosas_seat)).content.strip() == b""


def test_the_page_is_told_when_to_ask_again(desk, osei_desk, rosas_seat, at_ten):
    osei_desk.post(page("appointment_editing", rosas_seat), headers=POLL)
    at_ten.shift(2)

    assert 'data-ask-again="6"' in desk.get(page("appointment_others", rosas_seat)).content.decode()


def test_a_form_is_told_that_somebody_changed_it_meanwhile(desk, osei_desk, rosas_seat):
    said = {
        "date": "2026-11-18",
        "start": "12:00",
        "minutes": "50",
        "version": "1",
        "zone": "America/New_York",
    }
    desk.post(page("appointment_move", rosas_seat), said)

    others = page("appointment_others", rosas_seat)

    assert "Bea Lind changed this a moment ago" in osei_desk.get(f"{others}?version=1").content.decode()
    assert osei_desk.get(f"{others}?version=2").content.strip() == b""
    assert osei_desk.get(f"{others}?version=soon").content.strip() == b""


def test_a_page_that_says_it_is_here_keeps_nobody_signed_in(osei_desk, rosas_seat, at_ten):
    osei_desk.get(page("appointment", rosas_seat))
    seen = osei_desk.session[SEEN]
    at_ten.shift(600)

    osei_desk.post(page("appointment_editing", rosas_seat), headers=POLL)
    osei_desk.get(page("appointment_others", rosas_seat), headers=POLL)

    assert osei_desk.session[SEEN] == seen


@pytest.mark.parametrize("name", ["appointment_editing", "appointment_others"])
def test_another_practice_cannot_tell_it_exists(signed_in, birch_person, rosas_seat, name):
    browser = signed_in(birch_person)
    ask = browser.post if name == "appointment_editing" else browser.get

    assert ask(page(name, rosas_seat)).status_code == 404


def test_it_costs_each_page_one_question_however_many_are_at_it(
    desk, osei_desk, rosas_seat, django_assert_max_num_queries, signed_in, willow
):
    def questions():
        with django_assert_max_num_queries(100) as asked:
            desk.get(page("appointment_others", rosas_seat))
        return len(asked)

    questions()  # The first request of a sign-in writes it down.
    nobody = questions()
    for name in ("Max Vale", "Noor Hale"):
        signed_in(cast.person(willow, name, ["front_desk"])).post(page("appointment_editing", rosas_seat))

    assert questions() == nobody
