"""Behind the tiles: outside hours, time off, closed days."""

from datetime import timedelta

import pytest
from django.urls import reverse

from holdspace.scheduling.models import Hours, TimeOff
from tests import cast

FEED = reverse("desk:feed")
DAY = "2026-11-18"


@pytest.fixture
def osei_desk(signed_in, osei_person):
    return signed_in(osei_person)


@pytest.fixture
def desk(signed_in, front_desk_person):
    return signed_in(front_desk_person)


def bands(browser, **said):
    answer = browser.get(FEED, {"date": DAY, "view": "day", **said}).json()["bands"]
    return [(one["classNames"][1], one["start"][11:16], one["end"][11:16]) for one in answer]


def test_outside_hours_is_shaded_and_time_off_says_what_it_is(osei_desk, osei_person, willow):
    off = {"starts_at": cast.TEN, "ends_at": cast.TEN + timedelta(hours=1), "time_zone": "America/New_York"}
    TimeOff.objects.create(
        practice=willow, clinician=osei_person.clinician, label="<b>Dentist", created_at=cast.TEN, **off
    )

    assert bands(osei_desk) == [
        ("is-away", "10:00", "11:00"), ("is-outside", "00:00", "08:00"), ("is-outside", "18:00", "00:00"),
    ]  # fmt: skip
    assert (
        "&lt;b&gt;Dentist" in osei_desk.get(FEED, {"date": DAY}).json()["bands"][0]["extendedProps"]["html"]
    )


def test_a_closed_day_is_a_band_for_everybody_and_hours_are_those_of_anybody(
    desk, osei_person, novak_hours, willow
):
    assert bands(desk, clinician="all")[-1] == ("is-outside", "20:00", "00:00")

    willow.holidays = "us"
    willow.save()
    assert bands(desk, clinician="all", date="2026-11-26") == [("is-closed", "00:00", "00:00")]


@pytest.fixture
def novak_hours(willow):
    novak = cast.person(willow, "Dr Eva Novak", ["clinician"]).clinician
    return Hours.objects.create(practice=willow, clinician=novak, weekday=2, starts=720, ends=1200)


def test_on_the_day_of_a_clock_change_bands_keep_wall_time(osei_desk):
    assert bands(osei_desk, date="2027-03-15") == bands(osei_desk, date="2027-11-08")
    assert bands(osei_desk, date="2026-11-01") == [("is-outside", "00:00", "00:00")]
    assert bands(osei_desk, date="2027-03-14") == [("is-outside", "00:00", "00:00")]


def test_an_agenda_has_no_bands(osei_desk):
    assert bands(osei_desk, view="agenda") == []


def test_side_by_side_each_column_has_its_own_bands(desk, osei_person, novak_hours, willow):
    off = {"starts_at": cast.TEN, "ends_at": cast.TEN + timedelta(hours=1), "time_zone": "America/New_York"}
    TimeOff.objects.create(practice=willow, clinician=osei_person.clinician, created_at=cast.TEN, **off)

    answer = desk.get(FEED, {"date": DAY, "view": "clinicians"}).json()["bands"]

    def of(clinician):
        ones = [one for one in answer if one["resourceIds"] == [str(clinician.pk)]]
        return [(one["classNames"][1], one["start"][11:16], one["end"][11:16]) for one in ones]

    assert of(osei_person.clinician) == [
        ("is-away", "10:00", "11:00"), ("is-outside", "00:00", "08:00"), ("is-outside", "18:00", "00:00"),
    ]  # fmt: skip
    assert of(novak_hours.clinician) == [("is-outside", "00:00", "12:00"), ("is-outside", "20:00", "00:00")]
