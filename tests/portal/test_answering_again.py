"""Answers in the wrong order: the back button, two tabs, pressed twice."""

from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse

from holdspace.audit.models import Entry
from holdspace.clients.models import Client
from holdspace.consents import actions, queries
from holdspace.consents.models import Consent
from holdspace.kit.actor import Member
from holdspace.kit.clock import now
from holdspace.scheduling.models import Seat
from tests import cast
from tests.cast import Person
from tests.portal.test_consent import agree, phone_of, sign

FORM, SIGN, DONE = (reverse(f"portal:{name}") for name in ("consent", "consent_sign", "consent_done"))


@pytest.fixture
def seat(osei_person: Person, rosa: Client) -> Seat:
    assert osei_person.clinician
    return cast.appointment(osei_person.clinician, rosa, starts_at=now() + timedelta(minutes=20))


@pytest.fixture
def browser(seat: Seat) -> Browser:
    return phone_of(seat)


@pytest.fixture
def asked(seat: Seat, front_desk: Member) -> Consent:
    return actions.request(seat=seat, channel="email", actor=front_desk, at=now())


def decline(browser: Browser, asked: Consent):
    return browser.post(FORM, {"asked": asked.pk, "answer": "decline"})


def status_of(consent: Consent) -> str:
    return Consent.objects.get(pk=consent.pk).status


def test_signing_before_agreeing_says_what_comes_first_and_keeps_the_name(
    browser: Browser, asked: Consent
) -> None:
    response = sign(browser, asked)

    assert response.status_code == 409
    page = response.content.decode()
    assert "then sign" in page
    assert 'value="Rosa Marin"' in page
    assert status_of(asked) == "requested"


def test_the_page_to_sign_leads_to_the_text_while_nothing_is_agreed(browser: Browser, asked: Consent) -> None:
    assert browser.get(SIGN)["Location"] == FORM


def test_back_after_signing_and_agreeing_again_leads_to_the_thanks(browser: Browser, asked: Consent) -> None:
    agree(browser, asked)
    sign(browser, asked)

    assert agree(browser, asked)["Location"] == DONE
    assert Entry.objects.filter(what="consents.consent.signed").count() == 1


def test_two_tabs_that_both_agree_and_both_sign_are_one_signature(seat: Seat, asked: Consent) -> None:
    one, other = phone_of(seat), phone_of(seat)
    assert agree(one, asked)["Location"] == agree(other, asked)["Location"] == SIGN

    assert sign(one, asked)["Location"] == DONE
    assert sign(other, asked, name="R. Marin")["Location"] == DONE
    signed = Consent.objects.get(pk=asked.pk)
    assert signed.facts["mark"]["name"] == "Rosa Marin"
    assert Consent.objects.count() == 1


def test_signed_in_one_tab_and_declined_in_the_other_stays_signed(seat: Seat, asked: Consent) -> None:
    one, other = phone_of(seat), phone_of(seat)
    agree(one, asked)
    sign(one, asked)

    page = decline(other, asked).content.decode()
    assert "You have answered this form already" in page
    assert reverse("portal:papers") in page
    assert queries.standing(seat, at=now()) == asked


def test_declined_in_one_tab_and_signed_in_the_other_stays_declined(seat: Seat, asked: Consent) -> None:
    one, other = phone_of(seat), phone_of(seat)
    agree(one, asked)
    decline(other, asked)

    page = sign(one, asked).content.decode()
    assert "You have answered this form already" in page
    assert status_of(asked) == "declined"


def test_back_after_declining_and_declining_again_is_one_no(browser: Browser, asked: Consent) -> None:
    decline(browser, asked)

    assert decline(browser, asked)["Location"] == DONE
    assert Entry.objects.filter(what="consents.consent.declined").count() == 1


def test_a_form_that_names_no_form_is_nobodys(browser: Browser, asked: Consent) -> None:
    for said in ({}, {"asked": "nonsense"}, {"asked": "\x00"}):
        assert browser.post(SIGN, said | {"name": "Rosa", "meant": "on", "mark": "type"}).status_code == 404


def test_a_dot_is_refused_with_a_sentence_and_the_drawing_can_go_on(browser: Browser, asked: Consent) -> None:
    agree(browser, asked)
    dot = "M90,90Q90,90 90,91L91,91L91,90L90,90"
    response = sign(browser, asked, mark="draw", strokes=dot, width="350", height="176", name="")

    page = response.content.decode()
    assert response.status_code == 409
    assert "too small to be a signature" in page
    assert dot in page
