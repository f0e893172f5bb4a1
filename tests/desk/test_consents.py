"""A consent's whole life on one page, with its papers."""

from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from holdspace.audit.models import Entry
from holdspace.clients.models import Client
from holdspace.consents import actions
from holdspace.consents.actions.sealing import seal_due
from holdspace.consents.marks import Mark
from holdspace.consents.models import Consent, Paper
from holdspace.kit.actor import Member, Visit
from holdspace.kit.clock import now
from holdspace.messaging.models import Message
from holdspace.scheduling.actions.links import identify
from holdspace.scheduling.models import Seat
from tests import cast
from tests.cast import Person


@pytest.fixture
def seat(osei_person: Person, rosa: Client) -> Seat:
    assert osei_person.clinician
    return cast.appointment(osei_person.clinician, rosa, starts_at=now() + timedelta(minutes=20))


@pytest.fixture
def visit(seat: Seat) -> Visit:
    return identify(seat=seat, at=now(), birth_date=seat.client.birth_date)[0].as_actor()


@pytest.fixture
def signed(seat: Seat, visit: Visit, front_desk: Member) -> Consent:
    asked = actions.request(seat=seat, channel="email", actor=front_desk, at=now())
    actions.open_request(consent=asked, actor=visit, at=now())
    actions.accept(consent=asked, actor=visit, at=now())
    return actions.sign(
        consent=asked, mark=Mark("Rosa Marin"), intent=True, identity="birth_date", actor=visit, at=now()
    )


@pytest.fixture
def desk(osei_person: Person, signed_in) -> Browser:
    return signed_in(osei_person)


def page_of(desk: Browser, consent: Consent) -> str:
    response = desk.get(reverse("desk:consent", args=[consent.pk]))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_the_life_of_a_consent_is_told_in_order(desk: Browser, signed: Consent, seal: Path) -> None:
    seal_due(at=now())
    desk.get(reverse("desk:consent_pdf", args=[signed.pk]))
    actions.revoke(consent=signed, actor=_visit(signed), at=now())

    life = page_of(desk, signed).partition('<ol class="hs-steps">')[2]

    said = (
        "Asked in writing", "Bea Lind, by e-mail", "Opened", "The client", "Accepted", "PDF sealed",
        "Holdspace</span>", "Downloaded", "Dr Ama Osei, the PDF", "Withdrawn",
    )  # fmt: skip
    places = [life.find(words) for words in said]
    assert -1 not in places, dict(zip(said, places, strict=True))
    assert places == sorted(places)


def _visit(consent: Consent) -> Visit:
    seat = consent.seat
    return identify(seat=seat, at=now(), birth_date=seat.client.birth_date)[0].as_actor()


def test_what_is_still_to_come_is_said(desk: Browser, signed: Consent) -> None:
    page = page_of(desk, signed)

    assert "The PDF is being made" in page
    assert page.count("not yet") == 2  # sealed, and over in a year


def test_who_gave_it_and_how_stands_beside(desk: Browser, signed: Consent) -> None:
    page = page_of(desk, signed)

    assert "their own link and date of birth" in page
    assert str(signed.pk) in page
    assert "Illinois" in page


def test_the_appointment_stands_beside_as_it_was_when_the_answer_was_given(
    desk: Browser, signed: Consent
) -> None:
    begins = signed.seat.appointment.starts_at.astimezone(ZoneInfo("America/New_York"))
    other = cast.person(signed.practice, "Dr Lee Park", ["clinician"]).clinician
    assert other
    signed.seat.appointment.clinicians.add(other)

    page = page_of(desk, signed)

    assert f"{begins:%a, %b} {begins.day}, {begins.year}, {begins.hour % 12 or 12}:{begins:%M %p}" in page
    assert "Eastern (New York), Telehealth" in page
    assert "<dt>Its clinicians</dt><dd>Dr Ama Osei</dd>" in page


def test_the_pdf_comes_as_a_file_whose_name_says_nothing(desk: Browser, signed: Consent, seal: Path) -> None:
    seal_due(at=now())

    file = desk.get(reverse("desk:consent_pdf", args=[signed.pk]))

    assert file.content.startswith(b"%PDF")
    assert file["Content-Disposition"] == 'attachment; filename="form.pdf"'
    assert Entry.objects.filter(what="consents.paper.read", subject_id=signed.pk).count() == 1


def test_before_it_is_made_there_is_no_file(desk: Browser, signed: Consent) -> None:
    assert desk.get(reverse("desk:consent_pdf", args=[signed.pk])).status_code == 404


def test_a_pdf_that_failed_is_shown_with_one_press_to_try_again(
    desk: Browser, signed: Consent, seal: Path
) -> None:
    away = seal.rename(seal.with_name("elsewhere"))
    seal_due(at=now())
    assert "The PDF isn't made yet" in page_of(desk, signed)
    assert "Tried once." in page_of(desk, signed)
    away.rename(seal)

    answer = desk.post(reverse("desk:consent_try_again", args=[signed.pk]))

    assert answer.status_code == 302
    assert "The PDF is being made" in page_of(desk, signed)
    assert seal_due(at=now()) == 1
    assert Paper.objects.get().is_sealed


def test_looking_is_on_the_trail_once_an_hour(desk: Browser, signed: Consent) -> None:
    page_of(desk, signed)
    page_of(desk, signed)

    assert Entry.objects.filter(what="consents.consent.seen", subject_id=signed.pk).count() == 1


def test_another_practice_never_learns_of_it(birch_person: Person, signed_in, signed: Consent) -> None:
    stranger = signed_in(birch_person)

    for name in ("consent", "consent_pdf"):
        assert stranger.get(reverse(f"desk:{name}", args=[signed.pk])).status_code == 404
    for name in ("consent_try_again", "consent_mail"):
        assert stranger.post(reverse(f"desk:{name}", args=[signed.pk])).status_code == 404


def test_a_long_life_takes_as_many_queries_as_a_short_one(desk: Browser, signed: Consent, seal: Path) -> None:
    page_of(desk, signed)
    with CaptureQueriesContext(connection) as few:
        page_of(desk, signed)
    seal_due(at=now())
    for _ in range(12):
        desk.get(reverse("desk:consent_pdf", args=[signed.pk]))
    with CaptureQueriesContext(connection) as many:
        page_of(desk, signed)

    assert len(few) == len(many) <= 16


def test_the_chart_leads_to_it(desk: Browser, signed: Consent) -> None:
    chart = desk.get(reverse("desk:client", args=[signed.client_id])).content.decode()

    assert reverse("desk:consent", args=[signed.pk]) in chart


def test_the_copy_for_whoever_signed_is_sent_again_from_its_page(
    desk: Browser, signed: Consent, seal: Path
) -> None:
    assert "A copy for Rosa" not in page_of(desk, signed)
    seal_due(at=now())
    page = page_of(desk, signed)
    assert "E-mail it again" in page
    assert "Copy sent to whoever signed" in page

    desk.post(reverse("desk:consent_copy", args=[signed.pk]), {"channel": "sms"})

    assert [one.channel for one in Message.objects.filter(kind="papers").order_by("queued_at")] == [
        "email",
        "sms",
    ]


def test_from_the_chart_the_pdf_itself_is_mailed_weeks_later(
    desk: Browser, signed: Consent, seal: Path
) -> None:
    seal_due(at=now())
    Consent.objects.filter(pk=signed.pk).update(status="expired")
    assert reverse("desk:consent", args=[signed.pk]) in (
        desk.get(reverse("desk:client", args=[signed.client_id])).content.decode()
    )
    assert "Rosa asked for it, and knows that others may read an e-mail on its way" in page_of(desk, signed)
    mail = reverse("desk:consent_mail", args=[signed.pk])

    unsaid = desk.post(mail)
    desk.post(mail, {"wanted": "on"})

    assert unsaid.status_code == 409
    assert "Tick that they asked for it" in unsaid.content.decode()
    assert Message.objects.get(kind="papers_file").attachment is not None
    assert "PDF e-mailed, as they asked" in page_of(desk, signed)


@pytest.mark.parametrize("texts", [True, False])
def test_its_page_says_when_there_is_no_way_to_whoever_signed(
    desk: Browser, signed: Consent, seal: Path, texts: bool
) -> None:
    agreed = {} if texts else {"texts_agreed_at": None}
    Client.objects.filter(pk=signed.client_id).update(email_ok=False, **agreed)
    seal_due(at=now())

    page = page_of(desk, signed)

    assert ("Copy sent to whoever signed" in page) is texts
    assert ("there is no address or number that we may write to" in page) is not texts
