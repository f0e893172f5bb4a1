"""A guest's pages: opening changes nothing, the secret leaves the address, every failure looks the same."""

import re
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client as Browser
from django.urls import reverse

from holdspace.kit.actor import Member
from holdspace.scheduling.actions.links import identify
from holdspace.scheduling.models import Seat
from holdspace.telehealth import actions
from holdspace.telehealth.models import Invitation, Participant, Session

JSON = {"accept": "application/json"}


def bare(page: Any) -> str:
    """Without what is new each time."""
    return re.sub(r'nonce="[^"]*"|value="[^"]{64}"', "", page.content.decode())


@pytest.fixture
def session(rosas_seat: Seat, ten: datetime) -> Session:
    visit, _ = identify(seat=rosas_seat, at=ten, birth_date=rosas_seat.client.birth_date)
    return actions.knock(seat=rosas_seat, actor=visit.as_actor(), at=ten).session


@pytest.fixture
def link(session: Session, osei: Member, ten: datetime) -> str:
    """The way to it, without host."""
    _made, whole = actions.invite(session=session, name="Ana", comes_as="helper", actor=osei, at=ten)
    return urlsplit(whole).path


@pytest.fixture
def ana(link: str) -> Browser:
    browser = Browser()
    browser.post(link)
    return browser


def test_opening_the_link_changes_nothing_and_names_no_client(link: str) -> None:
    page = Browser().get(link)

    assert page.status_code == 200
    assert "Dr Ama Osei invites you" in page.content.decode()
    assert "Rosa" not in page.content.decode()
    assert page["Referrer-Policy"] == "no-referrer"
    assert Invitation.objects.get().browser == ""
    assert not Participant.objects.filter(role="guest").exists()


def test_the_press_leads_to_where_the_address_says_nothing(link: str) -> None:
    answer = Browser().post(link)

    assert answer["Location"] == reverse("portal:guest_room")
    assert answer.cookies["guest"]["httponly"]


def test_a_scanner_that_submits_the_form_lets_nobody_in_and_keeps_nobody_out(link: str) -> None:
    scanner, ana = Browser(), Browser()
    ana.post(link)
    scanner.get(link)
    scanner.post(link)

    assert not Participant.objects.filter(role="guest").exists()
    ana.post(link)
    assert ana.post(reverse("portal:guest_knock"), headers=JSON).json()["ticket"]["right"] == "waiting"


def test_they_wait_are_let_in_and_leave(ana: Browser, osei: Member, ten: datetime) -> None:
    knocked = ana.post(reverse("portal:guest_knock"), headers=JSON).json()["ticket"]
    place = Participant.objects.get(role="guest")
    assert (knocked["role"], knocked["right"], knocked["people"]) == ("guest", "waiting", {})
    assert knocked["me"] == str(place.pk)

    actions.admit(participant=place, actor=osei, at=ten)
    assert ana.post(reverse("portal:guest_ticket"), headers=JSON).json()["ticket"]["right"] == "admitted"
    assert ana.post(reverse("portal:guest_here"), headers=JSON).json() == {"ok": True}
    assert b"data-inside" in ana.get(reverse("portal:guest_room")).content

    assert ana.post(reverse("portal:guest_leave"), headers=JSON).json() == {"ok": True}
    place.refresh_from_db()
    assert place.status == "left"
    assert "go back in" in ana.get(reverse("portal:guest_ended")).content.decode()


def test_before_they_have_knocked_there_is_no_ticket(ana: Browser) -> None:
    assert ana.post(reverse("portal:guest_ticket"), headers=JSON).status_code == 409
    assert ana.post(reverse("portal:guest_here"), headers=JSON).json() == {"ok": False}


@pytest.mark.parametrize("name", ["room", "knock", "ticket", "here", "leave"])
def test_taken_back_everything_is_the_one_neutral_page(
    name: str, ana: Browser, link: str, osei: Member, ten: datetime
) -> None:
    actions.take_back(invitation=Invitation.objects.get(), actor=osei, at=ten)
    ask = ana.get if name == "room" else ana.post

    assert ask(reverse(f"portal:guest_{name}")).status_code == 404
    gone, never = ana.get(link), ana.get("/willow/v/guest/neverwas")
    assert (gone.status_code, never.status_code) == (404, 404)
    assert bare(gone) == bare(never)


def test_a_guests_cookie_opens_nothing_of_the_clients(ana: Browser) -> None:
    assert ana.get(reverse("portal:home")).status_code == 404
    assert ana.get(reverse("portal:room")).status_code == 404


def test_a_clients_visit_is_no_guests(rosas_seat: Seat, session: Session, ten: datetime) -> None:
    browser = Browser()
    browser.cookies["visit"] = identify(seat=rosas_seat, at=ten, birth_date=rosas_seat.client.birth_date)[1]

    assert browser.get(reverse("portal:guest_room")).status_code == 404


def test_a_second_holder_of_the_link_is_told_that_somebody_is_in(
    ana: Browser, link: str, osei: Member, ten: datetime
) -> None:
    ana.post(reverse("portal:guest_knock"), headers=JSON)
    actions.admit(participant=Participant.objects.get(role="guest"), actor=osei, at=ten)

    answer = Browser().post(link)

    assert answer.status_code == 409
    assert "ask for a link of your own" in answer.content.decode()
    assert "guest" not in answer.cookies
    assert ana.post(reverse("portal:guest_ticket"), headers=JSON).json()["ticket"]["right"] == "admitted"
