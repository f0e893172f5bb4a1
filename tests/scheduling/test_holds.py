"""The overlap rule belongs to the database, and survives what migrations do to tables."""

from contextlib import nullcontext
from datetime import timedelta
from random import Random

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from holdspace.kit import guards as kit_guards
from holdspace.scheduling import actions, guards
from holdspace.scheduling.models import Hold
from tests import cast

HALF = timedelta(minutes=30)


def hold(seat, starts_at, minutes=50):
    clinician = seat.appointment.clinicians.get()
    span = {"starts_at": starts_at, "ends_at": starts_at + timedelta(minutes=minutes)}
    return Hold.objects.create(clinician=clinician, appointment=seat.appointment, **span)


def test_the_database_keeps_holds_apart_when_nobody_asked_politely(rosas_seat, ten):
    with pytest.raises(IntegrityError) as no, transaction.atomic():
        hold(rosas_seat, ten + HALF)

    assert guards.is_overlap(no.value)


def test_a_hold_may_not_be_changed_into_anothers_time_either(rosas_seat, ten):
    after = hold(rosas_seat, ten + timedelta(minutes=50))

    with pytest.raises(IntegrityError), transaction.atomic():
        Hold.objects.filter(pk=after.pk).update(starts_at=ten)


def test_touching_holds_and_another_clinicians_are_no_overlap(rosas_seat, novak_person, ten):
    hold(rosas_seat, ten + timedelta(minutes=50))
    hold(rosas_seat, ten - timedelta(minutes=50))
    cast.appointment(novak_person.clinician, rosas_seat.client)

    assert Hold.objects.count() == 4


def test_whatever_is_tried_in_whatever_order_the_database_says_what_arithmetic_says(rosas_seat, ten):
    chance, standing = Random(7), [(0, 50)]
    for _ in range(150):
        start, minutes = chance.randrange(-600, 600, 5), chance.choice([5, 25, 50, 240])
        end = start + minutes
        free = all(start >= other_end or end <= other_start for other_start, other_end in standing)
        wanted = nullcontext() if free else pytest.raises(IntegrityError, match=guards.OVERLAP)
        with wanted, transaction.atomic():
            hold(rosas_seat, ten + timedelta(minutes=start), minutes)
        if free:
            standing.append((start, end))
    assert len(standing) > 20


@pytest.mark.django_db(transaction=True)
def test_the_rule_is_back_after_a_migration_has_rebuilt_the_table(plan, rosa, front_desk, ten):
    if connection.vendor == "sqlite":
        with connection.constraint_checks_disabled(), connection.schema_editor() as editor:
            editor._remake_table(Hold)  # type: ignore[attr-defined]
        # Rebuilding drops the triggers: without this the test would prove nothing.
        assert set(kit_guards.missing(connection)) >= {"hold_overlap", "hold_overlap_update"}

    call_command("migrate", verbosity=0, skip_checks=True)

    assert not kit_guards.missing(connection)
    booked = actions.book(plan=plan(), clients=[rosa], actor=front_desk, at=ten)
    with pytest.raises(IntegrityError), transaction.atomic():
        hold(booked.seats.get(), ten + HALF)
