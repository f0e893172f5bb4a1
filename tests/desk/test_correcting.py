from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from holdspace.clients.models import Client
from holdspace.consents import actions, queries
from holdspace.consents.models import Consent
from holdspace.kit.clock import now
from holdspace.scheduling.models import Seat
from tests import cast
from tests.cast import Person

TICKS = ["read", "location", "identity", "present"]
SAID: dict[str, Any] = {"ticks": TICKS, "given_by": "client", "by": "video", "location": "Oak Park"}
PUT_RIGHT = SAID | {"state": "IL", "reason": "The wrong town.", "answer": "yes"}


@pytest.fixture
def seat(osei_person: Person, rosa: Client) -> Seat:
    assert osei_person.clinician
    return cast.appointment(osei_person.clinician, rosa, starts_at=now() - timedelta(minutes=5))


@pytest.fixture
def entry(seat: Seat, osei_person: Person) -> Consent:
    facts: dict[str, Any] = {"ticks": TICKS, "location": "Evanston", "state": "IL", "interpreter": "Lin"}
    return actions.record_verbal(
        seat=seat, answer="yes", actor=osei_person.actor, at=now() - timedelta(minutes=2), **facts
    )


@pytest.fixture
def desk(osei_person: Person, signed_in) -> Browser:
    return signed_in(osei_person)


def address(entry: Consent, name: str = "consent_correct") -> str:
    return reverse(f"desk:{name}", args=[entry.pk])


def test_the_page_holds_the_entry_as_it_stands(desk: Browser, entry: Consent) -> None:
    assert address(entry) in desk.get(address(entry, "consent")).content.decode()

    page = desk.get(address(entry)).content.decode()
    assert 'value="Evanston"' in page
    assert 'value="Lin"' in page
    assert 'id="tick-read" name="ticks" value="read" checked' in page


def test_the_correction_and_what_it_corrects_point_at_each_other(desk: Browser, entry: Consent) -> None:
    response = desk.post(address(entry), PUT_RIGHT)

    made = Consent.objects.exclude(pk=entry.pk).get()
    assert response["Location"] == address(made, "consent")
    assert queries.standing(entry.seat, at=now()) == made
    old, new = (desk.get(address(one, "consent")).content.decode() for one in (entry, made))
    assert "was wrong, and was corrected" in old
    assert address(made, "consent") in old
    assert address(entry, "consent") in new
    assert "The wrong town." in new
    assert address(entry) not in old


def test_without_a_reason_nothing_is_corrected_and_nothing_is_lost(desk: Browser, entry: Consent) -> None:
    page = desk.post(address(entry), PUT_RIGHT | {"reason": ""}).content.decode()

    assert 'value="Oak Park"' in page
    assert "What was wrong with the entry" in page
    assert Consent.objects.count() == 1


def test_a_tick_that_is_missing_is_named_with_what_was_typed(desk: Browser, entry: Consent) -> None:
    response = desk.post(address(entry), PUT_RIGHT | {"ticks": []})

    assert response.status_code == 409
    assert "The wrong town." in response.content.decode()


def test_back_and_pressed_again_is_the_same_correction(desk: Browser, entry: Consent) -> None:
    first = desk.post(address(entry), PUT_RIGHT)
    assert desk.post(address(entry), PUT_RIGHT)["Location"] == first["Location"]

    another = desk.post(address(entry), PUT_RIGHT | {"reason": "Another."})
    assert another.status_code == 409
    assert "corrected in the meantime" in another.content.decode()
    assert desk.get(address(entry))["Location"] == address(entry, "consent")


def test_nobody_else_has_the_page(
    entry: Consent, front_desk_person: Person, birch_person: Person, willow, signed_in
) -> None:
    colleague = cast.person(willow, "Dr Ben Hall", ["clinician", "front_desk"])
    for somebody in (front_desk_person, birch_person, colleague):
        browser = signed_in(somebody)
        assert browser.get(address(entry)).status_code == 404
        assert browser.post(address(entry), PUT_RIGHT).status_code == 404

    assert Consent.objects.count() == 1
