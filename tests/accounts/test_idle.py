"""Idle log-off: quiet minutes end a sign-in, pings don't keep it, and what was typed comes back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser

from holdspace.accounts import queries
from holdspace.kit.clock import now
from holdspace.live import bus
from holdspace.practices.models import Membership
from tests import cast

SignIn = Callable[[cast.Person], Browser]
POLL = {"X-Holdspace-Poll": "1", "HX-Request": "true"}
TYPED = {"first_name": "Wanda", "last_name": "Quill", "time_zone": "America/Chicago"}


@pytest.fixture
def clock(ten: Any) -> Any:
    with time_machine.travel(ten, tick=False) as traveller:
        yield traveller


@pytest.fixture
def desk(front_desk_person: cast.Person, signed_in: SignIn, clock: Any) -> Browser:
    browser = signed_in(front_desk_person)
    browser.get("/today")
    return browser


def quiet(clock: Any, minutes: int) -> None:
    clock.shift(timedelta(minutes=minutes))


def test_fifteen_quiet_minutes_end_the_sign_in(desk: Browser, clock: Any) -> None:
    quiet(clock, 16)

    assert desk.get("/today")["Location"].startswith("/accounts/login/")


def test_whoever_works_stays(desk: Browser, clock: Any) -> None:
    for _ in range(4):
        quiet(clock, 10)
        assert desk.get("/today").status_code == 200


def test_polls_keep_nobody_signed_in(desk: Browser, clock: Any) -> None:
    quiet(clock, 10)
    assert desk.get("/pulse", headers=POLL).status_code == 200
    quiet(clock, 10)

    response = desk.get("/pulse", headers=POLL)

    assert response.status_code == 204
    assert response["X-Holdspace-Signed-Out"] == "1"


def test_a_page_fetching_by_itself_is_no_activity(desk: Browser, clock: Any) -> None:
    quiet(clock, 10)
    desk.get("/pulse", headers={"Sec-Fetch-Dest": "empty"})
    quiet(clock, 10)

    assert desk.get("/today").status_code == 302


def test_a_person_who_types_for_long_is_here(desk: Browser, clock: Any) -> None:
    quiet(clock, 10)
    desk.post("/here", headers={"Sec-Fetch-Dest": "empty", "Accept": "application/json"})
    quiet(clock, 10)

    assert desk.get("/today").status_code == 200


def test_the_socket_is_told_that_the_sign_in_has_ended(desk: Browser, clock: Any) -> None:
    key = desk.cookies["holdspace"].value

    assert queries.who_is(key, at=now()) is not None
    quiet(clock, 16)
    assert queries.who_is(key, at=now()) is None


def test_a_form_sent_after_log_off_comes_back_filled(
    desk: Browser, clock: Any, front_desk_person: cast.Person, signed_in: SignIn
) -> None:
    quiet(clock, 16)

    response = desk.post("/clients/new", TYPED)
    assert response["Location"] == "/accounts/login/?next=%2Fkept"
    desk.force_login(front_desk_person.user)

    page = desk.get("/kept").content.decode()
    assert "Wanda" in page
    assert 'action="/clients/new"' in page


def test_a_form_comes_back_to_nobody_else(
    desk: Browser, clock: Any, osei_person: cast.Person, signed_in: SignIn
) -> None:
    quiet(clock, 16)
    desk.post("/clients/new", TYPED)
    desk.force_login(osei_person.user)

    assert desk.get("/kept").status_code == 302


def test_a_kept_form_is_gone_once_it_is_sent(
    desk: Browser, clock: Any, front_desk_person: cast.Person
) -> None:
    quiet(clock, 16)
    desk.post("/clients/new", TYPED)
    desk.force_login(front_desk_person.user)

    sent = desk.post("/clients/new", TYPED | {"kept_form": "1"})

    assert sent.status_code == 302
    assert desk.get("/kept")["Location"] == "/"


def test_a_form_sent_after_signing_out_oneself_is_kept_too(
    desk: Browser, front_desk_person: cast.Person
) -> None:
    desk.post("/accounts/logout/")

    desk.post("/clients/new", TYPED)
    desk.force_login(front_desk_person.user)

    assert "Wanda" in desk.get("/kept").content.decode()


def test_passwords_are_never_kept(desk: Browser, clock: Any, front_desk_person: cast.Person) -> None:
    quiet(clock, 16)
    desk.post("/clients/new", TYPED | {"password": "do not keep me"})
    desk.force_login(front_desk_person.user)

    assert "do not keep me" not in desk.get("/kept").content.decode()


def test_a_script_is_told_in_json(desk: Browser, clock: Any) -> None:
    quiet(clock, 16)

    response = desk.post("/here", headers={"Accept": "application/json"})

    assert response.status_code == 401
    assert response.json()["ok"] is False


def test_whoever_works_at_two_practices_says_where_before_the_form_comes_back(
    desk: Browser, clock: Any, front_desk_person: cast.Person, birch: Any
) -> None:
    Membership.objects.create(practice=birch, user=front_desk_person.user, roles=["front_desk"])
    quiet(clock, 16)
    desk.post("/clients/new", TYPED)
    desk.force_login(front_desk_person.user)

    asked = desk.get("/kept")["Location"]
    chosen = desk.post(asked, {"practice": str(front_desk_person.membership.practice_id)})

    assert asked == "/choose?next=/kept"
    assert chosen["Location"] == "/kept"
    assert "Wanda" in desk.get("/kept").content.decode()


def test_nobody_is_led_to_a_strangers_page(front_desk_person: cast.Person, signed_in: SignIn) -> None:
    said = {"practice": str(front_desk_person.membership.practice_id)}

    response = signed_in(front_desk_person).post("/choose?next=https://evil.example.org/", said)

    assert response["Location"] == "/"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", ["by hand", "for want of use"])
def test_the_end_of_a_sign_in_is_told_to_the_pages_that_live_by_it(
    how: str, desk: Browser, clock: Any, front_desk_person: cast.Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Any] = []
    monkeypatch.setattr(bus, "_send", heard.append)

    if how == "by hand":
        desk.post("/accounts/logout/")
    else:
        quiet(clock, 16)
        desk.get("/today")

    told = [parcel.topics for parcel in heard if parcel.name == "user.signed_out"]
    assert told == [[f"user:{front_desk_person.user.pk}"]]
