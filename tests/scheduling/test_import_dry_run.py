"""What the dry run lists is what importing then does, however far apart two lines stand in the file."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from holdspace.clients.models import Client
from holdspace.scheduling.actions import imports
from holdspace.scheduling.imports import tasks
from holdspace.scheduling.models import Appointment, Import, ImportPromise
from tests import cast
from tests.cast import TEN
from tests.scheduling.test_import_calendars import event, ics
from tests.scheduling.test_imports import PEOPLE, TIMES, hand_in, listed, whys

pytestmark = pytest.mark.usefixtures("at_ten")

__all__ = ["hand_in", "ics"]
Handed = Callable[..., Import]
MONDAY = datetime(2027, 3, 8)
CLINICIANS = ("Dr Ama Osei", "Dr Eva Novak")
NAMES = ("Rosa Marin", "Ana Lee", "Bo Quist", "Cy Ward")
FEW = 7  # lines a batch, so that a short file has several
Booking = tuple[str, str, int, int]  # whom, with whom, which half hour from Monday on, for how many minutes


@pytest.fixture
def busy_practice(willow: Any, osei_person: Any, novak_person: Any, open_always: None) -> Any:
    cast.type_of(willow)
    for name in NAMES:
        first, last = name.split()
        Client.objects.create(
            practice=willow, first_name=first, last_name=last, time_zone=willow.time_zone, created_at=TEN
        )
    return willow


def carried_out(found: Import) -> list[tuple[int, str]]:
    imports.carry_out(found=found, actor=found.by.as_actor(), at=TEN)
    tasks.run_import.func(str(found.pk))
    return listed(found)


def line_of(one: Booking) -> str:
    name, clinician, half, minutes = one
    starts = MONDAY + timedelta(minutes=30 * half)
    return (
        f"{name},{starts:%Y-%m-%d},{starts:%H:%M},{minutes},America/New_York,{clinician},Individual,Video\n"
    )


def by_hand(lines: list[Booking]) -> list[str]:
    """Line by line: the same again, somebody's time twice, or new."""
    taken: list[tuple[str, int, int]] = []
    new: set[Booking] = set()
    said = []
    for one in lines:
        name, clinician, half, minutes = one
        mine = [(who, half * 30, half * 30 + minutes) for who in (name, clinician)]
        if one in new:
            said.append("there")
        elif any(w == who and b < end and e > begin for w, b, e in taken for who, begin, end in mine):
            said.append("refused")
        else:
            said.append("new")
            new.add(one)
            taken += mine
    return said


bookings = some.lists(
    some.tuples(
        some.sampled_from(NAMES),
        some.sampled_from(CLINICIANS),
        some.integers(0, 32),
        some.sampled_from([30, 50, 120]),
    ),
    min_size=FEW + 1,
    max_size=3 * FEW,
)


@pytest.fixture
def few_a_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "BATCH", FEW)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=bookings)
@pytest.mark.usefixtures("few_a_batch")
def test_the_dry_run_of_many_batches_is_the_import(
    hand_in: Handed, busy_practice: Any, lines: list[Booking]
) -> None:
    with transaction.atomic():
        found = hand_in(TIMES + "".join(map(line_of, lines)), "appointments", go=False)
        said = [outcome for _, outcome in listed(found)]
        assert not Appointment.objects.exists()
        assert not ImportPromise.objects.exists()

        done = [outcome for _, outcome in carried_out(found)]
        transaction.set_rollback(True)

    assert said == by_hand(lines)
    assert done == ["done" if outcome == "new" else outcome for outcome in said]


def test_a_clash_with_a_line_of_another_batch_names_that_line(hand_in: Handed, busy_practice: Any) -> None:
    first = ("Rosa Marin", CLINICIANS[0], 18, 50)
    between: list[Booking] = [("Ana Lee", CLINICIANS[1], 48 + 2 * n, 50) for n in range(2 * tasks.BATCH)]
    hers, his = ("Bo Quist", CLINICIANS[0], 19, 50), ("Rosa Marin", CLINICIANS[1], 19, 50)
    text = TIMES + "".join(map(line_of, [first, *between, hers, his]))

    found = hand_in(text, "appointments", go=False)

    assert "Line 2 of this file books Dr Ama Osei then: Mon, Mar 8, 9:00 – 9:50 AM Eastern." in whys(found)
    assert "Line 2 of this file books Rosa M. then" in whys(found)
    assert [outcome for _, outcome in listed(found)][-2:] == ["refused"] * 2


def test_series_are_held_against_what_stands_batches_before(ics: Handed) -> None:
    other = [event(f"DTSTART:202704{day:02}T060000", uid=f"{day}") for day in range(1, 29)]
    found = ics(
        event("DTSTART:20270301T090000", "RRULE:FREQ=WEEKLY;COUNT=10", uid="a"),
        *other,
        event("DTSTART:20270419T093000", uid="b"),
        event("DTSTART:20270406T060000", "RRULE:FREQ=WEEKLY;COUNT=3", uid="c"),
        go=False,
    )
    said = listed(found)

    assert [outcome for _, outcome in said] == ["new"] * 29 + ["refused"] * 2
    assert [outcome for _, outcome in carried_out(found)] == ["done"] * 29 + ["refused"] * 2


def test_clients_are_known_again_batches_later(hand_in: Handed) -> None:
    rows = [f"Given{n},Family{n},,,," for n in range(2 * tasks.BATCH)]
    again = [
        "ROSA,Marin,,,,",  # no birth date: the same
        "Rosa,Marin,1990-01-01,,,",  # another one: somebody else
        "Rosa,Marin,1990-01-01,,r@example.org,",
        "Ana,Lee,,(312) 555-0118,,",  # Rosa's number
        "Given1,Family1,2000-02-02,,,",  # on file without a birth date
    ]
    found = hand_in(
        PEOPLE + "\n".join(["Rosa,Marin,1984-03-09,(312) 555-0118,,", *rows, *again]) + "\n", go=False
    )
    said = [outcome for _, outcome in listed(found)]

    assert said[-5:] == ["there", "new", "there", "refused", "there"]
    assert "Line 2 of this file has this phone number" in whys(found)
    assert [outcome for _, outcome in carried_out(found)] == [
        "done" if outcome == "new" else outcome for outcome in said
    ]
    assert Client.objects.count() == said.count("new")


def test_a_discarded_or_unreadable_file_leaves_no_promises(hand_in: Handed, owner_person: Any) -> None:
    hand_in(PEOPLE + "Rosa,Marin,,,,\n" * 30 + "Bad\x00,Line,,,,\n", go=False)

    assert not ImportPromise.objects.exists()
