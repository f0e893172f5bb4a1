"""From an empty installation to a practice: one code, one owner, once."""

from typing import Any

import pytest
from django.test import Client as Browser

from holdspace.accounts import setup
from holdspace.accounts.models import User
from holdspace.audit.models import Entry
from holdspace.consents.models import ConsentVersion
from holdspace.practices.models import Clinician, Membership, Practice
from holdspace.scheduling.models import AppointmentType

SAID = {
    "practice_name": "Elm House", "shown_name": "Elm House", "slug": "elm", "time_zone": "America/Chicago",
    "name": "Ada Berg", "email": "ada@elm.example.org", "password": "long enough to be kept",
    "also_clinician": "on",
}  # fmt: skip


@pytest.fixture
def code(db: None, ten: Any) -> str:
    return setup.new_code(ten)


def test_whoever_has_the_code_makes_the_practice_and_owns_it(code: str) -> None:
    response = Browser().post("/setup", SAID | {"code": code})

    owner = Membership.objects.get()
    assert response["Location"] == "/accounts/2fa/totp/activate/"
    assert set(owner.roles) == {"owner", "clinician", "front_desk"}
    assert Clinician.objects.get().time_zone == "America/Chicago"
    assert AppointmentType.objects.filter(practice=owner.practice).count() == 5
    assert ConsentVersion.objects.filter(practice=owner.practice).exists()
    assert Entry.objects.filter(what="practices.practice.set_up").count() == 1


def test_the_owner_is_signed_in_and_goes_on_to_the_second_factor(code: str) -> None:
    browser = Browser()

    browser.post("/setup", SAID | {"code": code})

    assert browser.get("/accounts/2fa/totp/activate/").status_code == 200


def test_a_wrong_code_makes_nothing_and_keeps_what_was_typed(code: str) -> None:
    response = Browser().post("/setup", SAID | {"code": "AAAA-BBBB-CCCC-DDDD"})

    assert response.status_code == 409
    assert "Elm House" in response.content.decode()
    assert not Practice.objects.exists()
    assert not User.objects.exists()


def test_the_code_is_good_however_it_is_typed(code: str) -> None:
    assert setup.is_right(code.lower().replace("-", " "))


def test_a_new_code_makes_the_old_one_worthless(code: str, ten: Any) -> None:
    setup.new_code(ten)

    assert not setup.is_right(code)


def test_the_page_is_gone_once_there_is_a_practice(willow: Practice, ten: Any) -> None:
    code = setup.new_code(ten)

    assert Browser().get("/setup").status_code == 404
    assert Browser().post("/setup", SAID | {"code": code}).status_code == 404


def test_a_weak_password_is_named_at_its_field(code: str) -> None:
    response = Browser().post("/setup", SAID | {"code": code, "password": "short"})

    assert response.status_code == 422
    assert "at least 12" in response.content.decode()


def test_the_code_itself_is_nowhere_in_the_database(code: str) -> None:
    from holdspace.accounts.models import SetupCode

    assert code.replace("-", "") not in SetupCode.objects.get().fingerprint
