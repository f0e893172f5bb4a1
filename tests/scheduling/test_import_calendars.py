"""Importing a calendar file: single events, series with days left out or moved, zones, refusals."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from holdspace.kit import zones
from holdspace.scheduling.imports import events
from holdspace.scheduling.models import Appointment, Import, Series
from tests import cast
from tests.scheduling.test_imports import hand_in, listed, whys

pytestmark = pytest.mark.usefixtures("at_ten")

__all__ = ["hand_in"]
Handed = Callable[..., Import]


@pytest.fixture
def ics(hand_in: Handed, rosa: Any, osei_person: cast.Person, willow: Any, open_always: None) -> Handed:
    def hand(*found: str, **said: Any) -> Import:
        defaults = {
            "clinician": osei_person.clinician,
            "type": cast.type_of(willow),
            "contact_type": "telehealth",
        }
        text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + "".join(found) + "END:VCALENDAR\r\n"
        return hand_in(text, "calendar", **defaults, **said)

    return hand


def event(*lines: str, uid: str = "1", summary: str = "Rosa Marin") -> str:
    said = ["BEGIN:VEVENT", f"UID:{uid}", f"SUMMARY:{summary}", *lines, "END:VEVENT", ""]
    return "\r\n".join(said)


def walls(zone: str = "America/New_York") -> list[str]:
    found = Appointment.objects.order_by("starts_at")
    return [f"{zones.wall_of(one.starts_at, zone):%m-%d %H:%M}" for one in found]


def test_zones_by_name_by_windows_name_floating_and_utc(ics: Handed) -> None:
    found = ics(
        event("DTSTART;TZID=America/Chicago:20270315T090000", "DTEND;TZID=America/Chicago:20270315T095000"),
        event("DTSTART;TZID=Eastern Standard Time:20270316T090000", "DURATION:PT30M", uid="2"),
        event("DTSTART:20270317T090000", uid="3"),
        event("DTSTART:20270318T130000Z", uid="4"),
        event("DTSTART;TZID=Middle/Earth:20270319T090000", uid="5"),
        event("DTSTART;VALUE=DATE:20270319", uid="6"),
        event("DTSTART:20270314T023000", uid="7"),
        event("DTSTART:20270320T090000", "STATUS:CANCELLED", uid="8"),
        event("DTSTART:20270321T090000", uid="9", summary="Nobody Known"),
    )

    assert [outcome for _, outcome in listed(found)] == ["done"] * 4 + ["refused"] * 5
    assert walls() == ["03-15 10:00", "03-16 09:00", "03-17 09:00", "03-18 09:00"]
    assert Appointment.objects.get(starts_at=datetime(2027, 3, 16, 13, tzinfo=UTC)).minutes == 30
    for word in ("Middle/Earth", "all day", "doesn't exist", "called off", "No client"):
        assert word in whys(found).replace("’", "'")


def test_a_rule_of_ours_becomes_a_series_without_what_is_left_out_or_told_apart(ics: Handed) -> None:
    zone = "TZID=America/New_York"
    found = ics(
        event(
            f"DTSTART;{zone}:20270301T090000",
            f"DTEND;{zone}:20270301T095000",
            "RRULE:FREQ=WEEKLY;COUNT=5;BYDAY=MO",
            f"EXDATE;{zone}:20270315T090000",
        ),
        event(
            f"DTSTART;{zone}:20270323T140000",
            f"DTEND;{zone}:20270323T145000",
            f"RECURRENCE-ID;{zone}:20270322T090000",
        ),
    )

    assert [outcome for _, outcome in listed(found)] == ["done", "done"]
    assert walls() == ["03-01 09:00", "03-08 09:00", "03-23 14:00", "03-29 09:00"]
    assert Series.objects.get().times == 5


def test_a_series_from_the_past_goes_on_from_today(ics: Handed) -> None:
    ics(event("DTSTART:20261104T160000", "RRULE:FREQ=WEEKLY;COUNT=4;BYDAY=WE"))

    assert walls() == ["11-18 16:00", "11-25 16:00"]
    assert Series.objects.get().times == 2


def test_until_ends_it_on_the_right_day(ics: Handed) -> None:
    ics(event("DTSTART:20270104T200000", "RRULE:FREQ=WEEKLY;UNTIL=20270119T010000Z"))

    assert walls() == ["01-04 20:00", "01-11 20:00", "01-18 20:00"]


@pytest.mark.parametrize(
    "lines",
    [
        ["RRULE:FREQ=HOURLY"],
        ["RRULE:FREQ=WEEKLY;BYHOUR=9,10"],
        ["RRULE:FREQ=WEEKLY;COUNT=501"],
        ["RRULE:FREQ=YEARLY;BYWEEKNO=20"],
        ["RRULE:FREQ=WEEKLY", "RRULE:FREQ=DAILY"],
        ["RRULE:FREQ=WEEKLY", "EXRULE:FREQ=MONTHLY"],
        ["RRULE:FREQ=WEEKLY;COUNT=3;UNTIL=20270401T000000Z"],
        ["RRULE:FREQ=WEEKLY", "RECURRENCE-ID:20270301T090000"],
        ["RRULE:FREQ=DAILY;BYMONTHDAY=" + ",".join(["1"] * 200)],
        ["RDATE;VALUE=PERIOD:20270308T090000/PT1H"],
        ["RDATE;VALUE=DATE:20270308"],
        ["DTSTART:20270302T090000"],
        ["RRULE:FREQ=WEEKLY", *["EXDATE:20270308T090000"] * 4000],
        ["RRULE:FREQ=NONSENSE"],
    ],
)
def test_what_isnt_a_rule_of_ours_is_refused_with_a_sentence(ics: Handed, lines: list[str]) -> None:
    found = ics(event("DTSTART:20270301T090000", *lines))

    assert [outcome for _, outcome in listed(found)] == ["refused"]
    assert whys(found)
    assert not Appointment.objects.exists()


def test_a_series_that_clashes_is_refused_whole(ics: Handed) -> None:
    found = ics(
        event("DTSTART:20270308T090000", uid="1"),
        event("DTSTART:20270301T090000", "RRULE:FREQ=WEEKLY;COUNT=3", uid="2"),
    )

    assert [outcome for _, outcome in listed(found)] == ["done", "refused"]
    assert "Line 3 of this file books Dr Ama Osei then: Mon, Mar 8, 9:00 – 9:50 AM" in whys(found)
    assert Appointment.objects.count() == 1


def test_our_own_feed_comes_back_as_it_was(ics: Handed, osei_person: cast.Person) -> None:
    ics(event("DTSTART;TZID=Australia/Sydney:20270301T090000", "RRULE:FREQ=WEEKLY;COUNT=9"))

    again = ics(event("DTSTART;TZID=Australia/Sydney:20270301T090000", "RRULE:FREQ=WEEKLY;COUNT=9"))

    assert [outcome for _, outcome in listed(again)] == ["there"]
    assert Appointment.objects.count() == 9


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "empty"),
        ("name,born\n", "BEGIN:VCALENDAR"),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\n", "never ends"),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nBEGIN:VEVENT\n", "inside"),
        ("BEGIN:VCALENDAR\nEND:VEVENT\n", "never began"),
    ],
)
def test_a_malformed_calendar_says_where(hand_in: Handed, text: str, word: str) -> None:
    found = hand_in(text, "calendar")

    assert found.status == "unreadable"
    assert word in found.trouble


def test_folded_lines_and_alarms_are_read_through(ics: Handed) -> None:
    alarm = ["BEGIN:VALARM", "TRIGGER:-PT15M", "SUMMARY:Not me", "END:VALARM"]
    found = ics(event("DTSTART:20270301T09", " 0000", "DESCRIPTION:" + "x" * 9000, *alarm))

    assert [outcome for _, outcome in listed(found)] == ["done"]
    assert events.zone_of("/freeassociation.sourceforge.net/America/New_York") == "America/New_York"
