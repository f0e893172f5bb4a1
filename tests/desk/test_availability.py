"""Settings: practice hours, availability, time off; without script, refused with sentences."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from holdspace.audit.models import Entry
from holdspace.kit.refusals import NotYours
from holdspace.practices.models import Practice
from holdspace.scheduling.actions import hours, time_off
from holdspace.scheduling.models import Hours, TimeOff
from tests import cast
from tests.cast import TEN

pytestmark = pytest.mark.usefixtures("at_ten")

SignIn = Callable[[cast.Person], Browser]


@pytest.fixture
def osei_desk(signed_in: SignIn, osei_person: cast.Person) -> Browser:
    return signed_in(osei_person)


def place(name: str, person: cast.Person) -> str:
    assert person.clinician
    return reverse(f"desk:{name}", args=[person.clinician.pk])


def typed(**facts: Any) -> dict[str, Any]:
    return {"weekdays": ["0", "2"], "starts": "540", "ends": "1020"} | facts


def off(**facts: Any) -> dict[str, Any]:
    return {
        "kind": "away",
        "label": "Conference",
        "first_day": "2027-06-01",
        "last_day": "2027-06-04",
    } | facts


def test_a_clinician_says_when_they_are_there(osei_desk: Browser, osei_person: cast.Person) -> None:
    answer = osei_desk.post(place("settings_hours_new", osei_person), typed(contact_types=["telehealth"]))

    assert answer.status_code == 302
    page = osei_desk.get(answer["Location"]).content.decode()
    assert "My availability" in page
    assert "Monday" in page
    assert "9:00 AM – 5:00 PM" in page
    assert "only Telehealth" in page
    assert Hours.objects.count() == 2
    assert Entry.objects.filter(what="scheduling.hours.added").count() == 2


def test_hours_are_changed_and_removed(osei_desk: Browser, osei_person: cast.Person) -> None:
    osei_desk.post(place("settings_hours_new", osei_person), typed(weekdays=["0"], ends="1440"))
    row = Hours.objects.get()

    osei_desk.post(reverse("desk:settings_hours_edit", args=[row.pk]), {"starts": "600", "ends": "720"})
    row.refresh_from_db()
    assert (row.starts, row.ends, row.weekday) == (600, 720, 0)

    osei_desk.post(reverse("desk:settings_hours_remove", args=[row.pk]))
    assert not Hours.objects.exists()


@pytest.mark.parametrize(
    ("facts", "status", "says"),
    [
        ({"ends": "540"}, 422, "The hours end after they start"),
        ({"ends": "480"}, 422, "The hours end after they start"),
        ({"ends": "9999"}, 422, "Select a valid choice"),
        ({"weekdays": []}, 422, "Choose days of the week, or one single day"),
        ({"day": "2027-06-01"}, 422, "Choose days of the week, or one single day"),
        ({"weekdays": ["7"]}, 422, "Select a valid choice"),
        ({"weekdays": [], "day": "2027-02-30"}, 422, "Enter a valid date"),
        ({"weekdays": [], "day": "9999-12-31"}, 409, "beyond this calendar"),
        ({"weekdays": ["2"], "starts": "0"}, 409, "There are hours at that time already: Wednesday, 9:00 AM"),
        ({"contact_types": ["pigeon"]}, 422, "Select a valid choice"),
    ],
)
def test_hours_that_cannot_be_are_refused_with_a_sentence(
    osei_desk: Browser, osei_person: cast.Person, facts: dict[str, Any], status: int, says: str
) -> None:
    where = place("settings_hours_new", osei_person)
    osei_desk.post(where, typed(weekdays=["2"]))

    answer = osei_desk.post(where, typed(**facts))

    assert answer.status_code == status
    assert says in answer.content.decode()
    assert Hours.objects.count() == 1


def test_hours_side_by_side_for_different_contact_types_do_not_overlap(
    osei_desk: Browser, osei_person: cast.Person
) -> None:
    where = place("settings_hours_new", osei_person)
    osei_desk.post(where, typed(contact_types=["telehealth"]))

    assert osei_desk.post(where, typed(contact_types=["in_person"])).status_code == 302
    assert osei_desk.post(where, typed(contact_types=["in_person", "phone"])).status_code == 409


def test_time_off_is_added_changed_and_removed(osei_desk: Browser, osei_person: cast.Person) -> None:
    answer = osei_desk.post(place("settings_off_new", osei_person), off())
    row = TimeOff.objects.get()
    assert row.starts_at == datetime(2027, 6, 1, 4, tzinfo=UTC)
    assert row.ends_at == datetime(2027, 6, 5, 4, tzinfo=UTC)
    assert "Tue, Jun 1 – Fri, Jun 4" in osei_desk.get(answer["Location"]).content.decode()

    here = reverse("desk:settings_off", args=[row.pk])
    assert 'value="2027-06-04"' in osei_desk.get(here).content.decode()
    osei_desk.post(here, off(kind="block", last_day="2027-06-01", starts="12:00", ends="13:00"))
    row.refresh_from_db()
    assert (row.kind, row.ends_at - row.starts_at) == ("block", timedelta(hours=1))

    osei_desk.post(reverse("desk:settings_off_remove", args=[row.pk]))
    assert not TimeOff.objects.exists()
    assert "Conference" not in str(list(Entry.objects.values_list("detail", flat=True)))


@pytest.mark.parametrize(
    ("facts", "status", "says"),
    [
        ({"last_day": "2027-05-31"}, 422, "Time off ends after it starts"),
        ({"last_day": "2027-06-01", "starts": "13:00", "ends": "12:00"}, 422, "ends after it starts"),
        ({"last_day": "2037-06-01"}, 409, "a year at most"),
        ({"first_day": "2027-02-30"}, 422, "Enter a valid date"),
        ({"last_day": "9999-12-31"}, 422, "beyond this calendar"),
        ({"first_day": "2027-03-14", "last_day": "2027-03-14", "starts": "02:30"}, 422, "doesn&#x27;t exist"),
        ({"kind": "closed"}, 422, "Select a valid choice"),
        ({"label": "x" * 61}, 422, "at most 60"),
    ],
)
def test_time_off_that_cannot_be_is_refused_with_a_sentence(
    osei_desk: Browser, osei_person: cast.Person, facts: dict[str, Any], status: int, says: str
) -> None:
    answer = osei_desk.post(place("settings_off_new", osei_person), off(**facts))

    assert answer.status_code == status
    assert says in answer.content.decode()
    assert not TimeOff.objects.exists()


def test_what_is_booked_in_that_time_is_said(osei_desk: Browser, osei_person: Any, rosas_seat: Any) -> None:
    said = off(first_day="2026-11-18", last_day="2026-11-18")

    answer = osei_desk.post(place("settings_off_new", osei_person), said, follow=True)

    assert "1 appointment is booked in that time" in answer.content.decode()


def test_the_owner_switches_holidays_on_and_closes_the_practice(
    signed_in: SignIn, owner_person: cast.Person, willow: Practice
) -> None:
    browser, here = signed_in(owner_person), reverse("desk:settings_hours")

    page = browser.post(here, {"holidays": "us"}, follow=True).content.decode()
    assert "Thanksgiving Day" in page
    browser.post(reverse("desk:settings_closed_new"), off())
    browser.post(reverse("desk:settings_practice_hours_new"), typed())

    willow.refresh_from_db()
    assert willow.holidays == "us"
    assert TimeOff.objects.get().kind == "closed"
    assert Hours.objects.filter(clinician=None).count() == 2
    assert browser.post(here, {"holidays": "mars"}).status_code == 422


def test_who_may_change_whose(
    signed_in: SignIn, willow: Practice, osei_person: cast.Person, front_desk_person: cast.Person,
    owner_person: cast.Person, auditor_person: cast.Person, birch_person: cast.Person,
) -> None:  # fmt: skip
    novak = cast.person(willow, "Dr Eva Novak", ["clinician"])
    mine = place("settings_clinician_hours", osei_person)

    seen = [
        signed_in(one).get(mine).status_code
        for one in (osei_person, front_desk_person, owner_person, novak, auditor_person, birch_person)
    ]
    assert seen == [200, 200, 200, 404, 404, 404]

    ours = Hours.objects.create(practice=willow, weekday=0, starts=540, ends=600)
    where = reverse("desk:settings_hours_remove", args=[ours.pk])
    assert signed_in(front_desk_person).post(where).status_code == 404
    assert signed_in(owner_person).post(where).status_code == 302


def test_the_actions_themselves_refuse_whoever_may_not(
    willow: Practice, osei: Any, front_desk: Any, osei_person: cast.Person, ten: datetime
) -> None:
    novak = cast.person(willow, "Dr Eva Novak", ["clinician"])
    facts: dict[str, Any] = {
        "practice": willow,
        "at": ten,
        "starts": 540,
        "ends": 600,
        "day": date(2026, 12, 1),
    }

    with pytest.raises(NotYours):
        hours.add_hours(clinician=novak.clinician, actor=osei, **facts)
    with pytest.raises(NotYours):
        hours.add_hours(clinician=None, actor=front_desk, **facts)
    with pytest.raises(NotYours):
        time_off.add_time_off(
            practice=willow, clinician=novak.clinician, starts_at=TEN, ends_at=TEN + timedelta(days=1),
            time_zone="UTC", actor=osei, at=ten,
        )  # fmt: skip
    hours.add_hours(clinician=novak.clinician, actor=front_desk, **facts)
