"""Signing for a client who doesn't decide alone."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.urls import reverse

from holdspace.audit.models import Entry
from holdspace.clients.models import Client, Contact
from holdspace.consents import actions, queries
from holdspace.consents.models import Consent
from holdspace.kit.actor import Member
from holdspace.kit.clock import now
from holdspace.scheduling import links
from holdspace.scheduling.models import Came, Seat, VisitRow
from tests import cast
from tests.cast import Person
from tests.portal.test_consent import DRAWN, agree, phone_of, sign

# As a word: three letters stand in every few thousandth page by chance, in what was drawn at random for it.
ANA = re.compile(r"\bAna\b")


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

    assert not ANA.search(page_of(browser, "consent") + page_of(browser, "consent_sign"))


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


@pytest.fixture
def of_age(asked: Consent) -> Consent:
    """The same form, if Rosa were forty: her mother's tie ended with her childhood."""
    asked.client.birth_date = date(1986, 2, 28)
    asked.client.save()
    return asked


def test_for_an_adult_nobody_else_is_asked_to_sign(browser: Browser, of_age: Consent) -> None:
    agree(browser, of_age)

    page = page_of(browser, "consent_sign")
    assert "somebody else" not in page
    assert 'name="relation"' not in page


def test_somebody_else_signs_for_no_adult_and_nothing_typed_is_lost(
    browser: Browser, of_age: Consent, seat: Seat
) -> None:
    agree(browser, of_age)
    response = sign(browser, of_age, name="Ana Marin", relation="mother")

    page = response.content.decode()
    assert response.status_code == 409
    for words in ("Only the person this form is for can sign it", 'value="Ana Marin"', 'value="mother"'):
        assert words in page, words
    assert queries.standing(seat, at=now()) is None

    sign(browser, of_age, name="Rosa Marin", relation="")
    assert queries.standing(seat, at=now()) == of_age


def test_a_minor_who_may_sign_alone_may_leave_it_to_a_parent(seat: Seat, front_desk: Member) -> None:
    asked = actions.request(seat=seat, channel="portal", alone=True, actor=front_desk, at=now())
    browser = phone_of(seat)
    agree(browser, asked)
    assert "Are you signing for somebody else?" in page_of(browser, "consent_sign")

    sign(browser, asked, name="Ana Marin", relation="mother")
    assert Consent.objects.get(pk=asked.pk).facts["given_by"] == "guardian"


GUARDIAN = {"born": "02/29/2016", "here": "guardian", "your_name": "ana  marin", "relation": "mother"}


def arrive(seat: Seat, **said: str) -> tuple[Browser, Any]:
    browser = Browser()
    path = reverse("portal:arrive", args=[seat.practice.slug, links.key_of(seat)])
    return browser, browser.post(path, said) if said else browser.get(path)


def test_the_way_in_asks_for_the_clients_birth_date_and_who_is_here(seat: Seat) -> None:
    page = arrive(seat)[1].content.decode()

    assert "When were they born?" in page
    assert "Who is here?" in page
    assert not ANA.search(page)
    assert "Rosa" not in page


@pytest.mark.parametrize("missing", ["here", "your_name", "relation"])
def test_without_saying_who_is_here_nobody_gets_in_and_it_is_no_try(seat: Seat, missing: str) -> None:
    _, response = arrive(seat, **(GUARDIAN | {missing: " "}))

    assert response.status_code == 422
    assert "Tell us who is here" in response.content.decode()
    seat.refresh_from_db()
    assert seat.link_wrong == 0


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"here": "client"}, "filled in what a parent or guardian does"),
        ({"here": "client", "relation": ""}, "filled in what a parent or guardian does"),
        ({"here": "client", "your_name": ""}, "filled in what a parent or guardian does"),
        ({"relation": " "}, "Write what you are to them too"),
        ({"your_name": " "}, "Write your own full name too"),
        ({"here": ""}, "Tell us who is here"),
    ],
)
def test_what_says_two_things_is_asked_again_and_nothing_typed_is_lost(
    seat: Seat, said: dict[str, str], sentence: str
) -> None:
    """Above all it isn't taken for the client's own."""
    typed = GUARDIAN | said
    _, response = arrive(seat, **typed)

    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    for name in ("born", "your_name", "relation"):
        assert f'value="{typed[name]}"' in page or not typed[name].strip()
    assert not typed["here"] or f'value="{typed["here"]}" checked' in page
    assert not VisitRow.objects.exists()
    seat.refresh_from_db()
    assert seat.link_wrong == 0


def test_the_same_is_said_whether_the_name_is_on_the_chart_or_not(seat: Seat) -> None:
    def sentence(name: str) -> str:
        page = arrive(seat, born="02/29/2016", here="client", your_name=name)[1].content.decode()
        return page.partition('role="alert"')[2].partition("</div></div>")[0]

    assert sentence("Ana Marin") == sentence("Rosa Marin") == sentence("Somebody Else") != ""


@pytest.fixture
def alone(seat: Seat, front_desk: Member) -> Consent:
    """A form that Rosa may sign without anybody, under the law where she is."""
    return actions.request(seat=seat, channel="portal", alone=True, actor=front_desk, at=now())


def test_a_parent_who_clears_what_they_are_doesnt_sign_as_the_child(seat: Seat, alone: Consent) -> None:
    browser, _ = arrive(seat, **GUARDIAN)
    agree(browser, alone)
    response = browser.post(
        reverse("portal:consent_sign"),
        {"asked": alone.pk, "mark": "type", "name": "Ana Marin", "relation": "", "meant": "on"},
    )

    page = response.content.decode()
    assert response.status_code == 422
    assert "You typed your own name" in page
    assert 'value="Ana Marin"' in page
    assert Consent.objects.get(pk=alone.pk).status == "accepted"

    sign(browser, alone, name="Rosa Marin", relation="")
    assert Consent.objects.get(pk=alone.pk).facts["given_by"] == "client"


def test_a_drawing_for_a_child_who_may_sign_alone_says_whose_it_is(seat: Seat, alone: Consent) -> None:
    browser = phone_of(seat)
    agree(browser, alone)
    drawing = {"mark": "draw", "strokes": DRAWN, "width": "350", "height": "176", "relation": "mother"}

    assert "it says whose signature this is" in sign(browser, alone, **drawing, name="").content.decode()
    sign(browser, alone, **drawing, name="Ana Marin")
    assert Consent.objects.get(pk=alone.pk).facts["giver"] == "Ana Marin"


def test_the_visit_keeps_who_came_sealed_and_the_trail_keeps_no_name(seat: Seat) -> None:
    assert arrive(seat, **GUARDIAN)[1]["Location"] == "/v/"

    visit = VisitRow.objects.latest("started_at")
    contact = Contact.objects.get(name="Ana Marin")
    assert visit.came == Came("ana marin", "mother", str(contact.pk))
    entry = Entry.objects.filter(what="scheduling.link.entered").latest("at")
    assert (entry.detail["for_them"], entry.detail["contact"]) == (True, str(contact.pk))
    assert "marin" not in str(entry.detail)
    with connection.cursor() as cursor:
        cursor.execute("SELECT who FROM scheduling_visit")
        assert "marin" not in str(cursor.fetchall())


def test_the_signature_begins_with_the_name_that_was_said_on_the_way_in(seat: Seat, asked: Consent) -> None:
    browser, _ = arrive(seat, **GUARDIAN)
    agree(browser, asked)

    page = page_of(browser, "consent_sign")
    assert 'value="ana marin"' in page
    assert 'value="mother"' in page


def test_a_guardians_no_names_them(seat: Seat, asked: Consent) -> None:
    browser, _ = arrive(seat, **GUARDIAN)
    browser.post(reverse("portal:consent"), {"asked": asked.pk, "answer": "decline"})

    facts = Consent.objects.get(pk=asked.pk).facts
    assert (facts["given_by"], facts["giver"], facts["relation"]) == ("guardian", "ana marin", "mother")
    assert facts["identity_words"].startswith("the client's link and date of birth; a name on file")


def test_a_child_who_comes_alone_says_no_themselves(seat: Seat, asked: Consent) -> None:
    browser, _ = arrive(seat, born="02/29/2016", here="client")
    browser.post(reverse("portal:consent"), {"asked": asked.pk, "answer": "decline"})

    assert Consent.objects.get(pk=asked.pk).facts["given_by"] == "client"


def test_the_appointment_says_who_came(
    seat: Seat, osei_person: Person, signed_in: Callable[[Person], Browser]
) -> None:
    arrive(seat, **(GUARDIAN | {"your_name": "Somebody Else", "relation": "aunt"}))

    page = signed_in(osei_person).get(reverse("desk:appointment", args=[seat.pk])).content.decode()
    assert "Came in: Somebody Else, aunt" in page
    assert "Not on file as deciding for them" in page


def test_a_no_for_a_child_says_that_nobody_was_asked_who_it_was(browser: Browser, asked: Consent) -> None:
    browser.post(reverse("portal:consent"), {"asked": asked.pk, "answer": "decline"})

    facts = Consent.objects.get(pk=asked.pk).facts
    assert (facts["given_by"], facts["identity_words"]) == ("unsaid", "their own link and date of birth")
