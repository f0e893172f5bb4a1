"""Passkeys at work: added, named, removed; they sign in by themselves, and count beside a password."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client as Browser

from holdspace.accounts import passkeys
from holdspace.accounts.queries import has_second_factor
from holdspace.audit.models import Entry
from holdspace.practices.models import Membership, Practice
from tests import cast
from tests.device import Device, at_localhost

ADD, ASK = "/account/passkeys/add", "/account/passkeys/add/ask"
SIGN_IN = "/accounts/passkeys/sign-in"
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def nia(willow: Practice) -> cast.Person:
    """Works at Willow, has a password and no second factor yet."""
    person = cast.person(willow, "Nia Wall", ["front_desk"])
    Authenticator.objects.filter(user=person.user).delete()
    return person


def by_password(person: cast.Person) -> Browser:
    browser = at_localhost(Browser())
    browser.post("/accounts/login/", {"login": person.user.email, "password": cast.PASSWORD})
    return browser


def post(browser: Browser, address: str, **said: str) -> Any:
    return browser.post(address, said, **JSON)  # type: ignore[arg-type]


def adds(browser: Browser, name: str = "", device: Device | None = None) -> Device:
    made = device or Device()
    options = post(browser, ASK).json()["options"]
    answer = post(browser, ADD, credential=made.makes(options), name=name)
    assert answer.json()["ok"], answer.content
    return made


def comes(device: Device, **said: str) -> tuple[Browser, Any]:
    """Somebody new at the sign-in page, with this device."""
    browser = at_localhost(Browser())
    options = post(browser, SIGN_IN + "/ask").json()["options"]
    return browser, post(browser, SIGN_IN, credential=device.opens(options), **said)


def test_a_passkey_is_the_second_factor_and_opens_the_desk(nia: cast.Person) -> None:
    browser = by_password(nia)
    assert browser.get("/calendar").status_code == 302

    device = Device()
    options = post(browser, ASK).json()["options"]
    answer = post(browser, ADD, credential=device.makes(options), name="My phone")

    assert answer.json()["to"] == "/accounts/2fa/recovery-codes/"
    assert len(browser.get(answer.json()["to"]).context["unused_codes"]) == 10
    assert has_second_factor(nia.user)
    assert browser.get("/calendar").status_code == 200
    assert "My phone" in browser.get("/account").content.decode()


def test_whoever_has_one_signs_in_by_it_alone(nia: cast.Person) -> None:
    device = adds(by_password(nia))

    browser, answer = comes(device)

    assert answer.json() == {"ok": True, "to": "/"}
    assert browser.get("/calendar").status_code == 200


def test_signing_in_leads_on_to_where_they_were_going_and_nowhere_else(nia: cast.Person) -> None:
    device = adds(by_password(nia))

    assert comes(device, next="/clients")[1].json()["to"] == "/clients"
    assert comes(device, next="https://elsewhere.example.org/")[1].json()["to"] == "/"


def test_after_a_password_the_passkey_is_asked_for(nia: cast.Person) -> None:
    device = adds(by_password(nia))
    browser = by_password(nia)
    assert browser.get("/calendar").status_code == 302
    asked = browser.get("/accounts/2fa/authenticate/").content.decode()
    assert "Use your passkey" in asked
    # The button stays hidden without its script.
    assert "built/passkey." in asked

    options = post(browser, "/accounts/passkeys/second/ask").json()["options"]
    answer = post(browser, "/accounts/passkeys/second", credential=device.opens(options))

    assert answer.json()["to"] == "/"
    assert browser.get("/calendar").status_code == 200


def test_a_recovery_code_replaces_a_lost_device(nia: cast.Person) -> None:
    first = by_password(nia)
    adds(first)
    code = first.get("/accounts/2fa/recovery-codes/").context["unused_codes"][0]
    browser = by_password(nia)

    browser.post("/accounts/2fa/authenticate/", {"code": code})

    assert browser.get("/calendar").status_code == 200


def test_anothers_passkey_is_no_second_factor(nia: cast.Person, osei_person: cast.Person) -> None:
    adds(by_password(nia))
    other = Device()
    browser = by_password(nia)
    options = post(browser, "/accounts/passkeys/second/ask").json()["options"]

    answer = post(browser, "/accounts/passkeys/second", credential=other.opens(options))

    assert answer.status_code == 409
    assert browser.get("/calendar").status_code == 302


def test_a_key_that_only_wants_to_be_touched_is_not_enough(nia: cast.Person) -> None:
    browser = by_password(nia)
    options = post(browser, ASK).json()["options"]

    answer = post(browser, ADD, credential=Device(checks_who=False).makes(options))

    assert answer.status_code == 409
    assert not passkeys.passkeys_of(nia.user)


def test_an_answer_is_good_for_one_challenge(nia: cast.Person) -> None:
    browser = by_password(nia)
    device = Device()
    said = device.makes(post(browser, ASK).json()["options"])
    post(browser, ADD, credential=said)

    assert post(browser, ADD, credential=said).status_code == 409
    assert len(passkeys.passkeys_of(nia.user)) == 1


@pytest.mark.parametrize(
    "said", ["", "{}", "[]", "null", '"x"', "no json", '{"response": {"userHandle": "AA"}, "id": 3}']
)
def test_nonsense_is_declined_with_a_sentence(nia: cast.Person, said: str) -> None:
    browser = by_password(nia)
    post(browser, ASK)
    stranger = at_localhost(Browser())
    post(stranger, SIGN_IN + "/ask")

    for answer in (post(browser, ADD, credential=said), post(stranger, SIGN_IN, credential=said)):
        assert answer.status_code == 409
        assert answer.json()["sentence"]


def test_a_removed_passkey_opens_nothing(nia: cast.Person) -> None:
    browser = by_password(nia)
    device = adds(browser)
    [mine] = passkeys.passkeys_of(nia.user)
    page = f"/account/passkeys/{mine.pk}/remove"

    assert "your only second factor" in browser.get(page).content.decode()
    browser.post(page)

    assert comes(device)[1].status_code == 409
    assert not Authenticator.objects.filter(user=nia.user).exists()
    assert browser.get("/calendar")["Location"] == "/accounts/2fa/totp/activate/"


def test_a_passkey_is_called_as_its_owner_likes(nia: cast.Person) -> None:
    browser = by_password(nia)
    adds(browser)
    [mine] = passkeys.passkeys_of(nia.user)
    assert mine.name == "My passkey"

    browser.post(f"/account/passkeys/{mine.pk}", {"name": "  The  office computer "})
    browser.post(f"/account/passkeys/{mine.pk}", {"name": " "})

    assert passkeys.passkeys_of(nia.user)[0].name == "The office computer"


def test_somebody_elses_passkey_is_not_there(nia: cast.Person, osei_person: cast.Person) -> None:
    adds(by_password(nia))
    [hers] = passkeys.passkeys_of(nia.user)
    Authenticator.objects.filter(user=osei_person.user).delete()
    browser = by_password(osei_person)
    adds(browser)

    for page in (f"/account/passkeys/{hers.pk}", f"/account/passkeys/{hers.pk}/remove"):
        assert browser.get(page).status_code == 404
        assert browser.post(page, {"name": "Mine"}).status_code == 404
    assert passkeys.passkeys_of(nia.user) == [hers]


def test_opening_the_pages_changes_nothing(nia: cast.Person) -> None:
    browser = by_password(nia)
    adds(browser)
    [mine] = passkeys.passkeys_of(nia.user)
    before = list(Authenticator.objects.values())

    for page in (ADD, f"/account/passkeys/{mine.pk}", f"/account/passkeys/{mine.pk}/remove"):
        assert browser.get(page).status_code == 200
    for button in (ASK, SIGN_IN, SIGN_IN + "/ask"):
        assert browser.get(button).status_code == 405

    assert list(Authenticator.objects.values()) == before


def test_whoever_has_been_here_a_while_says_again_who_they_are(
    nia: cast.Person, signed_in: Callable[[Any], Browser]
) -> None:
    device = adds(by_password(nia))
    browser = at_localhost(signed_in(nia))
    again = "/accounts/reauthenticate/?next=%2Faccount%2Fpasskeys%2Fadd"
    assert browser.get(ADD)["Location"] == again
    assert post(browser, ASK).json()["to"] == again

    options = post(browser, "/accounts/passkeys/again/ask").json()["options"]
    said = post(browser, "/accounts/passkeys/again", credential=device.opens(options), next=ADD)

    assert said.json()["to"] == ADD
    assert browser.get(ADD).status_code == 200


def test_every_practice_that_knows_them_has_it_on_its_trail_and_no_name(
    nia: cast.Person, birch: Practice
) -> None:
    Membership.objects.create(practice=birch, user=nia.user, roles=["front_desk"])
    browser = by_password(nia)
    device = adds(browser, "Nia’s phone")
    comes(device)
    [mine] = passkeys.passkeys_of(nia.user)
    passkeys.remove(user=nia.user, pk=mine.pk, at=cast.TEN)

    entries = Entry.objects.filter(what__startswith="accounts.passkey.")
    said = entries.filter(practice_id=birch.pk).order_by("pk").values_list("what", flat=True)
    assert list(said) == ["accounts.passkey.added", "accounts.passkey.used", "accounts.passkey.removed"]
    assert entries.count() == 6
    assert {entry.subject_id for entry in entries} == {nia.user.pk}
    assert {str(entry.detail) for entry in entries} == {str({"passkey": mine.pk})}


def test_a_sign_in_that_is_not_in_use_stays_closed(nia: cast.Person) -> None:
    device = adds(by_password(nia))
    nia.user.is_active = False
    nia.user.save()

    browser, _answer = comes(device)

    assert browser.get("/calendar")["Location"].startswith("/accounts/login/")
    assert not Entry.objects.filter(what="accounts.passkey.used").exists()


def test_an_address_that_cannot_use_passkeys_says_so(nia: cast.Person) -> None:
    page = Browser().get("/accounts/login/").content.decode()

    assert "begins with https" in page
    assert "Sign in with a passkey" not in page
    assert "Sign in with a passkey" in at_localhost(Browser()).get("/accounts/login/").content.decode()


def test_the_librarys_own_pages_are_not_there(nia: cast.Person) -> None:
    browser = by_password(nia)

    for page in ("", "add/", "login/", "keys/1/remove/"):
        assert browser.get(f"/accounts/2fa/webauthn/{page}").status_code == 404
