"""Editing and moving: from the newest version only, and never over somebody else's time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from holdspace.audit.models import Entry
from holdspace.scheduling import actions, refusals
from holdspace.scheduling.plans import plan_of
from tests import cast

HOUR = timedelta(hours=1)


def test_an_edit_changes_what_it_says_and_keeps_old_and_new(rosas_seat, osei, ten):
    appointment = rosas_seat.appointment
    plan = replace(plan_of(appointment), contact_type="phone", notes="prefers the phone")

    actions.edit(appointment=appointment, plan=plan, version=1, actor=osei, at=ten)

    assert (appointment.contact_type, appointment.notes, appointment.version) == (
        "phone",
        "prefers the phone",
        2,
    )
    entry = Entry.objects.get(what="scheduling.appointment.edited")
    assert entry.detail == {"changes": {"contact_type": ["Telehealth", "Phone Call"], "notes": []}}


def test_an_edit_that_changes_nothing_leaves_no_trace(rosas_seat, osei, ten):
    appointment = rosas_seat.appointment

    actions.edit(appointment=appointment, plan=plan_of(appointment), version=1, actor=osei, at=ten)

    assert appointment.version == 1
    assert not Entry.objects.filter(what="scheduling.appointment.edited").exists()


def test_a_save_from_an_older_version_is_refused_with_who_and_what_differs(
    rosas_seat, osei, front_desk, front_desk_person, ten
):
    appointment = rosas_seat.appointment
    mine = replace(plan_of(appointment), contact_type="phone")
    actions.move(appointment=appointment, starts_at=ten + HOUR, version=1, actor=front_desk, at=ten)

    with pytest.raises(refusals.ChangedMeanwhile) as no:
        actions.edit(appointment=appointment, plan=mine, version=1, actor=osei, at=ten)

    assert "Bea Lind" in str(no.value.sentence)
    assert {difference.field for difference in no.value.differences} == {"time", "contact_type"}
    appointment.refresh_from_db()
    assert appointment.contact_type == "telehealth"


def test_moving_takes_the_new_time_and_frees_the_old(rosas_seat, osei, ten):
    appointment = rosas_seat.appointment

    actions.move(
        appointment=appointment, starts_at=ten + timedelta(minutes=30), version=1, actor=osei, at=ten
    )

    hold = appointment.holds.get()
    assert (hold.starts_at, hold.ends_at) == (ten + timedelta(minutes=30), ten + timedelta(minutes=80))


def test_undoing_a_move_is_moving_back(rosas_seat, osei, ten):
    appointment = rosas_seat.appointment
    actions.move(appointment=appointment, starts_at=ten + HOUR, version=1, actor=osei, at=ten)

    actions.move(appointment=appointment, starts_at=ten, version=2, actor=osei, at=ten)

    assert (appointment.starts_at, appointment.version) == (ten, 3)
    assert Entry.objects.filter(what="scheduling.appointment.moved").count() == 2


def test_a_move_onto_somebody_elses_time_is_refused_and_nothing_moves(rosas_seat, osei_person, willow, ten):
    theo = cast.client_of(willow, "Theo", "King")
    cast.appointment(osei_person.clinician, theo, starts_at=ten + HOUR)
    appointment = rosas_seat.appointment

    with pytest.raises(refusals.ClinicianBusy):
        actions.move(
            appointment=appointment, starts_at=ten + HOUR, version=1, actor=osei_person.actor, at=ten
        )

    appointment.refresh_from_db()
    assert (appointment.starts_at, appointment.holds.get().starts_at) == (ten, ten)


def test_the_edge_may_be_dragged_but_not_before_the_start(rosas_seat, osei, ten):
    appointment = rosas_seat.appointment
    actions.move(appointment=appointment, starts_at=ten, length=HOUR, version=1, actor=osei, at=ten)
    assert appointment.minutes == 60

    with pytest.raises(refusals.EndBeforeStart):
        actions.move(appointment=appointment, starts_at=ten, length=-HOUR, version=2, actor=osei, at=ten)


def test_the_front_desk_moves_to_another_clinicians_column(rosas_seat, front_desk, novak_person, ten):
    appointment = rosas_seat.appointment

    actions.move(
        appointment=appointment,
        starts_at=ten,
        clinician=novak_person.clinician,
        version=1,
        actor=front_desk,
        at=ten,
    )

    assert appointment.holds.get().clinician == novak_person.clinician


def test_a_clinician_moves_nobody_elses_appointment(rosas_seat, novak_person, ten):
    with pytest.raises(refusals.NotYourCalendar):
        actions.move(
            appointment=rosas_seat.appointment,
            starts_at=ten + HOUR,
            version=1,
            actor=novak_person.actor,
            at=ten,
        )
