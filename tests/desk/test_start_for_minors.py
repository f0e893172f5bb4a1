"""The start screen of a client for whom somebody else decides."""

from datetime import date, timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse

from holdspace.clients.models import Client, Tie
from holdspace.consents import actions, queries
from holdspace.consents.models import Consent
from holdspace.kit.actor import Member
from holdspace.kit.clock import now
from holdspace.messaging.models import Message
from holdspace.scheduling.models import Seat
from tests import cast
from tests.cast import Person

SAID = {
    "ticks": ["read", "location", "identity", "present"],
    "location": "At home",
    "state": "IL",
    "answer": "yes",
}
OTHER = {"given_by": "other", "giver": "Ana Marin", "relation": "mother"}
PUT_RIGHT = SAID | {"given_by": "other", "giver": "Pau Marin", "relation": "uncle", "reason": "It was him."}


@pytest.fixture
def seat(osei_person: Person, rosa: Client) -> Seat:
    rosa.birth_date = date(2020, 2, 29)
    rosa.save()
    assert osei_person.clinician
    return cast.appointment(osei_person.clinician, rosa, starts_at=now() - timedelta(minutes=5))


@pytest.fixture
def ana(seat: Seat) -> Tie:
    return cast.contact_of(seat.client, "Ana Marin", guardianship="of_minor")


@pytest.fixture
def desk(osei_person: Person, signed_in) -> Browser:
    return signed_in(osei_person)


def address(seat: Seat, name: str = "start") -> str:
    return reverse(f"desk:{name}", args=[seat.pk])


def page_of(desk: Browser, seat: Seat, query: str = "") -> str:
    return desk.get(address(seat) + query).content.decode()


def recorded(desk: Browser, seat: Seat, **said: object):
    return desk.post(address(seat, "start_verbal"), SAID | said)


def test_the_screen_says_who_answers_and_has_their_number_at_hand(
    desk: Browser, seat: Seat, ana: Tie
) -> None:
    page = page_of(desk, seat)

    assert "Rosa is under 18" in page
    assert 'href="tel:+13125550161"' in page
    assert f'<option value="{ana.pk}" selected>Ana Marin, mother</option>' in page


def test_with_nobody_on_file_the_screen_asks_for_their_name(desk: Browser, seat: Seat) -> None:
    page = page_of(desk, seat)

    assert "Nobody is on file as deciding for them" in page
    assert '<option value="other" selected>' in page


def test_a_guardian_on_file_is_one_choice(desk: Browser, seat: Seat, ana: Tie) -> None:
    assert recorded(desk, seat, given_by=str(ana.pk)).status_code == 302

    assert queries.standing(seat, at=now())
    page = page_of(desk, seat)
    assert "By Ana Marin, mother, for Rosa" in page
    assert "Not on file" not in page


def test_somebody_who_is_not_on_file_is_marked_so(desk: Browser, seat: Seat) -> None:
    recorded(desk, seat, **OTHER)

    assert "Not on file as deciding for them" in page_of(desk, seat)
    assert not Tie.objects.exists()


def test_the_consents_own_page_says_who_gave_it(desk: Browser, seat: Seat, ana: Tie) -> None:
    recorded(desk, seat, given_by=str(ana.pk))
    about = reverse("desk:consent", args=[Consent.objects.get().pk])

    assert "Ana Marin, mother" in desk.get(about).content.decode()
    recorded_by_hand = desk.post(reverse("desk:consent_correct", args=[Consent.objects.get().pk]), PUT_RIGHT)
    page = desk.get(recorded_by_hand["Location"]).content.decode()
    assert "Pau Marin, uncle" in page
    assert "Not on file as deciding for them" in page


def test_they_can_be_kept_on_the_chart_with_the_same_press(desk: Browser, seat: Seat) -> None:
    recorded(desk, seat, **OTHER, keep_giver="on")

    assert Tie.objects.get(client=seat.client).contact.name == "Ana Marin"


def test_what_was_typed_about_them_survives_a_refusal(desk: Browser, seat: Seat) -> None:
    response = recorded(desk, seat, **OTHER | {"relation": ""})

    assert response.status_code == 409
    assert 'value="Ana Marin"' in response.content.decode()


def test_the_minors_own_yes_is_refused_unless_the_law_lets_them(desk: Browser, seat: Seat, ana: Tie) -> None:
    refused = recorded(desk, seat, given_by="client")
    assert refused.status_code == 409
    assert "a parent or guardian has to agree" in refused.content.decode()

    assert recorded(desk, seat, given_by="client", alone="on").status_code == 302
    assert "as the law where they are allows" in page_of(desk, seat)


def test_a_guardian_of_another_client_is_no_choice(desk: Browser, seat: Seat, osei_person: Person) -> None:
    theirs = cast.contact_of(
        cast.client_of(seat.practice, "Theo", "Kessler"), "Ida Kessler", guardianship="of_minor"
    )

    assert recorded(desk, seat, given_by=str(theirs.pk)).status_code == 200
    assert not Consent.objects.exists()


def test_the_form_goes_to_the_guardian_and_again_to_them(desk: Browser, seat: Seat, ana: Tie) -> None:
    ask = {"to": str(ana.contact_id), "how": "email", "email": "ana@example.org"}
    desk.post(address(seat, "start_ask"), ask)

    page = page_of(desk, seat, "?way=portal")
    assert "The form is on its way to Ana Marin" in page
    assert f'name="to" value="{ana.contact_id}"' in page
    assert [message.to for message in Message.objects.all()] == ["ana@example.org"]


def test_an_address_that_is_none_is_refused_with_what_was_typed(desk: Browser, seat: Seat, ana: Tie) -> None:
    ask = {"to": str(ana.contact_id), "how": "email", "email": "ana at home"}
    response = desk.post(address(seat, "start_ask"), ask)

    assert response.status_code == 409
    assert 'value="ana at home"' in response.content.decode()
    assert not Message.objects.exists()


def test_the_number_of_guardians_costs_no_questions(
    desk: Browser, seat: Seat, ana: Tie, django_assert_num_queries, django_assert_max_num_queries
) -> None:
    page_of(desk, seat)
    with django_assert_max_num_queries(60) as one:
        page_of(desk, seat)
    cast.contact_of(seat.client, "Pau Marin", "father", guardianship="of_minor")
    with django_assert_num_queries(len(one)):
        page_of(desk, seat)


def test_a_form_asked_of_a_guardian_who_left_the_chart_still_shows(
    desk: Browser, seat: Seat, ana: Tie, osei: Member
) -> None:
    actions.request(seat=seat, channel="portal", guardian=ana, actor=osei, at=now())
    ana.contact.delete()

    assert "Ana Marin" in page_of(desk, seat, "?way=portal")
