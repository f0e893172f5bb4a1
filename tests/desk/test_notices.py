"""*Tell the client* on the forms, what Session Details says of it, the switches, and the demo's phone."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from holdspace.clients.models import Client
from holdspace.messaging.models import Message
from holdspace.practices.models import Installation, Practice
from holdspace.scheduling import actions
from holdspace.scheduling.models import Appointment, Notice, Seat
from holdspace.scheduling.notices.sending import tell_client
from tests import cast

pytestmark = pytest.mark.usefixtures("at_ten")

NEW = reverse("desk:appointment_new")
# A Thursday: four o'clock in New York.
FOUR = datetime(2027, 11, 18, 21, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def desk(signed_in: Any, front_desk_person: cast.Person) -> Any:
    return signed_in(front_desk_person)


@pytest.fixture
def typed(osei_person: cast.Person, willow: Practice, rosa: Client) -> dict[str, Any]:
    assert osei_person.clinician
    return {
        "client": str(rosa.pk),
        "clinician": str(osei_person.clinician.pk),
        "type": str(cast.type_of(willow).pk),
        "contact_type": "telehealth",
        "date": "2027-11-18",
        "start": "16:00",
        "minutes": "50",
        "zone": "America/New_York",
    }


@pytest.fixture
def coming(osei_person: cast.Person, rosa: Client) -> Seat:
    assert osei_person.clinician
    return cast.appointment(osei_person.clinician, rosa, starts_at=FOUR)


def address(name: str, seat: Seat) -> str:
    return reverse(f"desk:{name}", args=[seat.pk])


def seat() -> Seat:
    return Seat.objects.select_related("appointment", "practice", "client").get()


def is_ticked(page: str) -> bool:
    tick = page[page.index('id="id_tell_client"') :].partition(">")[0]
    return "checked" in tick


def test_the_tick_is_set_as_the_practice_does(desk: Any, willow: Practice, coming: Seat) -> None:
    for page, switch in {
        NEW: "notice_booked",
        address("appointment_edit", coming): "notice_moved",
        address("appointment_move", coming): "notice_moved",
        address("appointment_cancel", coming): "notice_cancelled",
    }.items():
        assert is_ticked(desk.get(page).content.decode()), page
        Practice.objects.filter(pk=willow.pk).update(**{switch: False})
        assert not is_ticked(desk.get(page).content.decode()), page
        Practice.objects.filter(pk=willow.pk).update(**{switch: True})


def test_ticked_the_client_is_told_in_a_moment(desk: Any, typed: dict[str, Any]) -> None:
    desk.post(NEW, typed | {"tell_client": "on"})

    assert Notice.objects.get().due_at
    assert "Rosa is told in a moment" in desk.get(address("appointment", seat())).content.decode()


def test_unticked_they_arent_and_session_details_says_so(desk: Any, typed: dict[str, Any]) -> None:
    desk.post(NEW, typed)

    assert Notice.objects.get().due_at is None
    page = desk.get(address("appointment", seat())).content.decode()
    assert "Rosa wasn’t told of the last change." in page
    assert "Whoever did it left it out." in page


def test_a_move_and_a_cancelling_may_be_left_out(desk: Any, typed: dict[str, Any], coming: Seat) -> None:
    Appointment.objects.update(announced=True)
    moved = {"date": "2027-11-18", "start": "17:00", "minutes": "50", "version": "1", "anyway": "on"}
    desk.post(address("appointment_move", coming), moved | {"zone": "America/New_York"})
    assert (seat().appointment.starts_at, Notice.objects.get().due_at) == (FOUR + HOUR, None)

    desk.post(address("appointment_cancel", coming), {"reason": ""})
    assert (seat().stands, Notice.objects.get().why_not) == (False, "left_out")


def test_a_tile_that_is_dragged_tells_as_the_practice_does(desk: Any, coming: Seat) -> None:
    Appointment.objects.update(announced=True)
    drop = {"id": str(coming.appointment_id), "start": "2027-11-18T17:00:00", "minutes": "50", "version": "1"}
    desk.post(reverse("desk:appointment_drop"), drop | {"zone": "America/New_York", "anyway": "1"})

    assert Notice.objects.get().due_at


def test_the_cancel_dialog_says_when_nothing_can_be_sent(desk: Any, coming: Seat, rosa: Client) -> None:
    rosa.email, rosa.texts_agreed_at = "", None
    rosa.save()

    page = desk.get(address("appointment_cancel", coming)).content.decode()
    assert "Nothing can be sent: no e-mail address" in page


def test_session_details_shows_what_was_sent_and_what_became_of_it(
    desk: Any, typed: dict[str, Any], rosa: Client, django_assert_max_num_queries: Any
) -> None:
    desk.post(NEW, typed | {"tell_client": "on"})
    due_at = Notice.objects.get().due_at
    assert due_at
    tell_client(client_id=rosa.pk, at=due_at)
    Message.objects.update(status="failed", trouble="no_such_address")

    page = desk.get(address("appointment", seat())).content.decode()
    assert "Told of the booking" in page
    assert "rosa@example.org" in page
    assert "Not delivered" in page
    assert "Correct the address, or send it by SMS." in page


def test_of_a_series_every_occurrence_shows_the_one_message(
    desk: Any, typed: dict[str, Any], rosa: Client
) -> None:
    desk.post(NEW, typed | {"interval": "1", "ends": "times", "times": "3", "tell_client": "on"})
    due_at = Notice.objects.values_list("due_at", flat=True).distinct().get()
    assert due_at
    tell_client(client_id=rosa.pk, at=due_at)

    assert Message.objects.count() == 1
    for one in Seat.objects.all():
        assert "Told of the booking" in desk.get(address("appointment", one)).content.decode()


def test_the_switches_are_the_owners(signed_in: Any, owner_person: cast.Person, willow: Practice) -> None:
    browser, page = signed_in(owner_person), reverse("desk:settings_practice")
    form = browser.get(page).context["form"]
    said = {name: value for name, value in form.initial.items() if value not in {None, False}}
    assert said["notice_booked"]

    browser.post(page, {name: value for name, value in said.items() if name != "notice_moved"})

    willow.refresh_from_db()
    assert (willow.notice_booked, willow.notice_moved, willow.notice_cancelled) == (True, False, True)


@pytest.fixture
def emailed(osei: Any, coming: Seat, rosa: Client) -> str:
    """Where the file is that Rosa got with her e-mail."""
    at = FOUR - timedelta(days=3)
    said: dict[str, Any] = {"starts_at": FOUR + HOUR, "version": 1, "anyway": True}
    actions.move(appointment=coming.appointment, actor=osei, at=at, **said)
    [message] = tell_client(client_id=rosa.pk, at=at + HOUR)
    return reverse("desk:demo_file", args=[message.pk])


def test_the_demo_phone_has_the_file(
    emailed: str, osei_person: cast.Person, signed_in: Any, birch_person: cast.Person
) -> None:
    Installation.objects.create(demo=True, created_at=cast.TEN)
    browser = signed_in(osei_person)

    assert emailed in browser.get(reverse("desk:demo_phone")).content.decode()
    answer = browser.get(emailed)
    assert answer["Content-Type"].startswith("text/calendar")
    assert b"BEGIN:VEVENT" in answer.content
    assert signed_in(birch_person).get(emailed).status_code == 404


def test_outside_a_demo_nobody_fetches_it(emailed: str, osei_person: cast.Person, signed_in: Any) -> None:
    assert signed_in(osei_person).get(emailed).status_code == 404
