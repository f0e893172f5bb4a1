"""Signing in with password and second factor; nobody gets further without."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client as Browser

from holdspace.accounts import actions
from holdspace.accounts.models import User
from holdspace.messaging.models import Message
from holdspace.practices.models import Installation, Practice
from tests import cast

SECRET = "JBSWY3DPEHPK3PXP"
TURN = datetime(2030, 6, 5, 9, 0, tzinfo=UTC)  # a half minute begins


def sign_in(browser: Browser, email: str) -> Any:
    return browser.post("/accounts/login/", {"login": email, "password": cast.PASSWORD})


@pytest.fixture
def newcomer(willow: Practice) -> User:
    """Works at Willow, has a password and no second factor yet."""
    person = cast.person(willow, "Nia Wall", ["front_desk"])
    Authenticator.objects.filter(user=person.user).delete()
    return person.user


def code_for(secret: str, ago: int = 0) -> str:
    """What the app shows now, or showed some half minutes ago."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 - ago)))


def test_the_first_sign_in_leads_to_the_second_factor_and_no_further(newcomer: User) -> None:
    browser = Browser()

    sign_in(browser, newcomer.email)

    assert browser.get("/calendar")["Location"] == "/accounts/2fa/totp/activate/"
    assert browser.get("/accounts/2fa/totp/activate/").status_code == 200


def test_setting_the_second_factor_up_shows_recovery_codes_and_opens_the_desk(newcomer: User) -> None:
    browser = Browser()
    sign_in(browser, newcomer.email)
    secret = browser.get("/accounts/2fa/totp/activate/").context["form"].secret

    response = browser.post("/accounts/2fa/totp/activate/", {"code": code_for(secret)}, follow=True)

    assert "recovery-codes" in response.redirect_chain[-1][0]
    assert len(response.context["unused_codes"]) == 10
    assert browser.get("/calendar").status_code == 200


def test_the_authenticators_secret_is_sealed_at_rest(newcomer: User) -> None:
    browser = Browser()
    sign_in(browser, newcomer.email)
    secret = browser.get("/accounts/2fa/totp/activate/").context["form"].secret
    browser.post("/accounts/2fa/totp/activate/", {"code": code_for(secret)})

    kept = Authenticator.objects.get(user=newcomer, type="totp").data["secret"]

    assert secret not in kept
    assert get_adapter().decrypt(kept) == secret


def test_a_later_sign_in_asks_for_the_code(newcomer: User) -> None:
    TOTP.activate(newcomer, SECRET)
    browser = Browser()

    response = sign_in(browser, newcomer.email)

    assert response["Location"] == "/accounts/2fa/authenticate/"
    assert browser.get("/calendar").status_code == 302
    browser.post("/accounts/2fa/authenticate/", {"code": code_for(SECRET)})
    assert browser.get("/calendar").status_code == 200


def says(newcomer: User, code: str) -> bool:
    """Whether a sign-in of one's own with these figures opens the desk."""
    browser = Browser()
    sign_in(browser, newcomer.email)
    browser.post("/accounts/2fa/authenticate/", {"code": code})
    return browser.get("/calendar").status_code == 200


def test_figures_that_turned_over_while_they_were_typed_are_still_good(newcomer: User) -> None:
    TOTP.activate(newcomer, SECRET)

    with time_machine.travel(TURN, tick=False):
        assert not says(newcomer, code_for(SECRET, ago=2))
        assert says(newcomer, code_for(SECRET, ago=1))


@pytest.mark.parametrize("later", [0, 29, 31, 59])
def test_figures_are_taken_once_as_long_as_they_are_good(newcomer: User, later: int) -> None:
    TOTP.activate(newcomer, SECRET)
    with time_machine.travel(TURN, tick=False):
        code = code_for(SECRET)
        assert says(newcomer, code)

    with time_machine.travel(TURN + timedelta(seconds=later), tick=False):
        assert not says(newcomer, f"{code[:3]} {code[3:]}")
        assert says(newcomer, code_for(SECRET, ago=-1))


def test_figures_said_again_are_tries_like_any_wrong_ones(newcomer: User) -> None:
    """Nobody who saw a code over a shoulder begins the count of tries anew with it."""
    TOTP.activate(newcomer, SECRET)
    with time_machine.travel(TURN, tick=False):
        seen = code_for(SECRET)
        assert says(newcomer, seen)

    with time_machine.travel(TURN + timedelta(seconds=31), tick=False):
        browser = Browser()
        sign_in(browser, newcomer.email)
        for wrong in ["000000"] * 4 + [seen]:
            browser.post("/accounts/2fa/authenticate/", {"code": wrong})

        browser.post("/accounts/2fa/authenticate/", {"code": code_for(SECRET)})

        assert browser.get("/calendar").status_code == 302


@pytest.mark.parametrize("typed", ["1" * 100_000, "\x00\n \ud83d", "１２３４５６", "-"])
def test_whatever_is_typed_for_a_code_is_only_wrong(newcomer: User, typed: str) -> None:
    TOTP.activate(newcomer, SECRET)

    assert not says(newcomer, typed.encode(errors="replace").decode())


def test_a_demo_needs_no_second_factor(newcomer: User, ten: Any) -> None:
    Installation.objects.create(demo=True, created_at=ten)
    browser = Browser()

    sign_in(browser, newcomer.email)

    assert browser.get("/calendar").status_code == 200


def test_nobody_signs_up_by_themselves(db: None) -> None:
    Browser().post("/accounts/signup/", {"email": "x@example.org", "password1": cast.PASSWORD})

    assert not User.objects.exists()


def test_the_way_to_a_password_works_once(willow: Practice) -> None:
    user = actions.add_user(email="new@example.org", name="New One")
    path = actions.password_path(user)
    browser = Browser()
    form = browser.get(path)["Location"]
    browser.post(form, {"password1": cast.PASSWORD, "password2": cast.PASSWORD})

    assert sign_in(Browser(), "new@example.org").status_code == 302
    assert "work any more" in Browser().get(path, follow=True).content.decode()


@pytest.mark.parametrize(
    "address",
    ["/accounts/login/", "/accounts/password/reset/", "/accounts/signup/", "/accounts/password/reset/done/"],
)
def test_pages_for_the_signed_out_open(address: str, willow: Practice) -> None:
    assert Browser().get(address).status_code == 200


def test_a_forgotten_password_is_mailed_through_the_outbox(newcomer: User) -> None:
    Browser().post("/accounts/password/reset/", {"email": newcomer.email})

    message = Message.objects.get()
    assert (message.kind, message.to) == ("sign_in", newcomer.email)
    assert "/accounts/password/reset/key/" in message.body


def test_an_unknown_address_is_answered_alike_and_mailed_nothing(newcomer: User) -> None:
    known = Browser().post("/accounts/password/reset/", {"email": newcomer.email})
    unknown = Browser().post("/accounts/password/reset/", {"email": "who@example.org"})

    assert known["Location"] == unknown["Location"]
    assert Message.objects.count() == 1
