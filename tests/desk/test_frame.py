"""The pages around the work open for whoever may, and say what they should."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client as Browser

from holdspace.messaging import actions as messages
from holdspace.messaging.models import Bell
from tests import cast

SignIn = Callable[[cast.Person], Browser]
PAGES = [
    "/today",
    "/clients",
    "/messages",
    "/bells",
    "/help",
    "/account",
    "/more",
    "/pulse",
    "/choose",
    "/settings/telehealth",
]


@pytest.mark.parametrize("address", PAGES)
def test_a_clinician_opens_every_page_of_the_frame(
    address: str, osei_person: cast.Person, rosas_seat: Any, signed_in: SignIn
) -> None:
    assert signed_in(osei_person).get(address).status_code == 200


def test_the_front_door_leads_to_the_calendar(front_desk_person: cast.Person, signed_in: SignIn) -> None:
    response = signed_in(front_desk_person).get("/")

    assert response.status_code == 302
    assert response["Location"] == "/calendar"


def test_an_auditor_arrives_at_the_trail_and_reads_it(auditor_person: cast.Person, signed_in: SignIn) -> None:
    browser = signed_in(auditor_person)

    assert browser.get("/")["Location"] == "/trail"
    assert browser.get("/trail").status_code == 200
    assert browser.get("/clients").status_code == 404


def test_opening_a_bell_reads_it_and_leads_to_the_session_screen(
    osei_person: cast.Person, rosas_seat: Any, signed_in: SignIn, ten: Any
) -> None:
    facts = {
        "practice": rosas_seat.practice,
        "users": [osei_person.user],
        "kind": "consent_signed",
        "subject": rosas_seat,
    }
    [bell] = messages.ring(**facts, at=ten)

    response = signed_in(osei_person).post(f"/bells/{bell.pk}/open")

    assert response["Location"] == f"/start/{rosas_seat.pk}/link"
    assert Bell.objects.get().read_at is not None


def test_nobody_opens_anothers_bell(
    osei_person: cast.Person, front_desk_person: cast.Person, rosas_seat: Any, signed_in: SignIn, ten: Any
) -> None:
    facts = {
        "practice": rosas_seat.practice,
        "users": [osei_person.user],
        "kind": "consent_signed",
        "subject": rosas_seat,
    }
    [bell] = messages.ring(**facts, at=ten)

    assert signed_in(front_desk_person).post(f"/bells/{bell.pk}/open").status_code == 404


def test_the_chart_shows_how_to_reach_a_client(
    osei_person: cast.Person, rosa: Any, rosas_seat: Any, signed_in: SignIn
) -> None:
    page = signed_in(osei_person).get(f"/clients/{rosa.pk}").content.decode()

    assert "Rosa Marin" in page
    assert "(312) 555-0118" in page
    assert "Rosa" not in page.partition("<title>")[2].partition("</title>")[0]


def test_a_name_is_searched_without_standing_in_an_address(
    front_desk_person: cast.Person, rosa: Any, signed_in: SignIn
) -> None:
    page = signed_in(front_desk_person).post("/clients/search", {"q": "rosa"}).content.decode()

    assert "Rosa Marin" in page
