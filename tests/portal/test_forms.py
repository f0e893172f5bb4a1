"""The forms a client finds behind the link: the language, which comes next, what was changed meanwhile."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from holdspace.consents import actions, queries
from holdspace.consents.models import Consent, ConsentForm
from holdspace.kit.actor import Member
from holdspace.kit.clock import now
from holdspace.portal.web import COOKIE
from holdspace.scheduling.actions.links import identify
from holdspace.scheduling.models import Seat
from tests import cast
from tests.cast import Person

WORDS: dict[str, Any] = {"text": "Dear {first_name}, this is new.", "script": "Yes?", "disclosure": "Sign."}
ANSWER, SIGN, DONE = "portal:consent", "portal:consent_sign", "portal:consent_done"


@pytest.fixture
def seat(osei_person: Person, rosa) -> Seat:
    """Rosa in a group, twenty minutes from now."""
    assert osei_person.clinician
    seat = cast.appointment(osei_person.clinician, rosa, starts_at=now() + timedelta(minutes=20))
    kind = seat.appointment.type
    kind.is_group, kind.places = True, 8
    kind.save()
    return seat


@pytest.fixture
def forms(seat: Seat) -> dict[str, ConsentForm]:
    actions.ensure_forms(seat.practice, now() - timedelta(days=90))
    return {form.purpose: form for form in ConsentForm.objects.all()}


@pytest.fixture
def asked(seat: Seat, forms, front_desk: Member) -> Consent:
    return actions.request(seat=seat, channel="email", actor=front_desk, at=now())


@pytest.fixture
def browser(seat: Seat) -> Browser:
    browser = Browser()
    browser.cookies[COOKIE] = identify(seat=seat, at=now(), birth_date=seat.client.birth_date)[1]
    return browser


def say(browser: Browser, where: str, **said: Any) -> str:
    return browser.post(reverse(where), said, follow=True).content.decode()


def see(browser: Browser, name: str) -> str:
    return browser.get(reverse(name)).content.decode()


def sign(browser: Browser, asked: Consent, **said: Any) -> Any:
    typed = {"asked": asked.pk, "mark": "type", "name": "Rosa Marin", "meant": "on"}
    return browser.post(reverse(SIGN), typed | said, follow=True)


def test_one_form_leads_to_the_next(browser: Browser, asked: Consent, seat: Seat) -> None:
    say(browser, ANSWER, asked=asked.pk, answer="accept")
    done = sign(browser, asked).content.decode()

    assert "There is one more form to read." in done
    assert "Meeting in a group by video" in see(browser, ANSWER)
    assert "A form waits for your answer" in see(browser, "portal:home")


def test_a_form_that_may_be_declined_says_so(
    browser: Browser, asked: Consent, seat: Seat, forms, owner: Member
) -> None:
    said = "You can say no to this one"
    assert said not in see(browser, ANSWER)

    rules = {(forms["telehealth"].pk, seat.appointment.type_id): "may"}
    actions.set_rules(practice=seat.practice, rules=rules, actor=owner, at=now())

    assert said in see(browser, ANSWER)


def test_both_papers_are_listed_and_taken_back_one_by_one(
    browser: Browser, asked: Consent, seat: Seat
) -> None:
    for waits in (asked, None):
        one = waits or queries.live_request(seat)
        assert one
        say(browser, ANSWER, asked=one.pk, answer="accept")
        sign(browser, one)
    papers = see(browser, "portal:papers")

    assert papers.count("Take back my agreement") == 2
    assert "Meeting in a group by video" in papers


def test_a_text_that_was_replaced_while_signing_shows_the_new_one_and_keeps_the_name(
    browser: Browser, asked: Consent, forms, owner: Member
) -> None:
    cast.contact_of(asked.client, "Ana Marin", guardianship="by_order")
    say(browser, ANSWER, asked=asked.pk, answer="accept")
    actions.publish_version(form=forms["telehealth"], actor=owner, at=now(), asks_anew=True, **WORDS)
    response = sign(browser, asked, name="Ana Marin", relation="Mother")
    page = response.content.decode()

    assert response.status_code == 409
    for words in ("This form was changed", "Dear Rosa, this is new.", 'value="Ana Marin"', 'value="Mother"'):
        assert words in page
    instead = queries.live_request(asked.seat)
    assert instead
    kept = say(browser, ANSWER, asked=instead.pk, answer="accept", name="Ana Marin", relation="Mother")
    assert "Now sign it" in kept
    assert 'value="Ana Marin"' in kept
    sign(browser, instead, name="Ana Marin", relation="Mother")
    assert Consent.objects.get(pk=instead.pk).facts["mark"]["name"] == "Ana Marin"


def test_a_retired_version_is_not_signed(browser: Browser, asked: Consent, forms, owner: Member) -> None:
    say(browser, ANSWER, asked=asked.pk, answer="accept")
    actions.publish_version(form=forms["telehealth"], actor=owner, at=now(), **WORDS)
    actions.retire_version(version=asked.version, actor=owner, at=now())
    page = sign(browser, asked)

    assert page.status_code == 409
    assert "Dear Rosa, this is new." in page.content.decode()
    assert Consent.objects.get(pk=asked.pk).status == "superseded"


def test_a_form_that_isnt_asked_any_more_says_so(
    browser: Browser, asked: Consent, seat: Seat, forms, owner: Member
) -> None:
    say(browser, ANSWER, asked=asked.pk, answer="accept")
    sign(browser, asked)
    group = queries.live_request(seat)
    assert group
    actions.retire_form(form=forms["group"], actor=owner, at=now())

    assert "We no longer need an answer to this form" in say(browser, ANSWER, asked=group.pk, answer="accept")


@pytest.mark.parametrize(("speaks", "said"), [("es", "this form in Spanish yet"), ("en", "")])
def test_a_language_that_is_missing_is_said_on_the_page(
    browser: Browser, asked: Consent, seat: Seat, speaks: str, said: str
) -> None:
    seat.client.language = speaks
    seat.client.save()
    page = see(browser, ANSWER)

    assert ("We don&#x27;t have" in page or "We don't have" in page) == bool(said)
    assert said in page
