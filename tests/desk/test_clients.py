"""Clients at the desk: added, corrected, reached; what was typed stays when something is wrong."""

from collections.abc import Callable

import pytest
from django.test import Client as Browser

from holdspace.audit.models import Entry
from holdspace.clients.models import Client
from tests import cast

SignIn = Callable[[cast.Person], Browser]
NEW = {"first_name": "Wanda", "last_name": "Quill", "birth_date": "04/12/1988", "time_zone": "America/Denver"}


@pytest.fixture
def desk(front_desk_person: cast.Person, signed_in: SignIn) -> Browser:
    return signed_in(front_desk_person)


def test_a_new_client_is_added(desk: Browser) -> None:
    response = desk.post("/clients/new", NEW)

    added = Client.objects.get()
    assert response["Location"] == f"/clients/{added.pk}"
    assert (added.full_name, str(added.birth_date)) == ("Wanda Quill", "1988-04-12")


def test_somebody_alike_on_file_is_offered_first(desk: Browser, rosa: Client) -> None:
    twin = {"first_name": "rosa", "last_name": "Marin", "birth_date": "03/09/1984", "time_zone": "UTC"}

    offered = desk.post("/clients/new", twin)
    anyway = desk.post("/clients/new", twin | {"anyway": "1"})

    assert offered.status_code == 409
    assert f"/clients/{rosa.pk}" in offered.content.decode()
    assert anyway.status_code == 302


def test_a_date_that_is_none_is_named_and_the_rest_stays(desk: Browser) -> None:
    response = desk.post("/clients/new", NEW | {"birth_date": "31/31/1988"})

    page = response.content.decode()
    assert response.status_code == 422
    assert "Write it like 03/09/1984." in page
    assert 'value="Wanda"' in page


def test_a_number_is_saved_with_who_said_that_texts_are_fine(desk: Browser, rosa: Client) -> None:
    desk.post(f"/clients/{rosa.pk}/phone", {"phone": "(312) 555-0199", "agreed": "staff"})

    rosa.refresh_from_db()
    assert rosa.phone == "+13125550199"
    assert rosa.texts_agreed_by == "Bea Lind"
    assert "5550199" not in str(Entry.objects.get(what="clients.client.reached_by").detail)


def test_a_number_that_cant_take_texts_is_refused_with_a_sentence(desk: Browser, rosa: Client) -> None:
    response = desk.post(f"/clients/{rosa.pk}/phone", {"phone": "(800) 555-0199", "agreed": "staff"})

    assert response.status_code in {409, 422}
    assert (
        'value="(800) 555-0199"' in response.content.decode() or "(800) 555-0199" in response.content.decode()
    )


def test_opening_a_chart_is_on_the_trail(desk: Browser, rosa: Client) -> None:
    desk.get(f"/clients/{rosa.pk}")

    assert Entry.objects.get(what="clients.client.opened").subject_id == rosa.pk


def test_another_practices_chart_doesnt_exist(
    birch_person: cast.Person, rosa: Client, signed_in: SignIn
) -> None:
    browser = signed_in(birch_person)

    assert browser.get(f"/clients/{rosa.pk}").status_code == 404
    assert browser.post(f"/clients/{rosa.pk}/email", {"email": "x@example.org"}).status_code == 404
    assert "Marin" not in browser.post("/clients/search", {"q": "Rosa"}).content.decode()


def test_a_megabyte_of_text_is_declined(desk: Browser) -> None:
    response = desk.post("/clients/new", NEW | {"first_name": "W" * 1_000_000})

    assert response.status_code == 422
    assert "80" in response.content.decode()
    assert not Client.objects.exists()
