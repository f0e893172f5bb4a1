"""The short address: a code, then the same question as behind the link."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client as Browser

from holdspace.clients.models import Client
from holdspace.kit.clock import now
from holdspace.scheduling.actions.spoken import make_spoken_code
from holdspace.scheduling.models import Seat
from tests import cast

BORN = {"born": "03/09/1984"}


@pytest.fixture(autouse=True)
def nobody_was_here_before(db: None) -> None:
    cache.clear()


@pytest.fixture
def seat(osei_person: cast.Person, rosa: Client) -> Seat:
    assert osei_person.clinician
    return cast.appointment(osei_person.clinician, rosa, starts_at=now() + timedelta(minutes=20))


@pytest.fixture
def code(seat: Seat, osei_person: cast.Person) -> str:
    return make_spoken_code(seat=seat, actor=osei_person.actor, at=now())


def test_the_code_then_the_birth_date_then_in(code: str, client: Browser) -> None:
    assert client.post("/j", {"code": code})["Location"] == "/j/who"
    asked = client.get("/j/who")

    assert "When were you born?" in asked.content.decode()
    assert "Rosa" not in asked.content.decode()
    assert client.post("/j/who", BORN)["Location"] == "/v/"
    assert client.get("/v/").status_code == 200


def test_wrong_answers_after_it_are_counted_like_behind_the_link(
    code: str, client: Browser, seat: Seat
) -> None:
    client.post("/j", {"code": code})
    for _ in range(5):
        client.post("/j/who", {"born": "01/01/1950"})

    assert "what we have on file" in client.post("/j/who", BORN).content.decode()
    assert Seat.objects.get(pk=seat.pk).link_paused_until


def test_another_browser_gets_nothing_by_a_code_that_was_typed(code: str, client: Browser) -> None:
    client.post("/j", {"code": code})
    other = Browser()

    assert other.post("/j", {"code": code}).status_code == 422
    assert other.get("/j/who")["Location"] == "/j"


@pytest.mark.parametrize("said", ["", "ABCDEFGH", "x" * 500, "💬"])
def test_every_code_that_leads_nowhere_gets_the_same_sentence(said: str, code: str, client: Browser) -> None:
    response = client.post("/j", {"code": said})

    assert response.status_code == 422
    assert "This code opens nothing now." in response.content.decode()


def test_after_ten_tries_not_even_the_right_code_opens_for_a_while(code: str, client: Browser) -> None:
    for _ in range(10):
        client.post("/j", {"code": "ABCDEFGH"})

    assert client.post("/j", {"code": code}).status_code == 422


def test_opening_the_short_address_changes_nothing_and_says_nothing_to_anybody(client: Browser, db) -> None:
    strict = Browser(enforce_csrf_checks=True)

    for answer in (client.get("/j"), client.head("/j"), strict.post("/j", {"code": "ABCDEFGH"})):
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "no-store" in answer["Cache-Control"]


def test_the_desk_reads_out_address_and_code(
    seat: Seat, front_desk_person: cast.Person, signed_in: Callable[[cast.Person], Browser], client: Browser
) -> None:
    page = signed_in(front_desk_person).post(f"/start/{seat.pk}/spoken")
    code = "".join(page.context["halves"])

    assert page.context["short"].endswith("/j")
    assert " ".join(page.context["halves"]) in page.content.decode()
    assert client.post("/j", {"code": code}).status_code == 302
