"""The way in for a client for whom somebody else decides: to them, or to whoever comes with them."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from holdspace.audit.models import Entry
from holdspace.clients.models import Client, Tie
from holdspace.kit.clock import now
from holdspace.messaging.models import Message
from holdspace.scheduling.models import Seat
from holdspace.telehealth.models import Session
from tests import cast
from tests.cast import Person
from tests.telehealth.conftest import agree


@pytest.fixture
def seat(osei_person: Person, rosa: Client) -> Seat:
    rosa.birth_date = date(2016, 2, 29)
    rosa.save()
    assert osei_person.clinician
    seat = cast.appointment(osei_person.clinician, rosa, starts_at=now() + timedelta(minutes=10))
    agree(seat, at=now())
    return seat


@pytest.fixture
def ana(seat: Seat) -> Tie:
    return cast.contact_of(seat.client, "Ana Marin", guardianship="of_minor")


@pytest.fixture
def desk(osei_person: Person, signed_in: Any) -> Browser:
    browser: Browser = signed_in(osei_person)
    return browser


def address(seat: Seat) -> str:
    return reverse("desk:send_link", args=[seat.pk])


def sent(desk: Browser, seat: Seat, **said: object) -> Any:
    return desk.post(address(seat), said)


def unreached(client: Client) -> None:
    client.phone = client.email = ""
    client.save()


def test_the_page_asks_who_gets_it_and_begins_with_the_client(desk: Browser, seat: Seat, ana: Tie) -> None:
    page = desk.get(address(seat)).content.decode()

    assert "Who should get it?" in page
    assert "Ana Marin, mother (number on file)" in page
    assert '<option value="client" selected>Rosa M., (312) 555-0118</option>' in page
    assert "What Rosa will read" in page


def test_where_nothing_reaches_the_client_it_begins_with_whoever_decides(
    desk: Browser, seat: Seat, ana: Tie
) -> None:
    unreached(seat.client)
    ana.contact.email = "ana@example.org"
    ana.contact.save()

    page = desk.get(address(seat)).content.decode()

    assert f'<option value="{ana.contact_id}" selected>' in page
    assert "What Ana Marin will read" in page
    assert "Hi Ana Marin" in page


def test_nobody_is_asked_about_where_there_is_nobody(desk: Browser, seat: Seat) -> None:
    assert "Who should get it?" not in desk.get(address(seat)).content.decode()


def test_it_goes_to_her_number_on_her_own_word_and_the_clients_record_stays(
    desk: Browser, seat: Seat, ana: Tie
) -> None:
    before = seat.client.phone
    sent(desk, seat, to=ana.contact_id, how="sms", texts_agreed="on")

    message = Message.objects.get()
    assert (message.to, message.client_id) == ("+13125550161", seat.client_id)
    assert message.body.startswith("Hi Ana Marin, here is your link")
    ana.contact.refresh_from_db()
    seat.client.refresh_from_db()
    assert ana.contact.texts_agreed_by
    assert seat.client.phone == before
    entry = Entry.objects.get(what="telehealth.link.sent")
    assert entry.detail == {"channel": "sms", "of": str(ana.contact_id)}


def test_without_her_word_no_text_goes_and_nothing_is_opened(desk: Browser, seat: Seat, ana: Tie) -> None:
    response = sent(desk, seat, to=ana.contact_id, how="sms")

    assert response.status_code == 409
    assert not Message.objects.exists()
    assert not Session.objects.exists()


def test_pressed_twice_it_goes_once_and_the_client_may_have_it_too(
    desk: Browser, seat: Seat, ana: Tie
) -> None:
    hers = {"to": ana.contact_id, "how": "email", "email": "ana@example.org"}
    for said in (hers, hers, {"to": "client", "how": "email"}):
        sent(desk, seat, **said)

    assert [one.to for one in Message.objects.order_by("queued_at")] == ["ana@example.org", seat.client.email]
    assert Session.objects.count() == 1


def test_somebody_who_decides_for_another_client_is_no_choice(desk: Browser, seat: Seat, ana: Tie) -> None:
    other = cast.contact_of(
        cast.client_of(seat.practice, "Theo", "Kessler"), "Bo Kessler", guardianship="of_minor"
    )

    response = sent(desk, seat, to=other.contact_id, how="email")

    assert 'role="alert"' in response.content.decode()
    assert not Message.objects.exists()
