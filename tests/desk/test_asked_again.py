"""The start screen asks what the state wants asked each session; the appointment shows what was."""

import html
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from holdspace.consents import actions, queries
from holdspace.consents.marks import Mark
from holdspace.consents.models import AskedAgain, Consent, ConsentForm
from holdspace.kit.actor import Member, Visit
from holdspace.scheduling.actions.links import identify
from holdspace.scheduling.actions.where import Place, say_where
from holdspace.scheduling.models import Seat
from holdspace.telehealth import actions as telehealth
from holdspace.telehealth.models import Participant
from tests import cast
from tests.cast import TEN
from tests.consents.test_rules import SAID as ILLINOIS
from tests.desk.test_start import SAID
from tests.telehealth.conftest import guest_who_waits

pytestmark = pytest.mark.usefixtures("at_ten")

SignIn = Callable[[cast.Person], Browser]
EVERYTHING = ["location", "identity", "present"]
BOX = '<input class="form-check-input" type="checkbox" id="asked-{}" name="items" value="{}"{}>'


@pytest.fixture
def visit(rosas_seat: Seat) -> Visit:
    return identify(seat=rosas_seat, at=TEN, birth_date=rosas_seat.client.birth_date)[0].as_actor()


@pytest.fixture
def desk(osei_person: cast.Person, signed_in: SignIn) -> Browser:
    return signed_in(osei_person)


@pytest.fixture
def seat(rosas_seat: Seat, visit: Visit, osei_person: cast.Person) -> Seat:
    """Rosa's seat; she signed the form and said where she is."""
    place = Place("1 Oak St, Evanston", "IL")
    say_where(seat=rosas_seat, place=place, alone=None, actor=visit, at=TEN)
    asked = actions.request(seat=rosas_seat, channel="email", actor=osei_person.actor, at=TEN)
    accepted = actions.accept(consent=asked, actor=visit, at=TEN)
    actions.sign(consent=accepted, mark=Mark("Rosa Marin"), intent=True, actor=visit, at=TEN)
    return rosas_seat


def start(browser: Browser, seat: Seat, query: str = "", **headers: str) -> str:
    return browser.get(reverse("desk:start", args=[seat.pk]) + query, headers=headers).content.decode()


def details(browser: Browser, seat: Seat) -> str:
    return browser.get(reverse("desk:appointment", args=[seat.pk])).content.decode()


def press(browser: Browser, seat: Seat, *items: str, **said: Any) -> Any:
    return browser.post(reverse("desk:start_asked", args=[seat.pk]), {"items": items} | said)


def box(key: str, *, ticked: bool = False) -> str:
    return BOX.format(key, key, " checked" if ticked else "")


def test_under_a_signature_there_is_a_box_for_each_question(desk: Browser, seat: Seat) -> None:
    page = start(desk, seat)

    assert "Ask again at the start of each session (Illinois)" in page
    assert all(box(key) in page for key in EVERYTHING)
    assert "I asked where Rosa is right now" in page
    assert 'value="contact"' not in page
    assert "Not asked yet" in page


def test_one_press_records_it_and_the_screen_says_when_and_by_whom(desk: Browser, seat: Seat) -> None:
    response = press(desk, seat, *EVERYTHING)
    page = start(desk, seat)

    assert response["Location"] == reverse("desk:start", args=[seat.pk])
    assert AskedAgain.objects.get().items == EVERYTHING
    assert "10:00 AM, by Dr Ama Osei: where they are, who they are, who else is there." in " ".join(
        page.split()
    )
    assert "Still to ask" not in page
    assert "Something wrong with it?" in page


def test_what_wasnt_ticked_stays_open_and_in_sight(desk: Browser, seat: Seat) -> None:
    press(desk, seat, "location")
    page = start(desk, seat)

    assert "Partly asked" in page
    assert "Still to ask: who they are, who else is there." in " ".join(page.split())
    assert box("location", ticked=True) in page
    assert box("identity") in page


def test_the_rest_is_recorded_on_top_of_it(desk: Browser, seat: Seat) -> None:
    press(desk, seat, "location")
    first = AskedAgain.objects.get()
    assert f'name="was" value="{first.pk}"' in start(desk, seat)

    with time_machine.travel(TEN + timedelta(minutes=5), tick=False):
        press(desk, seat, *EVERYTHING, was=first.pk)

    assert AskedAgain.objects.count() == 2
    assert "Still to ask" not in start(desk, seat)


def test_a_refusal_keeps_what_was_ticked(desk: Browser, seat: Seat) -> None:
    press(desk, seat, "location")
    with time_machine.travel(TEN + timedelta(minutes=5), tick=False):
        response = press(desk, seat, "present")

    page = response.content.decode()
    assert response.status_code == 409
    assert "Somebody else wrote down what was asked in the meantime" in page
    assert box("present", ticked=True) in page
    assert box("location") in page


@pytest.fixture
def nowhere(seat: Seat) -> Seat:
    """Where Rosa is today nobody knows."""
    Seat.objects.filter(pk=seat.pk).update(location_ok_at=None)
    return seat


def test_the_place_comes_before_the_tick_that_they_were_asked_for_it(desk: Browser, nowhere: Seat) -> None:
    card = f'<a href="{reverse("desk:emergency_card", args=[nowhere.pk])}" target="_blank">Write it down'
    before = start(desk, nowhere)
    assert "Where Rosa is today isn't written down yet." in html.unescape(before)
    assert card in before

    response = press(desk, nowhere, "location", "present")

    page = response.content.decode()
    alert = page[page.index('role="alert"') : page.index("What you typed is still here.")]
    assert response.status_code == 409
    assert "Where the client is today isn't written down yet." in html.unescape(alert)
    assert card in alert
    assert box("location", ticked=True) in page
    assert box("present", ticked=True) in page
    assert box("identity") in page
    assert not AskedAgain.objects.exists()


def test_with_the_place_on_the_card_the_same_press_records_it(desk: Browser, nowhere: Seat) -> None:
    told = {"lines": "1 Oak St, Evanston", "state": "IL", "alone": ""}
    desk.post(reverse("desk:emergency_told", args=[nowhere.pk]), told)

    assert "isn't written down yet" not in html.unescape(start(desk, nowhere))
    press(desk, nowhere, "location", "present")

    assert AskedAgain.objects.get().items == ["location", "present"]


def test_nothing_ticked_is_said_and_nothing_written(desk: Browser, seat: Seat) -> None:
    response = press(desk, seat)

    assert response.status_code == 409
    assert "Tick what you asked first" in response.content.decode()
    assert not AskedAgain.objects.exists()


@pytest.mark.parametrize("said", [{"items": ["everything"]}, {"items": ["location"], "was": "x"}])
def test_what_the_form_doesnt_offer_is_not_written(desk: Browser, seat: Seat, said: dict[str, Any]) -> None:
    response = desk.post(reverse("desk:start_asked", args=[seat.pk]), said)

    assert response.status_code == 200
    assert not AskedAgain.objects.exists()


@pytest.fixture
def group(seat: Seat, owner: Member) -> Seat:
    """Rosa's appointment as one of a group, whose form she may decline."""
    kind = seat.appointment.type
    kind.is_group, kind.places = True, 8
    kind.save()
    actions.ensure_forms(seat.practice, TEN - timedelta(days=90))
    form = ConsentForm.objects.get(practice=seat.practice, purpose="group")
    actions.set_rules(practice=seat.practice, rules={(form.pk, kind.pk): "may"}, actor=owner, at=TEN)
    return seat


def test_another_form_refused_out_loud_afterwards_leaves_in_sight_what_was_asked(
    desk: Browser, group: Seat
) -> None:
    press(desk, group, "location")
    with time_machine.travel(TEN + timedelta(minutes=1), tick=False):
        version = queries.text_to_ask(group, at=TEN)
        assert version
        said = {"version": version.pk, "given_by": "client", "ticks": ["present"], "answer": "no"}
        desk.post(reverse("desk:start_verbal", args=[group.pk]), said)
        page = " ".join(start(desk, group).split())

    assert Consent.objects.get(way="verbal").status == "refused"
    assert "10:00 AM, by Dr Ama Osei: where they are." in page
    assert "10:01 AM, by Dr Ama Osei: who else is there." in page
    assert "Still to ask: who they are." in page


def test_the_link_is_sent_whether_or_not_anything_was_asked(desk: Browser, seat: Seat) -> None:
    assert f'href="{reverse("desk:send_link", args=[seat.pk])}"' in start(desk, seat)


def test_a_spoken_consent_of_the_day_needs_no_second_asking(desk: Browser, rosas_seat: Seat) -> None:
    desk.post(reverse("desk:start_verbal", args=[rosas_seat.pk]), SAID | {"answer": "yes"})

    page = start(desk, rosas_seat)

    assert "has agreed to telehealth" in page
    assert "Ask again at the start" not in page


def test_a_spoken_consent_from_before_that_stands_is_asked_again(
    desk: Browser, rosas_seat: Seat, osei_person: cast.Person, signed_in: SignIn
) -> None:
    assert osei_person.clinician
    actions.ensure_default_form(rosas_seat.practice, TEN - timedelta(days=90))
    ConsentForm.objects.update(verbal_renewal="year")
    desk.post(reverse("desk:start_verbal", args=[rosas_seat.pk]), SAID | {"answer": "yes"})
    later = cast.appointment(osei_person.clinician, rosas_seat.client, starts_at=TEN + timedelta(days=7))

    with time_machine.travel(TEN + timedelta(days=7), tick=False):
        page = start(signed_in(osei_person), later)

    assert Consent.objects.get().way == "verbal"
    assert "Agreed out loud" in page
    assert "Ask again at the start of each session (Illinois)" in page


def test_the_part_that_is_fetched_again_says_it_too(desk: Browser, seat: Seat) -> None:
    press(desk, seat, "location")

    assert "Partly asked" in start(desk, seat, "?was=yes", **{"HX-Request": "true"})


def test_the_front_desk_reads_how_it_stands_and_records_nothing(
    front_desk_person: cast.Person, signed_in: SignIn, desk: Browser, seat: Seat
) -> None:
    browser = signed_in(front_desk_person)
    page = start(browser, seat)

    assert "Still to ask: where they are, who they are, who else is there." in " ".join(page.split())
    assert 'name="items"' not in page
    assert press(browser, seat, *EVERYTHING).status_code == 404


def test_another_practice_cannot_tell_the_seat_exists(
    birch_person: cast.Person, signed_in: SignIn, seat: Seat
) -> None:
    assert press(signed_in(birch_person), seat, *EVERYTHING).status_code == 404
    assert not AskedAgain.objects.exists()


def test_the_appointment_shows_what_was_asked_and_what_was_not(desk: Browser, seat: Seat) -> None:
    assert "Asked at the start" not in details(desk, seat)
    press(desk, seat, "location")

    page = " ".join(details(desk, seat).split())

    assert "Asked at the start" in page
    assert "Where they are<br>" in page
    assert "Dr Ama Osei, " in page
    assert "10:00 AM · Illinois" in page
    assert "Not asked</span> who they are, who else is there" in page


def test_in_a_session_where_nobody_was_asked_the_appointment_says_so(
    desk: Browser, seat: Seat, visit: Visit, osei_person: cast.Person
) -> None:
    telehealth.open_for(appointment=seat.appointment, actor=osei_person.actor, at=TEN)

    page = " ".join(details(desk, seat).split())

    assert "Not asked</span> where they are, who they are, who else is there" in page
    assert f'href="{reverse("desk:start", args=[seat.pk])}">Record it' in page


def test_what_was_asked_days_ahead_is_shown_as_earlier_and_all_is_still_to_ask(
    seat: Seat, osei_person: cast.Person, signed_in: SignIn
) -> None:
    with time_machine.travel(TEN - timedelta(days=3), tick=False):
        press(signed_in(osei_person), seat, "location", "identity")
        assert "Earlier</span>" not in details(signed_in(osei_person), seat)

    page = " ".join(details(signed_in(osei_person), seat).split())

    assert "Earlier</span> Where they are, who they are<br>" in page
    assert "Not asked</span> where they are, who they are, who else is there" in page


def test_both_pages_say_the_same_where_the_rule_asks_more_since(
    desk: Browser, seat: Seat, owner: Member
) -> None:
    press(desk, seat, *EVERYTHING)
    rule = ILLINOIS | {"ask_each_session": [*EVERYTHING, "contact"], "verbal_enough": True}
    actions.change_rule(practice=seat.practice, actor=owner, **rule)

    assert "Not asked</span> another way to reach them" in " ".join(details(desk, seat).split())
    assert "Still to ask: another way to reach them." in " ".join(start(desk, seat).split())


def test_when_it_is_over_the_questions_are_those_of_then(
    desk: Browser, seat: Seat, owner: Member, osei_person: cast.Person, signed_in: SignIn
) -> None:
    press(desk, seat, "location")
    with time_machine.travel(TEN + timedelta(days=1), tick=False):
        rule = ILLINOIS | {"ask_each_session": ["location", "contact"], "verbal_enough": True}
        actions.change_rule(practice=seat.practice, actor=owner, **rule)
        page = details(signed_in(osei_person), seat)

    assert "Not asked</span> who they are, who else is there" in " ".join(page.split())


def test_of_an_earlier_row_nothing_is_missed_where_nobody_met(
    seat: Seat, osei_person: cast.Person, signed_in: SignIn
) -> None:
    with time_machine.travel(TEN - timedelta(days=3), tick=False):
        press(signed_in(osei_person), seat, "location")
    with time_machine.travel(TEN + timedelta(days=1), tick=False):
        page = details(signed_in(osei_person), seat)

    assert "Earlier</span>" in page
    assert "Not asked</span>" not in page


def test_the_history_says_that_somebody_asked(desk: Browser, seat: Seat) -> None:
    press(desk, seat, *EVERYTHING)

    page = desk.get(reverse("desk:appointment_history", args=[seat.pk])).content.decode()

    assert "Wrote down what was asked for the session" in page


def test_the_screen_asks_as_much_after_many_askings(
    desk: Browser, seat: Seat, osei_person: cast.Person
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            start(desk, seat)
        return len(queries)

    press(desk, seat, "location")
    few = asked()
    for minutes in range(2, 7):
        was = AskedAgain.objects.filter(seat=seat).values_list("pk", flat=True).first()
        late = TEN + timedelta(minutes=minutes)
        actions.ask_again(seat=seat, items=["location"], was=was, actor=osei_person.actor, at=late)

    assert AskedAgain.objects.count() == 6
    assert asked() == few


# ---- In the room -------------------------------------------------------------------------------------


@pytest.fixture
def rosa_waits(seat: Seat, visit: Visit) -> Participant:
    return telehealth.knock(seat=seat, actor=visit, at=TEN)


def panel(browser: Browser, one: Participant) -> str:
    response = browser.get(reverse("desk:waiting", args=[one.session_id]))
    return " ".join(response.content.decode().split())


def test_the_rooms_panel_says_of_somebody_who_waits_what_is_still_to_ask(
    desk: Browser, seat: Seat, rosa_waits: Participant
) -> None:
    page = panel(desk, rosa_waits)

    assert page.count("Still to ask: where they are, who they are, who else is there ·") == 1
    assert f'<a href="{reverse("desk:start", args=[seat.pk])}" target="_blank"' in page
    assert 'aria-label="Record it: Rosa M."' in page
    assert f'action="{reverse("desk:admit", args=[rosa_waits.pk])}"' in page


def test_it_goes_on_saying_so_of_somebody_inside_until_it_was_asked(
    desk: Browser, seat: Seat, rosa_waits: Participant
) -> None:
    desk.post(reverse("desk:admit", args=[rosa_waits.pk]))
    assert "Still to ask: where they are, who they are, who else is there ·" in panel(desk, rosa_waits)

    press(desk, seat, "location", "present")
    assert "Still to ask: who they are ·" in panel(desk, rosa_waits)

    was = AskedAgain.objects.get().pk
    with time_machine.travel(TEN + timedelta(minutes=5), tick=False):
        press(desk, seat, *EVERYTHING, was=was)
    page = panel(desk, rosa_waits)
    assert f'data-inside="{rosa_waits.pk}"' in page
    assert "Still to ask" not in page


def test_of_a_guest_there_is_nothing_to_ask(
    desk: Browser, osei_person: cast.Person, rosa_waits: Participant
) -> None:
    guest = guest_who_waits(rosa_waits.session, osei_person.actor)
    desk.post(reverse("desk:admit", args=[guest.pk]))

    assert panel(desk, guest).count("Still to ask") == 1


def test_the_panel_asks_as_much_of_the_database_however_many_are_inside(
    desk: Browser, rosa_waits: Participant
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as counted:
            panel(desk, rosa_waits)
        return len(counted)

    Participant.objects.filter(pk=rosa_waits.pk).update(status="admitted")
    # The first look also keeps the sign-in awake.
    asked()
    alone = asked()
    session = rosa_waits.session
    for name in ("Theo", "Ana", "Ben"):
        client = cast.client_of(session.practice, name, "Marin")
        facts = {"practice": session.practice, "client_time_zone": client.time_zone, "status": "confirmed"}
        seat = Seat.objects.create(appointment=session.appointment, client=client, **facts)
        Participant.objects.create(
            practice=session.practice, session=session, seat=seat, role="client", status="admitted"
        )

    assert panel(desk, rosa_waits).count("Still to ask") == 4
    assert asked() == alone
