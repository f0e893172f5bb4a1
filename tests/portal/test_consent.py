from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from holdspace.clients.models import Client
from holdspace.consents import actions, queries
from holdspace.consents.actions.sealing import seal_due
from holdspace.consents.marks import Mark
from holdspace.consents.models import Consent
from holdspace.kit.actor import Member, Visit
from holdspace.kit.clock import now
from holdspace.messaging.models import Bell
from holdspace.portal.web import COOKIE
from holdspace.practices.models import Practice
from holdspace.scheduling.actions.links import identify
from holdspace.scheduling.models import Seat
from tests import cast
from tests.cast import Person

DRAWN = "M10,20Q15,25 20,30Q25,35 30,40Q35,45 40,50L50.5,60"
TYPED = {"mark": "type", "name": "Rosa Marin", "meant": "on"}


@pytest.fixture
def seat(osei_person: Person, rosa: Client) -> Seat:
    assert osei_person.clinician
    return cast.appointment(osei_person.clinician, rosa, starts_at=now() + timedelta(minutes=20))


@pytest.fixture
def browser(seat: Seat) -> Browser:
    """Rosa's phone, past the identity check."""
    return phone_of(seat)


@pytest.fixture
def visit(seat: Seat) -> Visit:
    return identify(seat=seat, at=now(), birth_date=seat.client.birth_date)[0].as_actor()


@pytest.fixture
def asked(seat: Seat, front_desk: Member) -> Consent:
    return actions.request(seat=seat, channel="email", actor=front_desk, at=now())


def phone_of(seat: Seat) -> Browser:
    _, cookie = identify(seat=seat, at=now(), birth_date=seat.client.birth_date)
    browser = Browser()
    browser.cookies[COOKIE] = cookie
    return browser


def status_of(consent: Consent) -> str:
    return Consent.objects.get(pk=consent.pk).status


def agree(browser: Browser, asked: Consent):
    return browser.post(reverse("portal:consent"), {"asked": asked.pk, "answer": "accept"})


def sign(browser: Browser, asked: Consent, **said):
    return browser.post(reverse("portal:consent_sign"), {"asked": asked.pk, **(TYPED | said)})


def test_the_disclosure_stands_before_the_text_and_both_answers_are_alike(
    browser: Browser, asked: Consent
) -> None:
    page = browser.get(reverse("portal:consent")).content.decode()

    assert page.index("counts like signing on paper") < page.index("Meeting by video") < page.index("I agree")
    assert "I don&#x27;t agree" in page or "I don't agree" in page


def test_opening_the_page_changes_nothing_until_somebody_looks_at_it(
    browser: Browser, asked: Consent
) -> None:
    browser.get(reverse("portal:consent"))
    assert status_of(asked) == "requested"

    browser.post(reverse("portal:consent_opened"), headers={"Accept": "application/json"})
    assert status_of(asked) == "opened"


def test_agreeing_and_typing_a_name_is_a_signature(browser: Browser, asked: Consent, seat: Seat) -> None:
    assert agree(browser, asked)["Location"] == reverse("portal:consent_sign")
    assert sign(browser, asked)["Location"] == reverse("portal:consent_done")

    signed = queries.standing(seat, at=now())
    assert signed == asked
    assert signed.facts["mark"] == {"kind": "typed", "name": "Rosa Marin", "strokes": ""}
    assert signed.facts["identity"] == "birth_date"
    assert signed.facts["address"] == "127.0.0.1"


def test_a_drawing_is_an_equal_signature(browser: Browser, asked: Consent) -> None:
    agree(browser, asked)
    sign(browser, asked, mark="draw", strokes=DRAWN, width="350", height="176", name="")

    signed = Consent.objects.get(pk=asked.pk)
    assert signed.status == "signed"
    assert signed.facts["mark"] == {"kind": "drawn", "name": "Rosa Marin", "strokes": DRAWN}


def test_a_guardian_signs_with_their_own_name(browser: Browser, asked: Consent) -> None:
    cast.contact_of(asked.client, "Ana Marin", guardianship="by_order")
    agree(browser, asked)
    sign(browser, asked, name="Ana Marin", relation="Mother")

    facts = Consent.objects.get(pk=asked.pk).facts
    assert (facts["given_by"], facts["relation"], facts["mark"]["name"]) == (
        "guardian",
        "Mother",
        "Ana Marin",
    )


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"name": ""}, "Type your full name here"),
        ({"mark": "draw", "strokes": ""}, "Draw your signature in the box"),
        ({"meant": ""}, "it says that you mean it"),
        ({"name": "x" * 200_000}, "at most 170 characters"),
    ],
)
def test_what_is_missing_is_said_at_its_field(browser: Browser, asked: Consent, said, sentence: str) -> None:
    agree(browser, asked)
    page = sign(browser, asked, **said)

    assert sentence in page.content.decode()
    assert status_of(asked) == "accepted"


def test_somebody_elses_markup_is_no_drawing(browser: Browser, asked: Consent) -> None:
    agree(browser, asked)
    page = sign(browser, asked, mark="draw", strokes='M0,0L1,1"/><script>alert(1)</script>')

    assert page.status_code == 409
    assert "<script>alert" not in page.content.decode()
    assert status_of(asked) == "accepted"


def test_a_second_press_of_sign_is_the_first(browser: Browser, asked: Consent) -> None:
    agree(browser, asked)
    sign(browser, asked)
    again = sign(browser, asked, name="Somebody Else")

    assert again["Location"] == reverse("portal:consent_done")
    assert Consent.objects.get(pk=asked.pk).facts["mark"]["name"] == "Rosa Marin"


def test_declining_tells_the_clinician_and_a_reason_may_follow(
    browser: Browser, asked: Consent, osei_person: Person
) -> None:
    browser.post(reverse("portal:consent"), {"asked": asked.pk, "answer": "decline"})
    assert "You said no" in browser.get(reverse("portal:consent_done")).content.decode()
    browser.post(reverse("portal:consent_reason"), {"reason": "I'd rather come in."})

    declined = Consent.objects.get(pk=asked.pk)
    assert (declined.status, declined.reason) == ("declined", "I'd rather come in.")
    assert Bell.objects.get(user=osei_person.user).kind == "consent_declined"


def test_a_form_that_was_called_in_while_it_was_read_is_shown_again(
    browser: Browser, asked: Consent, seat: Seat, owner: Member, front_desk: Member
) -> None:
    words: dict[str, Any] = {"text": "## Something new", "script": "New?", "disclosure": "New."}
    actions.publish_version(form=asked.version.form, actor=owner, at=now(), asks_anew=True, **words)
    actions.request(seat=seat, channel="email", actor=front_desk, at=now())

    page = agree(browser, asked)

    assert page.status_code == 409
    assert "Something new" in page.content.decode()
    assert status_of(asked) == "superseded"


def test_another_seats_visitor_cannot_tell_the_form_exists(asked: Consent, osei_person: Person) -> None:
    assert osei_person.clinician
    marta = cast.client_of(osei_person.membership.practice, "Marta", "Mill")
    other = cast.appointment(osei_person.clinician, marta, starts_at=now() + timedelta(hours=2))
    browser = phone_of(other)

    assert agree(browser, asked).status_code == 404
    assert sign(browser, asked).status_code == 404
    assert browser.get(reverse("portal:paper", args=[asked.pk])).status_code == 404
    assert browser.post(reverse("portal:take_back", args=[asked.pk])).status_code == 404
    assert status_of(asked) == "requested"


@pytest.mark.parametrize("name", ["consent", "consent_sign", "consent_done", "papers"])
def test_without_a_visit_there_is_only_the_neutral_page(db, name: str) -> None:
    assert Browser().get(reverse(f"portal:{name}")).status_code == 404


def test_the_copy_is_the_document_byte_for_byte(browser: Browser, asked: Consent) -> None:
    agree(browser, asked)
    sign(browser, asked)

    file = browser.get(reverse("portal:paper", args=[asked.pk]))

    assert file["Content-Disposition"] == 'attachment; filename="form.html"'
    assert b"Rosa Marin" in file.content
    assert (
        Consent.objects.get(pk=asked.pk).document_digest
        in __import__("hashlib").sha256(file.content).hexdigest()
    )


def test_taking_it_back_is_one_press(
    browser: Browser, asked: Consent, seat: Seat, osei_person: Person
) -> None:
    agree(browser, asked)
    sign(browser, asked)
    assert "Take back my agreement" in browser.get(reverse("portal:papers")).content.decode()

    browser.post(reverse("portal:take_back", args=[asked.pk]))

    assert queries.standing(seat, at=now()) is None
    assert "You took it back" in browser.get(reverse("portal:papers")).content.decode()
    assert Bell.objects.filter(user=osei_person.user, kind="consent_revoked").count() == 1


@pytest.mark.parametrize("name", ["consent_done", "papers", "ended"])
def test_pages_say_what_to_do_for_papers_later(browser: Browser, asked: Consent, name: str) -> None:
    agree(browser, asked)
    sign(browser, asked)

    shown = browser.get(reverse(f"portal:{name}")).content.decode()

    assert "Later call us, and we send them to you again." in shown
    assert "They stay in your account" not in shown


def test_the_home_page_says_that_a_form_waits_and_then_that_it_is_signed(
    browser: Browser, asked: Consent
) -> None:
    assert "A form waits for your answer" in browser.get(reverse("portal:home")).content.decode()
    agree(browser, asked)
    sign(browser, asked)

    assert "You agreed to meet by video" in browser.get(reverse("portal:home")).content.decode()


def test_with_nothing_asked_the_page_says_so(browser: Browser) -> None:
    assert "No form is waiting" in browser.get(reverse("portal:consent")).content.decode()


def test_nothing_is_kept_by_browsers_and_no_referrer_is_sent(browser: Browser, asked: Consent) -> None:
    page = browser.get(reverse("portal:consent"))

    assert page["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page["Cache-Control"]


def test_the_signed_document_holds_the_mark_that_was_made(browser: Browser, asked: Consent) -> None:
    agree(browser, asked)
    sign(browser, asked, mark="draw", strokes=DRAWN)
    body = browser.get(reverse("portal:paper", args=[asked.pk])).content.decode()

    assert f'd="{DRAWN}"' in body
    assert Mark("Rosa Marin", DRAWN).kind == "drawn"


def test_the_sealed_pdf_can_be_downloaded_once_it_is_made(
    browser: Browser, asked: Consent, seal: Path
) -> None:
    agree(browser, asked)
    sign(browser, asked)
    address = reverse("portal:paper_pdf", args=[asked.pk])
    assert browser.get(address).status_code == 404
    assert address not in browser.get(reverse("portal:papers")).content.decode()

    seal_due(at=now())

    assert address in browser.get(reverse("portal:papers")).content.decode()
    file = browser.get(address)
    assert file.content.startswith(b"%PDF")
    assert file["Content-Disposition"] == 'attachment; filename="form.pdf"'


def test_nobody_elses_pdf_can_be_downloaded(
    browser: Browser, asked: Consent, osei_person: Person, willow: Practice, seal: Path
) -> None:
    agree(browser, asked)
    sign(browser, asked)
    seal_due(at=now())
    assert osei_person.clinician
    theo = cast.client_of(willow, "Theodor", "Kestrel", phone="+13125550119")
    other = cast.appointment(osei_person.clinician, theo, starts_at=now() + timedelta(days=1))

    assert phone_of(other).get(reverse("portal:paper_pdf", args=[asked.pk])).status_code == 404
