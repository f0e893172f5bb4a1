"""The calendar's pages: what the address says is what is shown, in a fixed number of queries."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from holdspace.audit.models import Entry
from holdspace.kit import clock
from holdspace.scheduling.models import Appointment
from tests import cast

HERE = reverse("desk:calendar")
FEED = reverse("desk:feed")
DAY = "2026-11-18"
AHEAD = datetime(2099, 11, 18, 15, tzinfo=UTC)  # a Wednesday, too
# Sign-in, membership and clinician; the calendar's own are eleven, the frame's the rest.
QUERIES_OF_A_FEED = 17


@pytest.fixture
def osei_desk(signed_in, osei_person):
    return signed_in(osei_person)


@pytest.fixture
def desk(signed_in, front_desk_person):
    return signed_in(front_desk_person)


def tiles(browser, **said):
    answer = browser.get(FEED, {"date": DAY, **said})
    assert answer.status_code == 200
    return answer.json()["events"]


def test_the_week_shows_the_tile_with_name_marks_and_lights(osei_desk, rosas_seat):
    (event,) = tiles(osei_desk)

    assert (event["start"], event["end"]) == ("2026-11-18T10:00:00", "2026-11-18T10:50:00")
    html = event["extendedProps"]["html"]
    for said in ("Rosa M.", "10:00 – 10:50", "Telehealth, Confirmed", "is-sure", "Individual"):
        assert said in html
    assert "Link not seen, Device not checked, Consent not yet, Location not yet" in html
    assert reverse("desk:appointment", args=[rosas_seat.pk]) in html


def test_what_people_wrote_is_words_in_a_tile_and_never_markup(desk, rosas_seat, osei_person):
    appointment, rosa = rosas_seat.appointment, rosas_seat.client
    rosa.first_name, appointment.type.name, osei_person.clinician.name = '<b>"Rosa', "<i>'Talk", "Dr <u>Osei"
    for row in (rosa, appointment.type, osei_person.clinician):
        row.save()

    alone, among_all = (tiles(desk, view=view, clinician="all")[0] for view in ("clinicians", "day"))
    for html in (alone["extendedProps"]["html"], among_all["extendedProps"]["html"]):
        assert not [mark for mark in ('<b>"', "<i>'", "<u>") if mark in html]
        assert "&lt;b&gt;&quot;Rosa M." in html
        assert "&lt;i&gt;&#x27;Talk" in html
        assert "Dr &lt;u&gt;Osei" in html


def test_a_practice_that_wants_initials_shows_no_more(osei_desk, rosas_seat, willow):
    willow.initials_only = True
    willow.save()

    assert ">RM<" in tiles(osei_desk)[0]["extendedProps"]["html"]


def test_the_page_is_called_calendar_and_names_nobody_in_title_or_address(osei_desk, rosas_seat):
    page = osei_desk.get(HERE, {"date": DAY}).content.decode()

    title = page.partition("<title>")[2].partition("</title>")[0]
    assert title.startswith("Calendar")
    assert "Rosa" not in title
    assert "November 16 – 20, 2026" in page


def test_without_script_the_same_days_are_a_list(osei_desk, rosas_seat):
    page = osei_desk.get(HERE, {"date": DAY}).content.decode()
    agenda = page.partition('<noscript id="plain">')[2].partition("</noscript>")[0]

    assert "Wednesday, November 18" in agenda
    assert reverse("desk:appointment", args=[rosas_seat.pk]) in agenda


@pytest.mark.parametrize(
    ("view", "shown"),
    [
        ("day", "Wednesday, November 18, 2026"),
        ("week", "November 16 – 22, 2026"),
        ("agenda", "Nov 18 – Dec 1, 2026"),
    ],
)
def test_each_view_says_what_it_shows(osei_desk, rosas_seat, view, shown):
    page = osei_desk.get(HERE, {"date": DAY, "view": view}).content.decode()

    assert shown in page
    assert "Rosa M." in page


@pytest.mark.parametrize(
    "nonsense",
    [
        {"view": "moon"},
        {"date": "soon"},
        {"date": "9999-12-31"},
        {"clinician": "x"},
        {"zone": "Mars/Olympus"},
    ],
)
def test_nonsense_in_the_address_is_as_if_it_were_not_there(osei_desk, nonsense):
    assert osei_desk.get(HERE, nonsense).status_code == 200


def test_filters_are_in_the_address(osei_desk, osei_person, rosas_seat, rosa):
    by_phone = {"contact_type": "phone", "status": "scheduled"}
    cast.appointment(osei_person.clinician, rosa, starts_at=cast.TEN + timedelta(hours=2), **by_phone)

    assert len(tiles(osei_desk)) == 2
    assert len(tiles(osei_desk, contact_type="phone")) == 1
    assert len(tiles(osei_desk, status="confirmed")) == 1
    assert len(tiles(osei_desk, status="no_show")) == 0


def test_a_clinician_sees_their_own_calendar_and_the_front_desk_everyones(
    desk, signed_in, willow, osei_person, rosas_seat
):
    novak = cast.person(willow, "Dr Eva Novak", ["clinician"])

    assert tiles(signed_in(novak)) == []
    assert tiles(signed_in(novak), clinician=str(osei_person.clinician.pk)) == []
    assert len(tiles(desk, clinician="all")) == 1
    assert len(tiles(desk, clinician=str(osei_person.clinician.pk))) == 1


def test_another_practice_sees_nothing(signed_in, birch_person, rosas_seat):
    assert tiles(signed_in(birch_person), clinician="all") == []


def test_the_auditor_has_no_calendar(signed_in, auditor_person):
    assert signed_in(auditor_person).get(HERE).status_code == 404


def test_the_zone_menu_is_kept_by_a_post_and_never_by_a_get(osei_desk, rosas_seat):
    assert tiles(osei_desk, zone="America/Los_Angeles")[0]["start"].endswith("T07:00:00")
    assert tiles(osei_desk)[0]["start"].endswith("T10:00:00")

    osei_desk.post(reverse("desk:zone"), {"zone": "America/Los_Angeles", "next": HERE})

    assert tiles(osei_desk)[0]["start"].endswith("T07:00:00")


def test_the_zone_menu_leads_back_here_and_nowhere_else(osei_desk):
    answer = osei_desk.post(reverse("desk:zone"), {"zone": "UTC", "next": "https://evil.example.org/"})

    assert answer["Location"] == HERE


def test_looking_at_the_calendar_writes_nothing(osei_desk, rosas_seat):
    osei_desk.get(HERE, {"date": DAY})

    assert not Entry.objects.exists()


def test_a_feed_costs_the_same_number_of_queries_however_full_the_week(osei_desk, osei_person, rosa):
    def cost():
        with CaptureQueriesContext(
            connection,
        ) as counted:
            tiles(osei_desk)
        return len(counted)

    cast.appointment(osei_person.clinician, rosa)
    tiles(osei_desk)
    one = cost()
    for n in range(1, 8):
        client = cast.client_of(osei_person.clinician.practice, f"Client{n}", "Marin")
        cast.appointment(osei_person.clinician, client, starts_at=cast.TEN + n * timedelta(hours=1))

    assert cost() == one <= QUERIES_OF_A_FEED


def test_a_drag_out_of_hours_says_that_one_may_insist(osei_desk, rosas_seat):
    said = {"id": str(rosas_seat.appointment.pk), "start": "2026-11-18T20:00:00", "minutes": "50"}
    said |= {"zone": "America/New_York", "version": "1"}
    headers = {"Accept": "application/json"}

    answer = osei_desk.post(reverse("desk:appointment_drop"), said, headers=headers)
    assert (answer.status_code, answer.json()["may_overrule"]) == (409, True)

    again = osei_desk.post(reverse("desk:appointment_drop"), said | {"anyway": "1"}, headers=headers)
    assert again.json()["ok"]


def test_a_dragged_tile_moves_and_the_answer_says_where_to(osei_desk, rosas_seat):
    appointment = rosas_seat.appointment
    said = {"id": str(appointment.pk), "start": "2099-11-18T11:30:00", "minutes": "50"}
    said |= {"zone": "America/New_York", "version": "1"}

    answer = osei_desk.post(reverse("desk:appointment_drop"), said, headers={"Accept": "application/json"})

    when = "Wed, Nov 18, 11:30 AM – 12:20 PM Eastern"
    assert answer.json() == {"ok": True, "version": 2, "when": when, "following": ""}
    assert Appointment.objects.get().starts_at == AHEAD + timedelta(minutes=90)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"minutes": "-50"}, "ends after it starts"),
        ({"minutes": "nine"}, "ends after it starts"),
        ({"start": "2027-03-14T02:30:00"}, "doesn't exist"),
        ({"start": "2026-11-01T01:30:00"}, "happens twice"),
        ({"version": "7"}, "changed this appointment"),
    ],
)
def test_a_drag_that_cannot_be_is_refused_with_a_sentence(osei_desk, rosas_seat, facts, sentence):
    said = {"id": str(rosas_seat.appointment.pk), "start": "2026-11-18T11:30:00", "minutes": "50"}
    said |= {"zone": "America/New_York", "version": "1"}

    answer = osei_desk.post(
        reverse("desk:appointment_drop"), said | facts, headers={"Accept": "application/json"}
    )

    assert answer.status_code == 409
    assert sentence in json.loads(answer.content)["sentence"]
    assert Appointment.objects.get().starts_at == cast.TEN


def test_another_practice_cannot_drag_what_it_cannot_see(signed_in, birch_person, rosas_seat):
    said = {
        "id": str(rosas_seat.appointment.pk),
        "start": "2026-11-18T11:30:00",
        "minutes": "50",
        "version": "1",
    }

    answer = signed_in(birch_person).post(reverse("desk:appointment_drop"), said | {"zone": "UTC"})

    assert answer.status_code == 404


def test_the_time_line_belongs_to_the_shown_zone(osei_desk):
    answer = osei_desk.get(FEED, {"date": DAY, "zone": "Pacific/Honolulu"}).json()

    assert answer["offset"] == "-10:00"
    assert clock.now().tzinfo is not None


def drag(browser, seat, **said):
    facts = {
        "id": str(seat.appointment.pk),
        "start": f"{AHEAD:%Y-%m-%d}T11:30:00",
        "minutes": "50",
        "version": "1",
    }
    return browser.post(
        reverse("desk:appointment_drop"),
        facts | {"zone": "America/New_York"} | said,
        headers={"Accept": "application/json"},
    )


@pytest.fixture
def novak_person(willow):
    return cast.person(willow, "Dr Eva Novak", ["clinician"])


def test_a_tile_dragged_into_another_column_moves_to_that_clinician_and_back(
    desk, rosas_seat, osei_person, novak_person
):
    there = drag(desk, rosas_seat, clinician=str(novak_person.clinician.pk))

    assert there.json()["when"] == "Wed, Nov 18, 11:30 AM – 12:20 PM Eastern, Dr Eva Novak"
    assert list(rosas_seat.appointment.clinicians.all()) == [novak_person.clinician]

    back = {"start": "2026-11-18T10:00:00", "version": "2", "anyway": "1"}
    drag(desk, rosas_seat, clinician=str(osei_person.clinician.pk), **back)

    assert list(rosas_seat.appointment.clinicians.all()) == [osei_person.clinician]
    assert Appointment.objects.get().starts_at == cast.TEN


def test_a_clinician_gives_an_appointment_to_nobody_else(
    osei_desk, rosas_seat, osei_person, novak_person, birch_person
):
    for other in (novak_person, birch_person):
        assert drag(osei_desk, rosas_seat, clinician=str(other.clinician.pk)).status_code == 404
    assert drag(osei_desk, rosas_seat, clinician="nobody").status_code == 404

    assert list(rosas_seat.appointment.clinicians.all()) == [osei_person.clinician]


def test_who_sees_every_calendar_but_books_in_their_own_is_told_so(
    signed_in, willow, rosas_seat, osei_person, novak_person
):
    both = cast.person(willow, "Dr Ida Moss", ["owner", "clinician"])
    assert both.clinician
    theirs = cast.appointment(both.clinician, rosas_seat.client, starts_at=cast.TEN + timedelta(hours=3))

    answer = drag(signed_in(both), theirs, clinician=str(novak_person.clinician.pk))

    assert answer.status_code == 409
    assert list(theirs.appointment.clinicians.all()) == [both.clinician]


def test_what_several_lead_moves_in_time_only(desk, rosas_seat, osei_person, novak_person):
    rosas_seat.appointment.clinicians.add(novak_person.clinician)
    third = cast.person(osei_person.clinician.practice, "Dr Ida Moss", ["clinician"])
    assert third.clinician

    answer = drag(desk, rosas_seat, clinician=str(third.clinician.pk))

    assert answer.status_code == 409
    assert "Several people lead" in answer.json()["sentence"]
    assert drag(desk, rosas_seat).status_code == 200
    assert rosas_seat.appointment.clinicians.count() == 2
