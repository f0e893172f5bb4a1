from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client as Browser
from django.urls import reverse

from holdspace.kit.clock import now
from holdspace.messaging.models import Message
from holdspace.scheduling import links
from holdspace.scheduling.actions.links import identify
from holdspace.scheduling.models import Appointment, Seat
from holdspace.telehealth.actions import knock
from holdspace.telehealth.models import Participant, Session
from tests import cast
from tests.telehealth.conftest import agree

JSON = {"accept": "application/json"}


@pytest.fixture
def soon(rosas_seat: Seat) -> Seat:
    """Rosa's appointment, ten minutes from now, agreed."""
    begins = now() + timedelta(minutes=10)
    Appointment.objects.update(starts_at=begins, ends_at=begins + timedelta(minutes=50))
    agree(rosas_seat, at=now())
    return Seat.objects.select_related("practice", "appointment", "client").get(pk=rosas_seat.pk)


@pytest.fixture
def osei_browser(signed_in: Any, osei_person: cast.Person) -> Browser:
    return signed_in(osei_person)


@pytest.fixture
def rosa_waits(soon: Seat) -> Participant:
    visit, _ = identify(seat=soon, at=now(), birth_date=soon.client.birth_date)
    return knock(seat=soon, actor=visit.as_actor(), at=now())


def path(name: str, pk: Any) -> str:
    return reverse(f"desk:{name}", args=[pk])


def test_next_sends_one_link_opens_one_room_and_leads_into_it(soon: Seat, osei_browser: Browser) -> None:
    first = osei_browser.post(path("send_link", soon.pk), {"how": "email"})
    again = osei_browser.post(path("send_link", soon.pk), {"how": "email"})

    session = Session.objects.get()
    assert first["Location"] == again["Location"] == path("room", session.pk)
    assert Message.objects.count() == 1


def test_looking_at_the_page_creates_nothing(soon: Seat, osei_browser: Browser) -> None:
    assert osei_browser.get(path("send_link", soon.pk)).status_code == 200

    assert not Session.objects.exists()
    assert not Message.objects.exists()


def test_a_number_added_in_place_is_saved_with_who_said_so(soon: Seat, osei_browser: Browser) -> None:
    soon.client.phone, soon.client.texts_agreed_at = "", None
    soon.client.save()
    said = {"how": "sms", "phone": "(312) 555-0199", "texts_agreed": "on"}

    osei_browser.post(path("send_link", soon.pk), said)

    soon.client.refresh_from_db()
    assert soon.client.phone == "+13125550199"
    assert soon.client.may_text
    assert "Osei" in soon.client.texts_agreed_by
    assert Message.objects.get().channel == "sms"


@pytest.mark.parametrize(
    "said",
    [
        {"how": "sms", "phone": "12"},
        {"how": "sms", "phone": ""},
        {"how": "email", "email": "not an address"},
        {},
    ],
)
def test_bad_input_comes_back_with_a_sentence_and_everything_typed(
    soon: Seat, osei_browser: Browser, said: dict[str, str]
) -> None:
    soon.client.phone, soon.client.email = "", ""
    soon.client.save()

    response = osei_browser.post(path("send_link", soon.pk), said)

    assert response.status_code in {200, 409}
    page = response.content.decode()
    assert 'role="alert"' in page
    assert said.get("email", "") in page
    assert said.get("phone", "") in page
    assert not Session.objects.exists()


def test_a_link_that_went_to_the_wrong_person_is_stopped_from_the_page_that_sent_it(
    soon: Seat, osei_browser: Browser
) -> None:
    osei_browser.post(path("send_link", soon.pk), {"how": "email"})
    old, page = links.link_for(soon), osei_browser.get(path("send_link", soon.pk)).content.decode()
    assert f'action="{path("new_link", soon.pk)}"' in page

    page = osei_browser.post(path("new_link", soon.pk), follow=True).content.decode()

    assert "The old link is stopped." in page
    assert Browser().get(urlsplit(old).path).status_code == 404
    assert links.link_for(fresh(soon)) in page


def fresh(seat: Seat) -> Seat:
    return Seat.objects.select_related("practice", "appointment", "client").get(pk=seat.pk)


def test_without_consent_nothing_is_sent(rosas_seat: Seat, osei_browser: Browser) -> None:
    response = osei_browser.post(path("send_link", rosas_seat.pk), {"how": "email"})

    assert response.status_code == 409
    assert not Message.objects.exists()


def test_the_room_is_for_the_appointments_clinicians(
    rosa_waits: Participant, signed_in: Any, front_desk_person: cast.Person, osei_browser: Browser
) -> None:
    colleague = cast.person(rosa_waits.practice, "Ben Hall", ["clinician"])
    room = path("room", rosa_waits.session_id)

    assert osei_browser.get(room).status_code == 200
    assert signed_in(colleague).get(room).status_code == 404
    assert signed_in(front_desk_person).get(room).status_code == 404


def test_admit_answers_a_script_and_a_browser(rosa_waits: Participant, osei_browser: Browser) -> None:
    admit = path("admit", rosa_waits.pk)

    assert osei_browser.post(admit, headers=JSON).json()["ok"] is True
    assert osei_browser.post(admit)["Location"] == path("room", rosa_waits.session_id)
    rosa_waits.refresh_from_db()
    assert rosa_waits.status == "admitted"


def test_a_refused_admit_is_a_sentence(rosa_waits: Participant, osei_browser: Browser) -> None:
    Seat.objects.filter(participants=rosa_waits).update(status="arrived")

    response = osei_browser.post(path("admit", rosa_waits.pk), headers=JSON)

    assert response.status_code == 409
    assert "Confirmed" in response.json()["sentence"]


def test_nobody_else_can_admit(rosa_waits: Participant, signed_in: Any, birch_person: cast.Person) -> None:
    assert signed_in(birch_person).post(path("admit", rosa_waits.pk)).status_code == 404


def test_ending_asks_for_the_outcome_and_shows_who_was_there(
    rosa_waits: Participant, osei_browser: Browser
) -> None:
    osei_browser.post(path("ticket", rosa_waits.session_id), headers=JSON)
    osei_browser.post(path("admit", rosa_waits.pk))
    seat = rosa_waits.seat_id

    without = osei_browser.post(path("end", rosa_waits.session_id), {})
    ended = osei_browser.post(path("end", rosa_waits.session_id), {f"outcome-{seat}": "occurred"})

    assert without.status_code == 200
    assert ended["Location"] == path("appointment", seat)
    page = osei_browser.get(ended["Location"]).content.decode()
    assert "Who was there" in page
    assert "Rosa M." in page


def test_an_ended_room_leads_back_to_the_appointment(rosa_waits: Participant, osei_browser: Browser) -> None:
    osei_browser.post(path("end", rosa_waits.session_id), {f"outcome-{rosa_waits.seat_id}": "no_show"})

    assert osei_browser.get(path("room", rosa_waits.session_id))["Location"] == path(
        "appointment", rosa_waits.seat_id
    )


def test_the_room_page_costs_a_fixed_number_of_queries(
    rosa_waits: Participant, osei_browser: Browser, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(24):
        osei_browser.get(path("room", rosa_waits.session_id))


def test_admit_costs_few_queries_for_two_people_wait_for_it(
    rosa_waits: Participant, osei_browser: Browser, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(23) as asked:
        osei_browser.post(path("admit", rosa_waits.pk))

    assert Participant.objects.get(pk=rosa_waits.pk).status == Participant.Status.ADMITTED
    # Each once: who leads is asked about by the telehealth switch and by the licenses.
    assert sum('FROM "practices_clinician"' in one["sql"] for one in asked.captured_queries) == 1


def test_admit_pressed_on_a_page_of_ours_is_done_in_the_room(
    rosa_waits: Participant, osei_browser: Browser
) -> None:
    address = path("room", rosa_waits.session_id) + f"?admit={rosa_waits.pk}"

    here = osei_browser.get(address, headers={"sec-fetch-site": "same-origin"}).content.decode()
    elsewhere = osei_browser.get(address, headers={"sec-fetch-site": "cross-site"}).content.decode()

    assert f'data-admit-first="{rosa_waits.pk}"' in here
    assert "data-admit-first" not in elsewhere
    rosa_waits.refresh_from_db()
    assert rosa_waits.status == Participant.Status.WAITING


def test_the_appointment_of_somebody_who_waits_has_the_way_in_while_nothing_is_missing(
    rosa_waits: Participant, osei_browser: Browser
) -> None:
    seat = rosa_waits.seat
    assert seat
    page = path("appointment", seat.pk)

    assert f"?admit={rosa_waits.pk}" in osei_browser.get(page).content.decode()
    Seat.objects.filter(pk=seat.pk).update(status="scheduled")
    assert "?admit=" not in osei_browser.get(page).content.decode()


def test_an_outcome_that_is_refused_comes_back_with_what_was_chosen(
    rosa_waits: Participant, osei_browser: Browser
) -> None:
    seat = rosa_waits.seat
    assert seat
    Seat.objects.filter(pk=seat.pk).update(status="occurred")
    name = f"outcome-{seat.pk}"

    answer = osei_browser.post(path("end", rosa_waits.session_id), {name: "no_show"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "needs a reason" in page
    assert 'value="no_show" checked' in page
    assert rosa_waits.session.is_open


def test_the_desk_sends_the_link_before_there_is_consent_and_opens_nothing(
    signed_in: Any, front_desk_person: cast.Person, rosas_seat: Seat
) -> None:
    desk = signed_in(front_desk_person)
    page = desk.get(f"/start/{rosas_seat.pk}/link").content.decode()
    assert "Send the link" in page
    assert "opens the room." in page

    answer = desk.post(f"/start/{rosas_seat.pk}/link", {"how": "sms"})

    assert answer["Location"] == f"/appointments/{rosas_seat.pk}"
    assert Message.objects.get(kind="link").about_id == rosas_seat.pk
    assert not Session.objects.exists()


def test_the_desk_sends_no_link_to_what_is_called_off(
    signed_in: Any, front_desk_person: cast.Person, rosas_seat: Seat
) -> None:
    Seat.objects.update(status="cancelled")

    answer = signed_in(front_desk_person).post(f"/start/{rosas_seat.pk}/link", {"how": "sms"})

    assert answer.status_code == 409
    assert not Message.objects.exists()
