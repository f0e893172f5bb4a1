"""Outside hours and in time off: said before saving with what is free, and booked if one insists."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from holdspace.clients.models import Client
from holdspace.practices.models import Practice
from holdspace.scheduling import actions, queries, recurrence, refusals
from holdspace.scheduling.coming import coming
from holdspace.scheduling.models import Appointment, Hours, TimeOff
from holdspace.scheduling.plans import Plan, plan_of
from holdspace.scheduling.recurrence import Repeat
from tests.cast import TEN

NEW_YORK = "America/New_York"
HOUR, FIFTY = timedelta(hours=1), timedelta(minutes=50)
MakePlan = Callable[..., Plan]


@pytest.fixture
def off(willow: Practice) -> Callable[..., TimeOff]:
    """Time off from TEN on, of a clinician or of the whole practice."""

    def add(whose: Any, hours: int = 24, **facts: Any) -> TimeOff:
        facts = {"starts_at": TEN, "ends_at": TEN + hours * HOUR, "time_zone": NEW_YORK} | facts
        return TimeOff.objects.create(practice=willow, clinician=whose, created_at=TEN, **facts)

    return add


@pytest.fixture
def book(rosa: Client, front_desk: Any) -> Callable[..., Appointment]:
    def do(plan: Plan, **said: Any) -> Appointment:
        return actions.book(plan=plan, clients=[rosa], actor=front_desk, at=TEN, **said)

    return do


def test_outside_hours_says_whose_hours_they_are_and_what_is_free(plan: MakePlan, book: Any) -> None:
    evening = plan(TEN + 9 * HOUR)

    with pytest.raises(refusals.OutsideHours) as no:
        book(evening)

    said = str(no.value.sentence)
    assert "Dr Ama Osei isn’t available then" in said
    assert "Wednesday, November 18 the hours are 8:00 AM – 6:00 PM Eastern" in said
    assert no.value.free[0] == TEN + 22 * HOUR
    assert not Appointment.objects.exists()

    assert book(evening, anyway=True).holds.exists()


def test_a_day_without_hours_is_named(plan: MakePlan, book: Any) -> None:
    with pytest.raises(refusals.OutsideHours) as no:
        book(plan(TEN + timedelta(days=3)))

    assert "has no hours on Saturday, November 21" in str(no.value.sentence)


def test_time_off_says_until_when_and_offers_the_time_after_it(
    plan: MakePlan, book: Any, off: Any, osei_person: Any
) -> None:
    off(osei_person.clinician, 24, label="Conference")

    with pytest.raises(refusals.TimeOffThen) as no:
        book(plan(TEN + HOUR))

    assert "Dr Ama Osei is away then" in str(no.value.sentence)
    assert "Conference" in str(no.value.sentence)
    assert no.value.free[0] == TEN + 24 * HOUR


def test_the_practice_is_closed_on_its_holidays(plan: MakePlan, book: Any, willow: Practice) -> None:
    willow.holidays = "us"
    willow.save()

    with pytest.raises(refusals.TimeOffThen) as no:
        book(plan(TEN + timedelta(days=8)))

    assert "The practice is closed then: Thu, Nov 26 (Thanksgiving Day)." in str(no.value.sentence)


def test_hours_for_another_contact_type_are_no_hours(
    plan: MakePlan, book: Any, willow: Practice, osei_person: Any
) -> None:
    facts = {"weekday": 2, "starts": 540, "ends": 1020, "contact_types": ["in_person"]}
    Hours.objects.create(practice=willow, clinician=osei_person.clinician, **facts)

    with pytest.raises(refusals.OutsideHours) as no:
        book(plan())
    assert "works then, but not for Telehealth" in str(no.value.sentence)
    book(plan(contact_type="in_person"))


def test_everything_that_clashes_is_said_at_once(
    plan: MakePlan, book: Any, off: Any, osei_person: Any, novak_person: Any
) -> None:
    book(plan(clinicians=(novak_person.clinician,)))
    off(osei_person.clinician)

    with pytest.raises(refusals.ClientBusy) as no:
        book(plan())
    assert "Rosa M. is booked then" in str(no.value.sentence)
    assert "Dr Ama Osei is away then" in str(no.value.sentence)


def test_over_a_clinicians_appointment_nobody_books_however_open_it_is(plan: MakePlan, book: Any) -> None:
    book(plan(TEN + 9 * HOUR), anyway=True)

    with pytest.raises(refusals.ClinicianBusy):
        book(plan(TEN + 9 * HOUR), anyway=True)


def test_a_change_of_something_else_asks_nothing_again(
    plan: MakePlan, book: Any, off: Any, osei_person: Any, front_desk: Any, novak_person: Any
) -> None:
    made = book(plan())
    off(osei_person.clinician)

    def edit(**facts: Any) -> None:
        changed = plan(**facts)
        actions.edit(appointment=made, plan=changed, version=made.version, actor=front_desk, at=TEN)

    edit(notes="bring the form")
    with pytest.raises(refusals.TimeOffThen):
        edit(starts_at=TEN + HOUR)
    with pytest.raises(refusals.TimeOffThen):
        edit(contact_type="phone")
    edit(clinicians=(novak_person.clinician,))


def test_a_move_out_of_hours_is_shown_and_can_be_insisted_on(
    plan: MakePlan, book: Any, front_desk: Any
) -> None:
    made = book(plan())
    said = {"starts_at": TEN + 9 * HOUR, "version": made.version, "actor": front_desk, "at": TEN}

    with pytest.raises(refusals.OutsideHours):
        actions.move(appointment=made, **said)
    made.refresh_from_db()
    actions.move(appointment=made, anyway=True, **said)
    assert plan_of(made).starts_at == TEN + 9 * HOUR


def test_a_series_lists_the_days_somebody_is_away_or_not_there(
    plan: MakePlan, off: Any, osei_person: Any, rosa: Client, willow: Practice
) -> None:
    willow.holidays = "us"
    off(osei_person.clinician, starts_at=TEN + timedelta(days=7), ends_at=TEN + timedelta(days=8))
    days = [date(2026, 11, 18), date(2026, 11, 25), date(2026, 11, 26), date(2026, 11, 28)]

    agreed = plan()
    agreed.clinicians[0].practice = willow
    with CaptureQueriesContext(connection) as asked:
        found = coming(agreed, days, [rosa], at=TEN)

    assert [one.clash and one.clash.kind for one in found] == [None, "away", "away", "outside"]
    assert all(one.clash.may_book_anyway for one in found if one.clash)
    assert len(asked) <= 5


def test_a_series_made_longer_leaves_out_a_day_of_time_off(
    plan: MakePlan, off: Any, osei_person: Any, rosa: Client
) -> None:
    wall = datetime(2026, 11, 18, 10, 0)
    series = actions.book_series(
        plan=plan(), repeat=Repeat(recurrence.weekly(wall)), clients=[rosa], actor=osei_person.actor, at=TEN
    )
    later = TEN + timedelta(days=372)
    off(osei_person.clinician, starts_at=TEN + timedelta(days=370), ends_at=later)

    assert actions.extend(series=series, at=TEN + timedelta(days=14)) == [date(2027, 11, 24)]


# Next free


def test_next_free_skips_what_is_taken_and_when_nobody_is_there(
    plan: MakePlan, book: Any, off: Any, osei_person: Any
) -> None:
    book(plan())
    off(osei_person.clinician, 2, starts_at=TEN + HOUR, ends_at=TEN + 3 * HOUR)

    found = queries.next_free([osei_person.clinician], FIFTY, zone=NEW_YORK, after=TEN, many=3)

    minutes = [int((one.starts_at - TEN).total_seconds() // 60) for one in found]
    assert minutes == [180, 210, 240]


def test_next_free_of_several_says_with_whom_in_a_fixed_number_of_questions(
    plan: MakePlan, book: Any, willow: Practice, osei_person: Any, novak_person: Any, rosa: Client
) -> None:
    book(plan())
    both = [osei_person.clinician, novak_person.clinician]
    for one in both:
        one.practice = willow

    with CaptureQueriesContext(connection) as asked:
        found = queries.next_free(both, FIFTY, zone=NEW_YORK, after=TEN, many=200, a_day=2, clients=[rosa])

    assert found[0].starts_at == TEN + HOUR
    assert {one.clinician for one in found[:2]} == set(both)
    assert len(found) > 60
    assert len(asked) == 4


def test_next_free_begins_where_hours_begin_and_otherwise_on_the_half_hour(
    willow: Practice, osei_person: Any
) -> None:
    facts = {"weekday": 3, "starts": 9 * 60 + 15, "ends": 11 * 60}
    Hours.objects.create(practice=willow, clinician=osei_person.clinician, **facts)

    found = queries.next_free([osei_person.clinician], FIFTY, zone=NEW_YORK, after=TEN, many=4)

    assert [f"{one.starts_at:%d %H:%M}" for one in found] == ["19 14:15", "19 14:30", "19 15:00", "26 14:15"]


def test_nobody_is_never_free(osei_person: Any) -> None:
    assert queries.next_free([], FIFTY, zone=NEW_YORK, after=TEN) == []


def test_a_year_beyond_the_calendar_is_refused(plan: MakePlan, book: Any) -> None:
    with pytest.raises(refusals.BeyondTheCalendar):
        book(plan(datetime(9999, 12, 30, 10, tzinfo=UTC)))
