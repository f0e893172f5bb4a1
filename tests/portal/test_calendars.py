"""Add to calendar: the client's appointment in the client's own calendar."""

from datetime import UTC, datetime, timedelta
from typing import Any

import icalendar
import pytest
import recurring_ical_events
import time_machine
from django.test import Client as Browser

from holdspace.portal.web import COOKIE
from holdspace.scheduling import actions, links, recurrence
from holdspace.scheduling.actions.links import identify
from holdspace.scheduling.models import Seat
from holdspace.scheduling.plans import Plan
from holdspace.scheduling.recurrence import Repeat
from tests import cast
from tests.cast import TEN

ONE, ALL = "/v/appointment.ics", "/v/appointments.ics"


@pytest.fixture(autouse=True)
def at_ten() -> Any:
    with time_machine.travel(TEN - timedelta(hours=1), tick=False):
        yield


def arrived(browser: Browser, seat: Seat) -> Browser:
    seat = Seat.objects.select_related("practice", "appointment", "client").get(pk=seat.pk)
    browser.cookies[COOKIE] = identify(seat=seat, birth_date=seat.client.birth_date, at=TEN)[1]
    return browser


@pytest.fixture
def weekly(osei_person: cast.Person, rosa: Any, willow: Any) -> list[Seat]:
    plan = Plan(
        type=cast.type_of(willow),
        contact_type="telehealth",
        clinicians=(osei_person.clinician,),  # type: ignore[arg-type]
        starts_at=TEN,
        ends_at=TEN + timedelta(minutes=50),
        time_zone="America/New_York",
        notes="Panic attacks",
    )
    repeat = Repeat(recurrence.weekly(datetime(2026, 11, 18, 10)), times=30)
    series = actions.book_series(
        plan=plan, repeat=repeat, clients=[rosa], actor=osei_person.actor, at=TEN - timedelta(days=1)
    )
    found = Seat.objects.filter(appointment__occurrence__series=series)
    return list(found.select_related("appointment", "practice").order_by("appointment__starts_at"))


def starts(text: bytes) -> list[datetime]:
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(text)).between(
        TEN - timedelta(days=99), TEN + timedelta(days=500)
    )
    return sorted(one["DTSTART"].dt.astimezone(UTC) for one in found)


def test_one_appointment_in_the_clients_zone_with_nothing_secret(rosas_seat: Seat, client: Browser) -> None:
    browser = arrived(client, rosas_seat)
    text = browser.get(ONE).content.decode()

    assert "DTSTART;TZID=America/Chicago:20261118T090000" in text
    assert "BEGIN:VTIMEZONE" in text
    assert "SUMMARY:Appointment with Willow Street Counseling" in text
    for word in ("Rosa", "Osei", "URL", "http", rosas_seat.link_handle, links.secret_of(rosas_seat)):
        assert word not in text
    assert ONE in browser.get("/v/").content.decode()
    assert ALL not in browser.get("/v/").content.decode()


def test_the_whole_series_keeps_its_hour_over_the_clock_change(weekly: list[Seat], client: Browser) -> None:
    browser = arrived(client, weekly[0])

    text = browser.get(ALL).content

    assert starts(text) == [seat.appointment.starts_at for seat in weekly]
    assert text.count(b"BEGIN:VEVENT") == 1
    assert b"Panic" not in text
    assert ALL in browser.get("/v/").content.decode()


def test_what_was_called_off_is_in_no_file(
    weekly: list[Seat], client: Browser, osei_person: cast.Person
) -> None:
    browser = arrived(client, weekly[0])
    actions.cancel(seat=weekly[3], actor=osei_person.actor, at=TEN)

    assert weekly[3].appointment.starts_at not in starts(browser.get(ALL).content)
    actions.cancel(seat=weekly[0], actor=osei_person.actor, at=TEN)
    assert browser.get(ONE).status_code == 404
    assert browser.get(ALL).status_code == 404


def test_only_the_seats_own_visit_gets_a_file(rosas_seat: Seat, client: Browser) -> None:
    assert client.get(ONE).status_code == 404
    assert client.get(ALL).status_code == 404
