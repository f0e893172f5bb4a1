"""The chart at the desk: read by whoever may, corrected section by section, with nothing typed lost."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from holdspace.audit.models import Entry
from holdspace.clients.models import Address, Client, Contact, Tie
from holdspace.consents import actions as consents
from holdspace.consents.refusals import EmailNotAllowed
from holdspace.scheduling.models import Seat
from holdspace.telehealth.models import Session
from tests import cast

SignIn = Callable[[cast.Person], Browser]
HOME = {"label": "Home", "lines": "12 Example Street\nChicago 60601", "state": "IL"}
NADIA = {"name": "Nadia Marin", "relation": "mother", "phone": "(312) 555-0161", "language": "en"}


@pytest.fixture
def desk(front_desk_person: cast.Person, signed_in: SignIn) -> Browser:
    return signed_in(front_desk_person)


def page_of(browser: Browser, client: Client, rest: str = "") -> str:
    return browser.get(f"/clients/{client.pk}{rest}").content.decode()


def test_a_chart_shows_who_to_call_and_where_the_client_is(desk: Browser, rosa: Client) -> None:
    cast.address_of(rosa)
    cast.contact_of(rosa, "Nadia Marin", emergency=True)

    page = page_of(desk, rosa)

    assert "12 Example Street, Chicago 60601" in page
    assert "(312) 555-0161" in page
    assert "Emergency" in page


def test_somebody_to_call_is_shown_with_what_they_allow(desk: Browser, rosa: Client) -> None:
    tie = cast.contact_of(rosa, "Nadia Marin", emergency=True)
    assert "No texts · No voicemail" in page_of(desk, rosa)
    Contact.objects.filter(pk=tie.contact_id).update(
        texts_agreed_at=cast.TEN, texts_agreed_by="Bea Lind", voicemail_ok=True
    )

    assert "Texts agreed · Voicemail" in page_of(desk, rosa)


def test_all_consents_are_a_page_from_the_chart(
    desk: Browser, osei_person: cast.Person, rosas_seat: Seat
) -> None:
    for _ in range(7):
        asked = consents.request(seat=rosas_seat, channel="portal", actor=osei_person.actor, at=cast.TEN)
    client = rosas_seat.client
    with time_machine.travel(cast.TEN, tick=False):
        assert f'href="/clients/{client.pk}/consents"' in page_of(desk, client)
        page = page_of(desk, client, "/consents")

    assert page.count("Replaced") == 6
    assert f"/consents/{asked.pk}" in page


def test_an_empty_chart_says_what_to_add(desk: Browser, rosa: Client) -> None:
    page = page_of(desk, rosa)

    for words in ("Nobody yet.", "None yet. A client on file", "Nothing booked.", "Nothing was sent yet."):
        assert words in page


def test_reading_a_chart_again_within_the_hour_is_the_same_reading(
    front_desk_person: cast.Person, signed_in: SignIn, rosa: Client
) -> None:
    with time_machine.travel(cast.TEN, tick=False):
        desk = signed_in(front_desk_person)
        for rest in ("", "", "/appointments", "/allowed"):
            page_of(desk, rosa, rest)
    assert Entry.objects.filter(what="clients.client.opened").count() == 1

    with time_machine.travel(cast.TEN + timedelta(hours=2), tick=False):
        page_of(signed_in(front_desk_person), rosa)
    assert Entry.objects.filter(what="clients.client.opened").count() == 2


def test_an_address_is_added_corrected_and_removed(desk: Browser, rosa: Client) -> None:
    desk.post(f"/clients/{rosa.pk}/addresses/new", HOME)
    home = Address.objects.get()
    where = f"/clients/{rosa.pk}/addresses/{home.pk}"
    desk.post(where, HOME | {"label": "Mother's place"})

    assert "Mother&#x27;s place" in desk.get(where).content.decode()
    assert desk.post(f"{where}/remove")["Location"] == f"/clients/{rosa.pk}"
    assert not Address.objects.exists()


def test_an_address_without_lines_is_named_and_the_rest_stays(desk: Browser, rosa: Client) -> None:
    response = desk.post(f"/clients/{rosa.pk}/addresses/new", HOME | {"lines": "", "label": "Cabin"})

    assert response.status_code == 422
    assert 'value="Cabin"' in response.content.decode()


def test_somebody_to_reach_is_put_on_the_chart(desk: Browser, rosa: Client) -> None:
    desk.post(
        f"/clients/{rosa.pk}/people/new",
        NADIA | {"emergency": "on", "texts_agreed": "on", "guardianship": "of_minor"},
    )

    tie = Tie.objects.get()
    assert (tie.contact.phone, tie.contact.texts_agreed_by) == ("+13125550161", "Bea Lind")
    assert tie.emergency
    assert tie.guardianship == "of_minor"


def test_a_person_on_file_already_is_offered_before_a_second_one_is_made(
    desk: Browser, willow: Any, rosa: Client
) -> None:
    known = cast.contact_of(rosa, "Nadia Marin").contact
    theo = cast.client_of(willow, "Theo", "Marin")
    where = f"/clients/{theo.pk}/people/new"

    offered = desk.post(where, NADIA)
    desk.post(where, NADIA | {"same": str(known.pk)})

    assert offered.status_code == 409
    assert "Yes, Nadia Marin" in offered.content.decode()
    assert Contact.objects.count() == 1
    assert theo.ties.get().contact == known


def test_whoever_shares_a_number_may_be_somebody_else(desk: Browser, willow: Any, rosa: Client) -> None:
    cast.contact_of(rosa, "Nadia Marin")
    theo = cast.client_of(willow, "Theo", "Marin")

    desk.post(f"/clients/{theo.pk}/people/new", NADIA | {"name": "Ilan Marin", "anyway": "1"})

    assert theo.ties.get().contact.name == "Ilan Marin"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"phone": "555"}, "a phone number we can dial"),
        ({"phone": "(800) 555-0199", "texts_agreed": "on"}, "take texts"),
        ({"relation": ""}, "This field is required"),
        ({"guardian_from": "01/02/2026", "guardian_until": "01/02/2026"}, "The last day comes before"),
        ({"birth_date": "31/31/1970"}, "Write it like 03/09/1984."),
    ],
)
def test_what_is_wrong_about_a_person_is_named_and_the_rest_stays(
    desk: Browser, rosa: Client, wrong: dict[str, str], sentence: str
) -> None:
    response = desk.post(f"/clients/{rosa.pk}/people/new", NADIA | wrong)

    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert 'value="Nadia Marin"' in page
    assert not Tie.objects.exists()


def test_correcting_a_person_says_that_other_charts_change_too(
    desk: Browser, willow: Any, rosa: Client
) -> None:
    tie = cast.contact_of(rosa, "Nadia Marin")
    theo = cast.client_of(willow, "Theo", "Marin")
    Tie.objects.create(practice=willow, client=theo, contact=tie.contact, relation="aunt")
    where = f"/clients/{rosa.pk}/people/{tie.pk}"

    assert "on one more client" in desk.get(where).content.decode()
    desk.post(where, NADIA | {"name": "Nadia Quill"})

    assert theo.ties.get().contact.name == "Nadia Quill"
    desk.post(f"{where}/remove")
    assert not rosa.ties.exists()
    assert theo.ties.exists()


def test_a_minor_without_a_guardian_is_pointed_out(desk: Browser, rosa: Client) -> None:
    rosa.birth_date = date(2012, 2, 29)
    rosa.save()
    with time_machine.travel(cast.TEN, tick=False):
        alone = page_of(desk, rosa)
        cast.contact_of(rosa, "Nadia Marin", guardianship="of_minor")
        cared_for = page_of(desk, rosa)

    assert "Under 18 until 03/01/2030" in alone
    assert "nobody on file decides" in alone
    assert "nobody on file decides" not in cared_for


def test_what_a_client_allows_is_changed_on_one_page(desk: Browser, rosa: Client) -> None:
    desk.post(f"/clients/{rosa.pk}/allowed", {"voicemail_ok": "on"})

    rosa.refresh_from_db()
    assert (rosa.may_text, rosa.may_email, rosa.may_leave_message) == (False, False, True)


def test_texts_are_not_allowed_without_a_number(desk: Browser, willow: Any) -> None:
    nameless = cast.client_of(willow, "Theo", "Marin", phone="", texts_agreed_at=None)

    response = desk.post(f"/clients/{nameless.pk}/allowed", {"texts": "on"})

    assert response.status_code == 409


def test_no_form_goes_by_e_mail_to_who_does_not_want_it(
    front_desk_person: cast.Person, rosas_seat: Seat, ten: Any
) -> None:
    consents.ensure_default_form(rosas_seat.practice, ten)
    rosas_seat.client.email_ok = False
    rosas_seat.client.save()

    with pytest.raises(EmailNotAllowed):
        consents.request(seat=rosas_seat, channel="email", actor=front_desk_person.actor, at=ten)


def test_a_new_appointment_starts_from_the_chart_with_the_client_filled_in(
    desk: Browser, rosa: Client
) -> None:
    where = f"/appointments/new?client={rosa.pk}"

    assert where in page_of(desk, rosa)
    assert "Rosa Marin" in desk.get(where).content.decode()


def test_an_owner_reads_the_chart_and_books_nothing(
    owner_person: cast.Person, signed_in: SignIn, rosa: Client
) -> None:
    page = page_of(signed_in(owner_person), rosa)

    assert "Next free" not in page
    assert "Add an address" in page


def test_appointments_come_a_page_at_a_time(desk: Browser, osei_person: cast.Person, rosa: Client) -> None:
    assert osei_person.clinician
    for day in range(27):
        cast.appointment(osei_person.clinician, rosa, starts_at=cast.TEN - timedelta(days=day))

    first, second = (page_of(desk, rosa, f"/appointments?page={n}") for n in (1, 2))

    assert first.count("/appointments/") - second.count("/appointments/") == 23
    assert "Older" in first
    assert "Newer" in second


@pytest.mark.parametrize(("role", "sees"), [("osei_person", True), ("front_desk_person", False)])
def test_sessions_are_for_those_who_hold_them(
    role: str, sees: bool, request: pytest.FixtureRequest, signed_in: SignIn, rosas_seat: Seat
) -> None:
    Session.objects.create(
        practice=rosas_seat.practice, appointment=rosas_seat.appointment, status="ended",
        opened_at=cast.TEN, ended_at=cast.TEN + timedelta(minutes=40),
    )  # fmt: skip
    browser = signed_in(request.getfixturevalue(role))

    assert ("Ended" in page_of(browser, rosas_seat.client)) is sees
    assert ("Ended" in page_of(browser, rosas_seat.client, "/sessions")) is sees


def test_a_colleague_elsewhere_cannot_reach_a_chart_by_its_parts(
    birch_person: cast.Person, signed_in: SignIn, rosa: Client
) -> None:
    browser = signed_in(birch_person)
    home, tie = cast.address_of(rosa), cast.contact_of(rosa, "Nadia Marin")

    for rest in (f"addresses/{home.pk}", f"people/{tie.pk}"):
        assert browser.get(f"/clients/{rosa.pk}/{rest}").status_code == 404
        assert browser.post(f"/clients/{rosa.pk}/{rest}/remove").status_code == 404
    assert Address.objects.exists()
    assert Tie.objects.exists()


def test_one_clients_address_is_not_changed_on_anothers_chart(
    desk: Browser, willow: Any, rosa: Client
) -> None:
    home, theo = cast.address_of(rosa), cast.client_of(willow, "Theo", "Marin")

    assert desk.get(f"/clients/{theo.pk}/addresses/{home.pk}").status_code == 404


def test_a_full_chart_asks_the_database_no_more_than_an_empty_one(
    osei_person: cast.Person, signed_in: SignIn, rosa: Client
) -> None:
    browser = signed_in(osei_person)
    page_of(browser, rosa)
    with CaptureQueriesContext(connection) as empty:
        page_of(browser, rosa)
    assert osei_person.clinician
    for day in range(1, 6):
        seat = cast.appointment(osei_person.clinician, rosa, starts_at=cast.TEN - timedelta(days=day))
        Session.objects.create(
            practice=seat.practice, appointment=seat.appointment, status="ended",
            opened_at=cast.TEN, ended_at=cast.TEN,
        )  # fmt: skip
        cast.address_of(rosa, usual=False)
        cast.contact_of(rosa, f"Nadia {day}", guardianship="of_minor")
    with CaptureQueriesContext(connection) as full:
        page_of(browser, rosa)

    # The clinicians of appointments that there are is the one question more.
    assert len(full) == len(empty) + 1
