"""Settings: who may change what, and that every change is on the trail."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client as Browser

from holdspace.accounts.models import User
from holdspace.audit.models import Entry
from holdspace.kit.refusals import NotYours
from holdspace.practices import actions, refusals
from holdspace.practices.models import Clinician, Membership, Practice, Site
from holdspace.scheduling.models import AppointmentType
from holdspace.telehealth.models import ServiceTest
from tests import cast

SignIn = Callable[[cast.Person], Browser]


@pytest.fixture
def owner_desk(owner_person: cast.Person, signed_in: SignIn) -> Browser:
    return signed_in(owner_person)


def test_the_owner_switches_telehealth_off_for_the_practice(owner_desk: Browser, willow: Practice) -> None:
    owner_desk.post("/settings/telehealth/switch", {"telehealth_enabled": "off"})

    willow.refresh_from_db()
    assert not willow.telehealth_enabled
    assert Entry.objects.get(what="practices.practice.changed").detail == {
        "changes": {"telehealth_enabled": [True, False]}
    }


def test_the_owner_switches_a_clinician_on(owner_desk: Browser, osei_person: cast.Person) -> None:
    Clinician.objects.update(telehealth_enabled=False)

    owner_desk.post(
        f"/settings/telehealth/clinicians/{osei_person.actor.clinician_id}", {"telehealth_enabled": "on"}
    )

    assert Clinician.objects.get().telehealth_enabled


def test_a_clinician_hides_their_own_addresses_and_nothing_else(
    osei_person: cast.Person, signed_in: SignIn
) -> None:
    browser = signed_in(osei_person)
    own = f"/settings/telehealth/clinicians/{osei_person.actor.clinician_id}"

    assert browser.post(own, {"hide_addresses": "on"}).status_code == 302
    assert browser.post(own, {"telehealth_enabled": "off"}).status_code == 409

    found = Clinician.objects.get()
    assert (found.hide_addresses, found.telehealth_enabled) == (True, True)


def test_another_practices_clinician_cant_be_switched(owner_desk: Browser, birch_person: cast.Person) -> None:
    address = f"/settings/telehealth/clinicians/{birch_person.actor.clinician_id}"

    assert owner_desk.post(address, {"telehealth_enabled": "off"}).status_code == 404


def test_the_front_desk_may_test_but_not_change(front_desk_person: cast.Person, signed_in: SignIn) -> None:
    browser = signed_in(front_desk_person)

    assert browser.get("/settings/telehealth").status_code == 200
    assert browser.post("/settings/telehealth/switch", {"telehealth_enabled": "off"}).status_code == 404
    assert browser.get("/settings/practice").status_code == 404


def test_a_test_of_the_service_is_kept_in_our_own_words(osei_person: cast.Person, signed_in: SignIn) -> None:
    said = {
        "verdict": "one-network",
        "parts": '{"camera": "ok", "relay": "none", "spy": "ok", "microphone": "<b>"}',
    }

    answer = signed_in(osei_person).post(
        "/settings/telehealth/tested", said, headers={"Accept": "application/json"}
    )

    assert answer.json()["ok"]
    assert ServiceTest.objects.get().parts == {"camera": "ok", "relay": "none"}


def test_nonsense_from_the_page_is_refused(osei_person: cast.Person, signed_in: SignIn) -> None:
    answer = signed_in(osei_person).post("/settings/telehealth/tested", {"verdict": "splendid", "parts": "["})

    assert answer.status_code == 409
    assert not ServiceTest.objects.exists()


def test_the_practices_form_saves_and_lists_what_is_wrong(owner_desk: Browser, willow: Practice) -> None:
    said = {"name": "Willow", "shown_name": "Willow", "slug": "willow", "time_zone": "America/New_York",
            "day_starts": "9", "day_ends": "17", "cancellation_hours": "24", "state": "NY"}  # fmt: skip

    assert owner_desk.post("/settings/practice", said).status_code == 302
    wrong = owner_desk.post("/settings/practice", said | {"slug": "Not Good", "day_ends": "8"})

    willow.refresh_from_db()
    assert (willow.name, willow.day_starts) == ("Willow", 9)
    assert wrong.status_code == 422
    assert "2 things need another look" in wrong.content.decode()


def test_an_address_part_that_is_taken_is_refused(
    owner: Any, willow: Practice, birch: Practice, ten: Any
) -> None:
    with pytest.raises(refusals.SlugTaken):
        actions.change_practice(practice=willow, actor=owner, at=ten, slug="birch")


def test_an_invited_clinician_chooses_a_password_and_works(owner_desk: Browser, willow: Practice) -> None:
    said = {"name": "Dr Eli Roth", "email": "Roth@willow.example.org"}

    page = owner_desk.post("/settings/staff/new", said | {"roles": ["clinician"]}).content.decode()

    assert "/accounts/password/reset/key/" in page
    assert Membership.objects.get(user__email="roth@willow.example.org").roles == ["clinician"]
    assert Clinician.objects.get(name="Dr Eli Roth").active
    assert not User.objects.get(email="roth@willow.example.org").has_usable_password()


def test_somebody_of_another_practice_is_invited_without_a_new_password(
    owner_desk: Browser, birch_person: cast.Person
) -> None:
    said = {"name": "Dr Uma Patel", "email": birch_person.user.email, "roles": ["clinician"]}

    page = owner_desk.post("/settings/staff/new", said).content.decode()

    assert "/accounts/password/reset/key/" not in page
    assert birch_person.user.memberships.count() == 2


def test_there_is_always_an_owner(owner_desk: Browser, owner_person: cast.Person) -> None:
    response = owner_desk.post(
        f"/settings/staff/{owner_person.membership.pk}", {"roles": ["front_desk"], "active": "on"}
    )

    assert response.status_code == 409
    owner_person.membership.refresh_from_db()
    assert owner_person.membership.roles == ["owner"]


def test_whoever_is_let_go_gets_no_further(
    owner_desk: Browser, front_desk_person: cast.Person, signed_in: SignIn
) -> None:
    browser = signed_in(front_desk_person)
    owner_desk.post(f"/settings/staff/{front_desk_person.membership.pk}", {"roles": ["front_desk"]})

    assert browser.get("/calendar")["Location"] == "/choose"
    assert Entry.objects.get(what="practices.member.changed").detail["changes"] == {"active": [True, False]}


def test_only_whoever_may_changes_the_practice(osei: Any, willow: Practice, ten: Any) -> None:
    with pytest.raises(NotYours):
        actions.change_practice(practice=willow, actor=osei, at=ten, name="Mine")


def test_types_and_sites_are_added_and_changed(owner_desk: Browser, willow: Practice) -> None:
    kind = {
        "name": "Check-in",
        "minutes": "25",
        "hue": "2",
        "contact_types": ["phone"],
        "places": "1",
        "active": "on",
    }
    owner_desk.post("/settings/types/new", kind)
    owner_desk.post("/settings/sites/new", {"name": "Main", "address": "1 Elm St", "open": "on"})
    made = AppointmentType.objects.get()
    owner_desk.post(f"/settings/types/{made.pk}", kind | {"minutes": "30"})

    made.refresh_from_db()
    assert (made.minutes, made.contact_types) == (30, ["phone"])
    assert Site.objects.get().name == "Main"
