from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from holdspace.audit.models import Entry
from holdspace.clients.models import Client
from holdspace.consents import actions, queries
from holdspace.consents.marks import Mark
from holdspace.consents.models import Consent
from holdspace.kit.actor import Visit
from holdspace.kit.clock import now
from holdspace.messaging.models import Bell, Message
from holdspace.scheduling.actions.links import identify
from holdspace.scheduling.models import Seat
from tests import cast
from tests.cast import Person

SAID = {
    "ticks": ["read", "location", "identity", "present"],
    "given_by": "client",
    "location": "At home",
    "state": "IL",
}


@pytest.fixture
def seat(osei_person: Person, rosa: Client) -> Seat:
    """Rosa's appointment, going on right now."""
    assert osei_person.clinician
    return cast.appointment(osei_person.clinician, rosa, starts_at=now() - timedelta(minutes=5))


@pytest.fixture
def desk(osei_person: Person, signed_in) -> Browser:
    return signed_in(osei_person)


@pytest.fixture
def visit(seat: Seat) -> Visit:
    return identify(seat=seat, at=now(), birth_date=seat.client.birth_date)[0].as_actor()


def address(seat: Seat, name: str = "start") -> str:
    return reverse(f"desk:{name}", args=[seat.pk])


def page_of(desk: Browser, seat: Seat, query: str = "") -> str:
    response = desk.get(address(seat) + query)
    assert response.status_code == 200
    return response.content.decode()


def test_looking_creates_nothing_but_an_entry(desk: Browser, seat: Seat) -> None:
    page_of(desk, seat)

    assert not Consent.objects.exists()
    assert Entry.objects.filter(what="consents.start.opened", subject_id=seat.pk).count() == 1


def test_the_two_ways_stand_side_by_side_with_the_number_at_hand(desk: Browser, seat: Seat) -> None:
    page = page_of(desk, seat)

    assert "Accept Verbal Consent" in page
    assert "Send Consent Form to Portal" in page
    assert 'href="tel:+13125550118"' in page
    assert "<title>Start Telehealth Session · Holdspace</title>" in page


def test_the_title_never_names_the_client(desk: Browser, seat: Seat) -> None:
    page = page_of(desk, seat)

    assert "Rosa" not in page[page.index("<title>") : page.index("</title>")]


def test_a_spoken_yes_leads_on_to_the_link(desk: Browser, seat: Seat) -> None:
    response = desk.post(address(seat, "start_verbal"), SAID | {"answer": "yes"})

    assert response.status_code == 302
    assert response["Location"] == address(seat, "send_link")
    assert queries.standing(seat, at=now())


def test_a_spoken_no_offers_another_way(desk: Browser, seat: Seat) -> None:
    desk.post(address(seat, "start_verbal"), {"given_by": "client", "answer": "no"})
    page = page_of(desk, seat)

    assert "said no to telehealth" in page
    assert "Phone Call" in page
    assert "In-Person" in page


def test_what_was_typed_is_still_there_after_a_refusal(desk: Browser, seat: Seat) -> None:
    response = desk.post(address(seat, "start_verbal"), SAID | {"ticks": ["location"], "answer": "yes"})

    assert response.status_code == 409
    page = response.content.decode()
    assert "Tick that you read the text out" in page
    assert 'value="At home"' in page


def test_a_megabyte_of_text_is_refused_and_named(desk: Browser, seat: Seat) -> None:
    response = desk.post(address(seat, "start_verbal"), SAID | {"location": "x" * 400_000, "answer": "yes"})

    assert "at most 200 characters" in response.content.decode()
    assert not Consent.objects.exists()


def test_a_standing_consent_says_which_and_since_when(desk: Browser, seat: Seat) -> None:
    desk.post(address(seat, "start_verbal"), SAID | {"answer": "yes"})
    page = page_of(desk, seat)

    assert "has agreed to telehealth" in page
    assert "recorded by Dr Ama Osei" in page
    assert f'href="{address(seat, "send_link")}"' in page
    assert "Accept Verbal Consent" not in page


def test_where_writing_is_needed_the_verbal_way_gives_way_and_says_why(desk: Browser, seat: Seat) -> None:
    page = page_of(desk, seat, "?state=GA")

    assert "Accept Verbal Consent" not in page
    assert "Georgia asks for a signature" in page
    assert "Send Consent Form to Portal" in page


def test_the_front_desk_may_send_the_form_but_not_record(
    seat: Seat, front_desk_person: Person, signed_in
) -> None:
    browser = signed_in(front_desk_person)
    page = page_of(browser, seat)

    assert "Accept Verbal Consent" not in page
    assert "Send Consent Form to Portal" in page
    assert browser.post(address(seat, "start_verbal"), SAID | {"answer": "yes"}).status_code == 404


@pytest.mark.parametrize(
    "name", ["start", "start_verbal", "start_ask", "mend", "start_other_way", "start_take_back"]
)
def test_another_practice_cannot_tell_the_seat_exists(
    seat: Seat, birch_person: Person, signed_in, name: str
) -> None:
    browser = signed_in(birch_person)
    answer = browser.get(address(seat)) if name == "start" else browser.post(address(seat, name), SAID)

    assert answer.status_code == 404


def test_the_auditor_has_no_start_screen(seat: Seat, auditor_person: Person, signed_in) -> None:
    assert signed_in(auditor_person).get(address(seat)).status_code == 404


def test_the_form_is_sent_and_its_state_shown(desk: Browser, seat: Seat) -> None:
    response = desk.post(address(seat, "start_ask"), {"how": "email"})
    page = page_of(desk, seat, "?way=portal")

    assert response["Location"].endswith("?way=portal")
    assert "The form is on its way to Rosa" in page
    assert "rosa@example.org" in page
    assert Message.objects.get(kind="consent_request").channel == "email"


def test_a_missing_number_is_added_right_there(desk: Browser, seat: Seat) -> None:
    seat.client.phone, seat.client.texts_agreed_at = "", None
    seat.client.save()

    desk.post(address(seat, "start_ask"), {"how": "sms", "phone": "(312) 555-0142", "texts_agreed": "on"})

    client = Client.objects.get(pk=seat.client_id)
    assert client.phone == "+13125550142"
    assert client.texts_agreed_by == "Dr Ama Osei"
    assert Message.objects.get(kind="consent_request").channel == "sms"


def test_a_number_that_isnt_one_is_refused_and_kept_on_the_page(desk: Browser, seat: Seat) -> None:
    response = desk.post(address(seat, "start_ask"), {"how": "sms", "phone": "12", "texts_agreed": "on"})

    assert response.status_code == 409
    assert 'value="12"' in response.content.decode()
    assert not Consent.objects.exists()


@pytest.mark.parametrize(
    ("moves", "says"),
    [(["open_request"], "Rosa is reading the form"), (["accept"], "Rosa agrees and is about to sign")],
)
def test_the_part_that_is_fetched_again_says_how_it_stands(
    desk: Browser, seat: Seat, visit: Visit, moves: list[str], says: str
) -> None:
    desk.post(address(seat, "start_ask"), {"how": "email"})
    consent = Consent.objects.get()
    for move in moves:
        getattr(actions, move)(consent=consent, actor=visit, at=now())

    part = desk.get(address(seat) + "?way=portal&was=open", headers={"HX-Request": "true"}).content.decode()

    assert says in part
    assert part.strip().startswith('<div id="answer"')


def test_a_signature_makes_the_open_page_look_again(desk: Browser, seat: Seat, visit: Visit) -> None:
    desk.post(address(seat, "start_ask"), {"how": "email"})
    consent = actions.accept(consent=Consent.objects.get(), actor=visit, at=now())
    actions.sign(consent=consent, mark=Mark("Rosa Marin"), intent=True, actor=visit, at=now())

    part = desk.get(address(seat) + "?way=verbal&was=open", headers={"HX-Request": "true"})

    # To its address, not a refresh: the page may be the answer to a form, which would be sent again.
    assert part["HX-Redirect"] == address(seat)
    assert "Continue" in page_of(desk, seat)


def test_a_decline_rings_and_offers_another_way(
    desk: Browser, seat: Seat, visit: Visit, osei_person: Person
) -> None:
    desk.post(address(seat, "start_ask"), {"how": "email"})
    actions.decline(consent=Consent.objects.get(), reason="I'd rather come in", actor=visit, at=now())
    page = page_of(desk, seat)

    assert "Rosa declined the form" in page
    assert "rather come in" in page
    assert "Phone Call" in page
    assert Bell.objects.get(user=osei_person.user).kind == "consent_declined"


def test_another_way_changes_the_contact_type_and_nothing_else(desk: Browser, seat: Seat) -> None:
    desk.post(address(seat, "start_other_way"), {"contact_type": "phone"})

    seat = Seat.objects.select_related("appointment").get(pk=seat.pk)
    assert (seat.appointment.contact_type, seat.status) == ("phone", "confirmed")


@pytest.mark.parametrize(
    ("status", "button", "mend", "becomes"),
    [
        ("scheduled", "Confirm and start", "confirm", "confirmed"),
        ("arrived", "Check in and start", "check_in", "checked_in"),
    ],
)
def test_what_is_missing_is_mended_by_one_click(
    desk: Browser, seat: Seat, status: str, button: str, mend: str, becomes: str
) -> None:
    Seat.objects.filter(pk=seat.pk).update(status=status)
    assert button in page_of(desk, seat)

    first = desk.post(address(seat, "mend"), {"mend": mend})
    again = desk.post(address(seat, "mend"), {"mend": mend})

    seat.refresh_from_db()
    assert seat.status == becomes
    assert first["Location"] == again["Location"] == address(seat)


def test_a_locked_link_is_shown_with_what_unlocks_it(desk: Browser, seat: Seat) -> None:
    Seat.objects.filter(pk=seat.pk).update(link_revoked_at=now())

    page = page_of(desk, seat)

    assert "Unlock" in page
    assert "New link" in page


def test_a_consent_is_taken_back_on_the_clients_word(desk: Browser, seat: Seat) -> None:
    desk.post(address(seat, "start_verbal"), SAID | {"answer": "yes"})
    desk.post(address(seat, "start_take_back"))

    assert queries.standing(seat, at=now()) is None
    assert "took the consent back" in page_of(desk, seat)


def test_the_number_of_queries_is_fixed(desk: Browser, seat: Seat, osei_person: Person) -> None:
    assert osei_person.clinician
    actions.ensure_default_form(seat.practice, now())
    page_of(desk, seat)
    with CaptureQueriesContext(
        connection,
    ) as few:
        page_of(desk, seat)
    for days in range(1, 12):
        other = cast.appointment(osei_person.clinician, seat.client, starts_at=now() - timedelta(days=days))
        actions.record_verbal(
            seat=other, answer="yes", ticks=SAID["ticks"], location="Home", actor=osei_person.actor, at=now()
        )
    with CaptureQueriesContext(connection) as many:
        page_of(desk, seat)

    assert len(few) == len(many)
    assert len(many) <= 20


def test_the_signed_form_can_be_read_by_those_who_may_and_nobody_else(
    desk: Browser, seat: Seat, visit: Visit, birch_person: Person, signed_in
) -> None:
    desk.post(address(seat, "start_ask"), {"how": "email"})
    consent = actions.accept(consent=Consent.objects.get(), actor=visit, at=now())
    actions.sign(consent=consent, mark=Mark("Rosa Marin"), intent=True, actor=visit, at=now())
    paper = reverse("desk:start_paper", args=[seat.pk, consent.pk])

    assert b"Rosa Marin" in desk.get(paper).content
    assert signed_in(birch_person).get(paper).status_code == 404
    assert Entry.objects.filter(what="consents.paper.read").count() == 1


def test_a_carrier_that_failed_says_what_to_do_with_the_other_way_at_hand(desk: Browser, seat: Seat) -> None:
    desk.post(address(seat, "start_ask"), {"how": "sms"})
    Message.objects.filter(kind="consent_request").update(
        status="failed", trouble="not_a_mobile", failed_at=now()
    )

    page = page_of(desk, seat)

    assert "can&#x27;t get texts" in page
    assert "Send by e-mail" in page


def in_a_group(seat: Seat) -> Seat:
    kind = seat.appointment.type
    kind.is_group, kind.places = True, 8
    kind.save()
    actions.ensure_forms(seat.practice, now() - timedelta(days=90))
    return seat


def test_where_two_forms_are_asked_the_page_says_how_each_stands(desk: Browser, seat: Seat) -> None:
    in_a_group(seat)
    first = page_of(desk, seat)
    assert "Forms for this appointment" in first
    version = queries.text_to_ask(seat, at=now())
    assert version
    said = SAID | {"answer": "yes", "version": version.pk}
    response = desk.post(address(seat, "start_verbal"), said)

    assert response["Location"] == address(seat)
    second = page_of(desk, seat)
    assert "was=partly" in second
    assert "has another form to answer" in second
    assert "We&#x27;ll meet in a group" in second or "We'll meet in a group" in second


def test_where_the_form_may_be_declined_one_goes_on_after_a_no(
    desk: Browser, seat: Seat, owner_person: Person
) -> None:
    form = actions.ensure_default_form(seat.practice, now()).form
    rules = {(form.pk, seat.appointment.type_id): "may"}
    actions.set_rules(practice=seat.practice, rules=rules, actor=owner_person.actor, at=now())
    desk.post(address(seat, "start_verbal"), SAID | {"answer": "no"})
    page = page_of(desk, seat)

    assert "may be declined" in page
    assert f'href="{address(seat, "send_link")}"' in page
    assert desk.get(address(seat, "send_link")).status_code == 200


def test_a_language_without_a_text_is_said_where_it_is_read_out(desk: Browser, seat: Seat) -> None:
    seat.client.language = "vi"
    seat.client.save()
    actions.ensure_default_form(seat.practice, now())

    assert "speaks Vietnamese" in page_of(desk, seat)
