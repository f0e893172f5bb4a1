"""A client changes the address they sign in with: the new one proves itself, the old one is told."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from holdspace.accounts.models import User
from holdspace.audit.models import Entry
from holdspace.clients.models import Client, PortalAccount
from holdspace.messaging.models import Bell, Message
from holdspace.scheduling.models import Seat
from tests import cast

NEW, OLD = "rosa.new@example.org", "rosa@portal.example.org"
TYPED = {"email": NEW, "password": cast.PASSWORD}


@pytest.fixture(autouse=True)
def clock(ten: datetime) -> Iterator[Any]:
    with time_machine.travel(ten - timedelta(minutes=30), tick=False) as clock:
        yield clock


def ask(browser: Browser, rosa: Client, **typed: str) -> Any:
    return browser.post(reverse("portal:address", args=[rosa.pk]), TYPED | typed)


def link() -> str:
    mail = Message.objects.filter(kind="sign_in", to__isnull=False).latest("queued_at")
    found = re.search(r"/portal/address/\S+", mail.body)
    assert found
    return found[0]


def test_nothing_counts_before_the_mailed_link_was_used(mine: Browser, rosa: Client) -> None:
    assert "Look into your mail" in ask(mine, rosa).content.decode()

    assert [one.to for one in Message.objects.filter(kind="sign_in")] == [NEW]
    assert User.objects.get(name=rosa.full_name).email == OLD
    assert Browser().post("/portal/", {"login": NEW, "password": cast.PASSWORD}).status_code == 200


def test_from_the_link_on_the_new_address_signs_in_and_everybody_is_told(
    mine: Browser, rosa: Client, rosas_seat: Seat, osei_person: cast.Person, front_desk_person: cast.Person
) -> None:
    ask(mine, rosa)
    path = link()
    assert "Yes, use it" in Browser().get(path).content.decode()
    assert User.objects.get(name=rosa.full_name).email == OLD

    assert "Done" in Browser().post(path).content.decode()

    assert Browser().post("/portal/", {"login": NEW, "password": cast.PASSWORD}).status_code == 302
    assert Browser().post("/portal/", {"login": OLD, "password": cast.PASSWORD}).status_code == 200
    assert {one.to for one in Message.objects.filter(kind="sign_in")} == {NEW, OLD}
    rung = Bell.objects.filter(kind="details_changed", subject_id=rosa.pk)
    assert {bell.user for bell in rung} == {osei_person.user, front_desk_person.user}
    entries = Entry.objects.filter(what__startswith="clients.portal.address_")
    assert entries.count() == 2
    assert "example.org" not in str([entry.detail for entry in entries])
    assert "example.org" not in path
    assert Browser().get(path).status_code == 404


def test_a_link_is_over_after_a_day_and_when_a_newer_one_was_asked_for(
    mine: Browser, rosa: Client, clock: Any
) -> None:
    ask(mine, rosa)
    first = link()
    clock.shift(timedelta(seconds=1))
    ask(mine, rosa, email="another@example.org")
    assert Browser().post(first).status_code == 404

    second = link()
    clock.shift(timedelta(days=1, seconds=1))
    assert Browser().post(second).status_code == 404
    assert User.objects.get(name=rosa.full_name).email == OLD


def test_whether_somebody_has_the_address_already_isnt_given_away(
    mine: Browser, rosa: Client, front_desk_person: cast.Person
) -> None:
    assert "Look into your mail" in ask(mine, rosa, email=front_desk_person.user.email).content.decode()

    assert not Message.objects.exists()


def test_two_who_ask_for_one_address_dont_both_get_it(mine: Browser, rosa: Client) -> None:
    ask(mine, rosa)
    User.objects.create_user(NEW, cast.PASSWORD, name="Somebody Else")

    page = Browser().post(link())
    assert "Somebody already signs in" in page.content.decode()
    assert User.objects.get(name=rosa.full_name).email == OLD


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"password": "wrong"}, "isn&#x27;t your password"),
        ({"email": "nonsense"}, "valid email"),
        ({"email": OLD.upper()}, "with this one already"),
    ],
)
def test_bad_input_is_said(mine: Browser, rosa: Client, typed: dict[str, str], said: str) -> None:
    response = ask(mine, rosa, **typed)

    assert response.status_code == 422
    assert said in response.content.decode()
    assert not Message.objects.exists()


def test_five_tries_in_a_quarter_of_an_hour(mine: Browser, rosa: Client) -> None:
    for _try in range(5):
        ask(mine, rosa, password="wrong")

    assert "too often" in ask(mine, rosa).content.decode()
    assert not Message.objects.exists()


def test_whoever_works_here_too_asks_the_owner(
    front_desk_person: cast.Person, rosa: Client, signed_in: Callable[[Any], Browser]
) -> None:
    PortalAccount.objects.create(
        practice=rosa.practice, user=front_desk_person.user, client=rosa, opened_at=cast.TEN
    )

    response = ask(signed_in(front_desk_person), rosa)

    assert response.status_code == 409
    assert not Message.objects.exists()


@pytest.mark.parametrize("key", ["nonsense", "a:b:c"])
def test_a_link_that_never_was_changes_nothing(db: None, key: str) -> None:
    assert Browser().get(f"/portal/address/{key}").status_code == 404
    assert Browser().post(f"/portal/address/{key}").status_code == 404
