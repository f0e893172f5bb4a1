"""A client's passkeys: in place of a password from the start, added later, and never a second lock."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client as Browser

from holdspace.accounts import passkeys
from holdspace.audit.models import Entry
from holdspace.clients.models import Client, PortalAccount
from holdspace.kit.actor import Holder
from tests import cast
from tests.accounts.test_passkeys import comes, post
from tests.device import Device, at_localhost
from tests.portal.test_account import BORN, invitation_link, page

WELCOME = "/portal/welcome/passkey"


@pytest.fixture(autouse=True)
def clock(ten: datetime) -> Iterator[Any]:
    with time_machine.travel(ten, tick=False) as clock:
        yield clock


@pytest.fixture
def invited(rosa: Client, front_desk: Any, ten: datetime) -> Browser:
    """Rosa's browser, when she has shown who she is."""
    browser = at_localhost(Browser())
    browser.post(invitation_link(rosa, front_desk, ten), BORN | {"last_name": "Marin"})
    return browser


@pytest.fixture
def newcomer(rosa: Client) -> Browser:
    """Somebody who has begun at Willow today, and has a password only."""
    person = cast.person(rosa.practice, "Nia Wall", ["front_desk"])
    Authenticator.objects.filter(user=person.user).delete()
    browser = at_localhost(Browser())
    browser.post("/accounts/login/", {"login": person.user.email, "password": cast.PASSWORD})
    return browser


def opens_an_account(browser: Browser) -> tuple[Device, Any]:
    device = Device()
    options = post(browser, WELCOME + "/ask").json()["options"]
    return device, post(browser, WELCOME, credential=device.makes(options))


def by_password(account: PortalAccount) -> Browser:
    browser = at_localhost(Browser())
    browser.post("/portal/", {"login": account.user.email, "password": cast.PASSWORD})
    return browser


def adds(browser: Browser, client: Client) -> Device:
    device = Device()
    options = post(browser, page(client, "passkey_ask")).json()["options"]
    assert post(browser, page(client, "passkey_add"), credential=device.makes(options)).json()["ok"]
    return device


def test_an_account_begins_with_a_passkey_and_no_password(invited: Browser, rosa: Client) -> None:
    assert "Use a passkey instead" in invited.get("/portal/welcome").content.decode()

    device, answer = opens_an_account(invited)

    assert answer.json()["to"] == "/portal/"
    account = PortalAccount.objects.get(client=rosa)
    assert not account.user.has_usable_password()
    assert "Hello Rosa" in invited.get(page(rosa)).content.decode()
    later, said = comes(device, next="/portal/")
    assert said.json()["to"] == "/portal/"
    assert "Hello Rosa" in later.get("/portal/", follow=True).content.decode()


def test_the_device_files_it_under_the_address_they_sign_in_with(invited: Browser) -> None:
    asked = post(invited, WELCOME + "/ask").json()["options"]["publicKey"]

    assert asked["user"]["name"] == "rosa@example.org"
    assert asked["rp"] == {"id": "localhost", "name": "Holdspace"}
    assert asked["authenticatorSelection"]["userVerification"] == "required"


def test_without_having_shown_who_one_is_no_passkey_is_made(rosa: Client) -> None:
    browser = at_localhost(Browser())

    assert post(browser, WELCOME + "/ask").status_code == 409
    assert post(browser, WELCOME, credential="{}").status_code == 409
    assert not PortalAccount.objects.exists()


@pytest.mark.parametrize("said", ["", "{}", "null"])
def test_a_passkey_that_was_not_made_opens_no_account(invited: Browser, said: str) -> None:
    assert post(invited, WELCOME, credential=said).status_code == 409
    post(invited, WELCOME + "/ask")
    assert post(invited, WELCOME, credential=said).status_code == 409

    assert not PortalAccount.objects.exists()
    assert invited.get("/portal/welcome").status_code == 200


def test_an_address_that_signs_in_here_is_not_taken_over(invited: Browser, rosa: Client) -> None:
    cast.account_of(cast.client_of(rosa.practice, "Rosa", "Other"), email="rosa@example.org")

    assert post(invited, WELCOME + "/ask").status_code == 409


def test_a_new_password_by_mail_is_the_way_back_when_the_device_is_lost(
    invited: Browser, rosa: Client
) -> None:
    opens_an_account(invited)
    account = PortalAccount.objects.get(client=rosa)
    account.user.set_password(cast.PASSWORD)  # as by the link in the mail
    account.user.save()

    assert by_password(account).get(page(rosa)).status_code == 200


def test_a_passkey_is_added_named_and_removed_on_ones_own_pages(rosa: Client) -> None:
    account = cast.account_of(rosa)
    browser = by_password(account)
    device = adds(browser, rosa)
    [mine] = passkeys.passkeys_of(account.user)

    browser.post(page(rosa, "passkey", mine.pk), {"name": "My phone"})
    assert "My phone" in browser.get(page(rosa)).content.decode()
    assert comes(device)[1].status_code == 200
    browser.post(page(rosa, "passkey_remove", mine.pk))

    assert not passkeys.passkeys_of(account.user)
    assert comes(device)[1].status_code == 409
    done = Entry.objects.filter(what__startswith="accounts.passkey.").order_by("pk")
    assert [entry.what.rpartition(".")[2] for entry in done] == ["added", "renamed", "used", "removed"]
    assert {(entry.actor_kind, entry.actor_name) for entry in done} == {(Holder.kind, "")}


def test_a_passkey_beside_a_password_is_a_second_door_and_no_second_lock(rosa: Client) -> None:
    account = cast.account_of(rosa)
    adds(by_password(account), rosa)

    assert by_password(account).get(page(rosa)).status_code == 200


def test_who_wants_a_code_asked_too_may_use_the_passkey_in_its_place(rosa: Client) -> None:
    account = cast.account_of(rosa)
    device = adds(by_password(account), rosa)
    TOTP.activate(account.user, "JBSWY3DPEHPK3PXP")
    browser = by_password(account)
    assert browser.get(page(rosa)).status_code == 302

    options = post(browser, "/accounts/passkeys/second/ask").json()["options"]
    post(browser, "/accounts/passkeys/second", credential=device.opens(options))

    assert browser.get(page(rosa)).status_code == 200


def test_a_client_is_not_offered_a_passkey_in_place_of_the_app(rosa: Client, newcomer: Browser) -> None:
    browser = by_password(cast.account_of(rosa))
    set_up = "/accounts/2fa/totp/activate/"

    assert "Use a passkey instead" not in browser.get(set_up).content.decode()
    assert "Use a passkey instead" in newcomer.get(set_up).content.decode()


def test_the_only_way_in_is_not_removed(invited: Browser, rosa: Client) -> None:
    opens_an_account(invited)
    user = PortalAccount.objects.get(client=rosa).user
    [mine] = passkeys.passkeys_of(user)

    answer = invited.post(page(rosa, "passkey_remove", mine.pk))

    assert answer.status_code == 409
    assert "Choose a password first" in answer.content.decode()
    assert passkeys.passkeys_of(user) == [mine]


def test_somebody_elses_passkey_and_somebody_elses_pages_are_not_there(rosa: Client) -> None:
    account = cast.account_of(rosa)
    browser = by_password(account)
    adds(browser, rosa)
    [mine] = passkeys.passkeys_of(account.user)
    other = cast.client_of(rosa.practice, "Theodor", "Kestrel", phone="+13125550119")
    stranger = by_password(cast.account_of(other))

    for name in ("passkey", "passkey_remove"):
        for whose in (other, rosa):
            assert stranger.get(page(whose, name, mine.pk)).status_code == 404
            assert stranger.post(page(whose, name, mine.pk), {"name": "Mine"}).status_code == 404
    assert stranger.get(page(rosa, "passkey_add")).status_code == 404
    assert passkeys.passkeys_of(account.user) == [mine]


def test_an_hour_later_they_are_asked_who_they_are_first(
    rosa: Client, clock: Any, signed_in: Callable[[Any], Browser]
) -> None:
    browser = at_localhost(signed_in(cast.account_of(rosa)))
    clock.shift(timedelta(minutes=10))

    assert browser.get(page(rosa, "passkey_add"))["Location"].startswith("/accounts/reauthenticate/")
    assert post(browser, page(rosa, "passkey_ask")).json()["to"].startswith("/accounts/reauthenticate/")


def test_a_client_does_not_reach_the_desks_pages(rosa: Client) -> None:
    browser = by_password(cast.account_of(rosa))

    assert browser.get("/account/passkeys/add")["Location"] == "/portal/"
    assert browser.get("/account/passkeys/1").status_code == 302
