"""Inviting a guest from the room, and taking it back."""

from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from holdspace.telehealth.models import Invitation, Participant
from tests import cast
from tests.desk.test_sessions import JSON, osei_browser, path, rosa_waits, soon

__all__ = ["osei_browser", "rosa_waits", "soon"]
ANA = {"name": "Anastasia", "comes_as": "interpreter"}


def test_the_link_is_in_the_answer_and_nowhere_else(rosa_waits: Participant, osei_browser: Browser) -> None:
    said = osei_browser.post(path("invite_guest", rosa_waits.session_id), ANA, headers=JSON).json()

    assert (said["ok"], said["name"]) == (True, "Anastasia")
    assert "/willow/v/guest/" in said["link"]
    room = osei_browser.get(path("room", rosa_waits.session_id)).content.decode()
    assert "Hasn&#x27;t come yet" in room or "Hasn't come yet" in room
    assert said["link"].rpartition("/")[2] not in room


def test_without_script_it_is_a_page_that_shows_it_once(
    rosa_waits: Participant, osei_browser: Browser
) -> None:
    where = path("invite_guest", rosa_waits.session_id)

    assert "Make a link" in osei_browser.get(where).content.decode()
    assert "/willow/v/guest/" in osei_browser.post(where, ANA).content.decode()


@pytest.mark.parametrize(
    "said", [{}, ANA | {"name": " "}, ANA | {"name": "x" * 81}, ANA | {"comes_as": "boss"}]
)
def test_nobody_in_particular_is_not_invited(
    said: dict[str, str], rosa_waits: Participant, osei_browser: Browser
) -> None:
    answer = osei_browser.post(path("invite_guest", rosa_waits.session_id), said, headers=JSON)

    assert answer.status_code == 409
    assert answer.json()["sentence"]
    assert not Invitation.objects.exists()


def test_taken_back_it_is_gone_from_the_panel(rosa_waits: Participant, osei_browser: Browser) -> None:
    osei_browser.post(path("invite_guest", rosa_waits.session_id), ANA, headers=JSON)
    guest = Invitation.objects.get()

    assert osei_browser.post(path("take_back_guest", guest.pk), headers=JSON).json() == {"ok": True}

    assert b"Anastasia" not in osei_browser.get(path("waiting", rosa_waits.session_id)).content


def test_a_colleague_who_doesnt_hold_the_session_neither_invites_nor_takes_back(
    rosa_waits: Participant, osei_browser: Browser, signed_in: Any, front_desk_person: cast.Person
) -> None:
    osei_browser.post(path("invite_guest", rosa_waits.session_id), ANA, headers=JSON)
    desk = signed_in(front_desk_person)

    assert desk.post(path("invite_guest", rosa_waits.session_id), ANA).status_code == 404
    assert desk.post(reverse("desk:take_back_guest", args=[Invitation.objects.get().pk])).status_code == 404
    assert Invitation.objects.get().taken_back_at is None


def test_a_couples_room_has_both_their_emergency_cards(
    soon: Any, rosa_waits: Participant, osei_browser: Browser
) -> None:
    theo = cast.client_of(soon.practice, "Theo", "Marin", phone="+13125550119")
    other = soon.appointment.seats.create(practice=soon.practice, client=theo, status="confirmed")

    page = osei_browser.get(path("room", rosa_waits.session_id)).content.decode()

    for seat in (soon, other):
        assert path("emergency_card", seat.pk) in page
    assert "Emergency card: Theo M." in page
