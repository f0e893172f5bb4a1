"""Signing for a client who doesn't decide alone."""

from datetime import date, timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse

from holdspace.clients.models import Client
from holdspace.consents import actions, queries
from holdspace.consents.models import Consent
from holdspace.kit.actor import Member
from holdspace.kit.clock import now
from holdspace.scheduling.models import Seat
from tests import cast
from tests.cast import Person
from tests.portal.test_consent import DRAWN, agree, phone_of, sign


@pytest.fixture
def seat(osei_person: Person, rosa: Client) -> Seat:
    rosa.birth_date = date(2016, 2, 29)
    rosa.save()
    cast.contact_of(rosa, "Ana Marin", guardianship="of_minor")
    assert osei_person.clinician
    return cast.appointment(osei_person.clinician, rosa, starts_at=now() + timedelta(minutes=20))


@pytest.fixture
def browser(seat: Seat) -> Browser:
    return phone_of(seat)


@pytest.fixture
def asked(seat: Seat, front_desk: Member) -> Consent:
    return actions.request(seat=seat, channel="email", actor=front_desk, at=now())


def page_of(browser: Browser, name: str) -> str:
    return browser.get(reverse(f"portal:{name}")).content.decode()


def test_the_page_says_who_signs_for_whom(browser: Browser, asked: Consent) -> None:
    assert "For whoever decides for Rosa M." in page_of(browser, "consent")
    agree(browser, asked)

    page = page_of(browser, "consent_sign")
    assert "Now sign it for Rosa" in page
    assert "What are you to Rosa?" in page


def test_nobodys_name_on_the_chart_is_given_away(browser: Browser, asked: Consent) -> None:
    agree(browser, asked)

    assert "Ana" not in page_of(browser, "consent") + page_of(browser, "consent_sign")


def test_without_a_relation_nothing_is_signed_and_nothing_typed_is_lost(
    browser: Browser, asked: Consent
) -> None:
    agree(browser, asked)
    response = sign(browser, asked, name="Ana Marin")

    page = response.content.decode()
    assert "Write what you are to them" in page
    assert 'value="Ana Marin"' in page
    assert Consent.objects.get(pk=asked.pk).status == "accepted"


def test_a_drawing_says_whose_it_is(browser: Browser, asked: Consent, seat: Seat) -> None:
    agree(browser, asked)
    drawing = {"mark": "draw", "strokes": DRAWN, "width": "350", "height": "176", "relation": "mother"}
    assert "it says whose signature this is" in sign(browser, asked, **drawing, name="").content.decode()

    sign(browser, asked, **drawing, name="Ana Marin")
    signed = queries.standing(seat, at=now())
    assert signed
    assert signed.facts["mark"]["name"] == "Ana Marin"


@pytest.mark.parametrize("name", ["Ana Marin", "Аня Марін", "安娜 马林", "ana o'marin-ñ"])
def test_a_name_in_any_script_signs(browser: Browser, asked: Consent, seat: Seat, name: str) -> None:
    agree(browser, asked)
    sign(browser, asked, name=name, relation="mother")

    signed = queries.standing(seat, at=now())
    assert signed
    assert signed.facts["giver"] == name
    assert bool(signed.facts["on_file"]) is (name == "Ana Marin")


def test_where_the_law_lets_them_the_minor_is_asked_alone(seat: Seat, front_desk: Member) -> None:
    asked = actions.request(seat=seat, channel="portal", alone=True, actor=front_desk, at=now())
    browser = phone_of(seat)
    assert "For whoever decides" not in page_of(browser, "consent")
    agree(browser, asked)
    sign(browser, asked)

    assert queries.standing(seat, at=now()) == asked


def test_a_no_for_a_child_says_that_nobody_was_asked_who_it_was(browser: Browser, asked: Consent) -> None:
    browser.post(reverse("portal:consent"), {"asked": asked.pk, "answer": "decline"})

    facts = Consent.objects.get(pk=asked.pk).facts
    assert (facts["given_by"], facts["identity_words"]) == ("unsaid", "their own link and date of birth")
