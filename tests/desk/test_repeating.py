"""A repeating appointment on the form: booked, with clashes decided, changed and called off by scope."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from holdspace.clients.models import Client
from holdspace.scheduling import actions
from holdspace.scheduling.models import Appointment, Hours, Series
from holdspace.scheduling.plans import Plan
from tests import cast

pytestmark = pytest.mark.usefixtures("at_ten")

NEW = reverse("desk:appointment_new")
# A Thursday: four o'clock in New York.
FOUR = datetime(2027, 11, 18, 21, tzinfo=UTC)
WEEK = timedelta(days=7)


def page(name: str, appointment: Appointment) -> str:
    return reverse(f"desk:{name}", args=[appointment.seats.get().pk])


def days() -> list[str]:
    return [f"{one.starts_at:%m-%d %H:%M}" for one in Appointment.objects.order_by("starts_at")]


@pytest.fixture
def desk(signed_in: Any, front_desk_person: cast.Person) -> Any:
    return signed_in(front_desk_person)


@pytest.fixture
def typed(osei_person: cast.Person, willow: Any, rosa: Client) -> Any:
    assert osei_person.clinician
    leads = str(osei_person.clinician.pk)

    def make(**facts: Any) -> dict[str, Any]:
        said = {
            "client": str(rosa.pk),
            "clinician": leads,
            "type": str(cast.type_of(willow).pk),
            "contact_type": "telehealth",
            "date": "2027-11-18",
            "start": "16:00",
            "minutes": "50",
            "zone": "America/New_York",
            "interval": "1",
            "ends": "times",
            "times": "3",
        }
        return said | facts

    return make


@pytest.fixture
def open_sundays(willow: Any) -> None:
    Hours.objects.create(practice=willow, weekday=6, starts=0, ends=24 * 60)


def take_next_week(person: cast.Person, client: Client) -> None:
    """Four o'clock a week later, taken by somebody's appointment."""
    assert person.clinician
    length = timedelta(minutes=50)
    kind, leads = cast.type_of(client.practice), (person.clinician,)
    plan = Plan(kind, "telehealth", leads, FOUR + WEEK, FOUR + WEEK + length, "America/New_York")
    actions.book(plan=plan, clients=[client], actor=person.actor, at=cast.TEN)


def test_three_weeks_are_three_appointments(desk: Any, typed: Any) -> None:
    answer = desk.post(NEW, typed())

    assert answer.status_code == 302
    assert days() == ["11-18 21:00", "11-25 21:00", "12-02 21:00"]
    first = Appointment.objects.order_by("starts_at")[0]
    assert "Every week on Thursday, 3 times" in desk.get(page("appointment", first)).content.decode()


def test_without_an_interval_it_is_one(desk: Any, typed: Any) -> None:
    desk.post(NEW, typed(interval=""))

    assert (len(days()), Series.objects.count()) == (1, 0)


def test_somebody_new_is_added_with_the_series_or_not_at_all(
    desk: Any, typed: Any, osei_person: cast.Person, willow: Any, rosa: Client
) -> None:
    take_next_week(osei_person, rosa)
    person = {"client": "", "first_name": "Wanda", "last_name": "Quill"}

    refused = desk.post(NEW, typed(**person))
    assert refused.status_code == 409
    assert not Client.objects.filter(last_name__isnull=False, first_name="Wanda").exists()

    desk.post(NEW, typed(**person, **{"day-2027-11-25": "skip"}))
    assert [client.first_name for client in Client.objects.all()].count("Wanda") == 1


def test_a_day_that_clashes_is_asked_about_and_keeps_what_was_typed(
    desk: Any, typed: Any, osei_person: cast.Person, willow: Any
) -> None:
    tom = cast.client_of(willow, "Tom", "Reed")
    take_next_week(osei_person, tom)

    refused = desk.post(NEW, typed(notes="Bring the form"))
    html = refused.content.decode()
    assert refused.status_code == 409
    assert "1 of 3 dates needs a choice" in html
    assert 'name="day-2027-11-25"' in html
    assert "Bring the form" in html
    assert Series.objects.count() == 0

    answer = desk.post(NEW, typed(**{"day-2027-11-25": "2027-11-25T17:00"}))
    assert answer.status_code == 302
    assert days() == ["11-18 21:00", "11-25 21:00", "11-25 22:00", "12-02 21:00"]


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ({"times": "10000"}, "500"),
        ({"ends": "day", "last_day": "2027-01-01"}, "ends before its first"),
        ({"interval": "custom", "unit": "WEEKLY", "weekdays": ["MO"]}, "Monday, November 22"),
    ],
)
def test_a_rule_nobody_could_keep_is_refused_at_its_field(
    bad: dict[str, Any], words: str, desk: Any, typed: Any
) -> None:
    refused = desk.post(NEW, typed(**bad))

    assert refused.status_code == 422
    assert words in refused.content.decode()
    assert Appointment.objects.count() == 0


def test_a_series_over_an_hour_that_the_clock_skips_is_asked_about_and_loses_nothing(
    desk: Any, typed: Any, open_sundays: None
) -> None:
    night = {"date": "2027-03-07", "start": "02:30", "notes": "Night watch"}

    refused = desk.post(NEW, typed(**night))
    html = refused.content.decode()

    assert refused.status_code == 409
    assert "The clocks go forward and that hour doesn&#x27;t exist. It would be Sun, Mar 14, 3:30" in html
    assert 'name="day-2027-03-14"' in html
    assert "Night watch" in html
    assert not Appointment.objects.exists()

    assert desk.post(NEW, typed(**night, **{"day-2027-03-14": "skip"})).status_code == 302
    assert days() == ["03-07 07:30", "03-21 06:30"]


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        ({"date": "2027-03-14", "start": "02:30"}, "2:30 AM doesn&#x27;t exist on that day"),
        ({"date": "2027-11-07", "start": "01:30"}, "Which of the two?"),
        ({"contact_type": "phone"}, "offered that way"),
    ],
)
def test_a_series_that_cannot_begin_says_why_and_keeps_what_was_typed(
    bad: dict[str, str], says: str, desk: Any, typed: Any, willow: Any
) -> None:
    kind = cast.type_of(willow)
    kind.contact_types = ["telehealth"]
    kind.save()

    refused = desk.post(NEW, typed(notes="Bring the form", times="7", **bad))
    html = refused.content.decode()

    assert refused.status_code in {409, 422}
    assert says in html
    assert "Bring the form" in html
    assert 'value="7"' in html
    assert not Appointment.objects.exists()


def edited(appointment: Appointment, typed: Any, **facts: Any) -> dict[str, Any]:
    said = typed(version=str(appointment.version), date=f"{appointment.starts_at:%Y-%m-%d}", **facts)
    return {
        name: value for name, value in said.items() if name not in {"client", "interval", "ends", "times"}
    }


@pytest.mark.parametrize(
    ("scope", "after"),
    [
        ("one", ["11-18 21:00", "11-25 22:00", "12-02 21:00"]),
        ("following", ["11-18 21:00", "11-25 22:00", "12-02 22:00"]),
        ("all", ["11-18 22:00", "11-25 22:00", "12-02 22:00"]),
    ],
)
def test_a_change_reaches_as_far_as_was_said(scope: str, after: list[str], desk: Any, typed: Any) -> None:
    desk.post(NEW, typed())
    second = Appointment.objects.order_by("starts_at")[1]

    answer = desk.post(page("appointment_edit", second), edited(second, typed, start="17:00", scope=scope))

    assert answer.status_code == 302
    assert days() == after


@pytest.mark.parametrize(("scope", "left"), [("one", 2), ("following", 1), ("all", 0)])
def test_calling_off_reaches_as_far_as_was_said(scope: str, left: int, desk: Any, typed: Any) -> None:
    desk.post(NEW, typed())
    second = Appointment.objects.order_by("starts_at")[1]

    desk.post(page("appointment_cancel", second), {"scope": scope, "reason": ""})

    assert sum(one.seats.get().stands for one in Appointment.objects.all()) == left


def test_a_day_goes_to_another_time_and_there_one_may_insist(
    desk: Any, typed: Any, osei_person: cast.Person, willow: Any
) -> None:
    take_next_week(osei_person, cast.client_of(willow, "Tom", "Reed"))
    at_night = {"day-2027-11-25": "other", "at-2027-11-25": "2027-11-25T21:30"}

    refused = desk.post(NEW, typed(**at_night))
    html = refused.content.decode()
    assert refused.status_code == 409
    assert "isn’t available then" in html
    assert 'value="2027-11-25T21:30 anyway"' in html
    assert "Book Thu, Nov 25, 9:30 PM anyway" in html
    assert Series.objects.count() == 0

    desk.post(NEW, typed(**{"day-2027-11-25": "2027-11-25T21:30 anyway"}))
    assert days() == ["11-18 21:00", "11-25 21:00", "11-26 02:30", "12-02 21:00"]


def test_another_time_that_was_not_said_decides_nothing(
    desk: Any, typed: Any, osei_person: cast.Person, willow: Any
) -> None:
    take_next_week(osei_person, cast.client_of(willow, "Tom", "Reed"))

    for nothing in ("", "soon", "2027-03-14T02:30"):
        said = {"day-2027-11-25": "other", "at-2027-11-25": nothing}
        assert desk.post(NEW, typed(**said)).status_code == 409
    assert Series.objects.count() == 0


def test_this_and_following_from_one_that_was_moved_goes_where_it_went(desk: Any, typed: Any) -> None:
    desk.post(NEW, typed())
    second = Appointment.objects.order_by("starts_at")[1]
    to = {"date": "2027-11-26", "start": "15:00", "minutes": "50", "version": "1", "zone": "America/New_York"}
    desk.post(page("appointment_move", second), to)
    second.refresh_from_db()

    desk.post(page("appointment_edit", second), edited(second, typed, start="15:00", scope="following"))

    assert days() == ["11-18 21:00", "11-26 20:00", "12-03 20:00"]


def test_one_of_a_series_that_is_dragged_offers_to_take_the_rest_along(desk: Any, typed: Any) -> None:
    desk.post(NEW, typed())
    second = Appointment.objects.order_by("starts_at")[1]
    said = {"id": str(second.pk), "start": "2027-11-26T15:00:00", "minutes": "50", "version": "1"}
    said |= {"zone": "America/New_York"}

    answer = desk.post(reverse("desk:appointment_drop"), said, headers={"Accept": "application/json"})

    way = answer.json()["following"]
    assert way == page("appointment_edit", second) + "?scope=following"
    html = desk.get(way).content.decode()
    assert 'name="scope" value="following"' in html.partition("checked")[0].rpartition("<input")[2]
    assert days() == ["11-18 21:00", "11-26 20:00", "12-02 21:00"]


def test_a_drag_undone_leaves_the_series_as_if_nothing_had_been(desk: Any, typed: Any) -> None:
    desk.post(NEW, typed())
    second = Appointment.objects.order_by("starts_at")[1]
    said = {"id": str(second.pk), "minutes": "50", "zone": "America/New_York"}
    there, back = {"start": "2027-11-26T15:00:00"}, {"start": "2027-11-25T16:00:00", "anyway": "1"}

    for version, place in enumerate((there, back), start=1):
        desk.post(reverse("desk:appointment_drop"), said | place | {"version": str(version)})

    first = Appointment.objects.order_by("starts_at")[0]
    desk.post(page("appointment_edit", first), edited(first, typed, start="17:00", scope="all"))
    assert days() == ["11-18 22:00", "11-25 22:00", "12-02 22:00"]
