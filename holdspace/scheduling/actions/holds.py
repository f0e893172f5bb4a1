"""Taking and freeing clinicians' time.  Python asks politely first, the database has the last word."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from holdspace.clients.models import Client
from holdspace.practices.models import Clinician, Membership
from holdspace.scheduling import guards, queries, refusals
from holdspace.scheduling.availability import Purpose
from holdspace.scheduling.models import Appointment, Hold
from holdspace.scheduling.words import span


def settle(appointment: Appointment, *, at: datetime) -> None:
    """Make the holds what the appointment needs now: one a clinician while a seat of it stands.

    Must run inside the transaction that changed the appointment; refuses with ClinicianBusy, and
    then that transaction is to be rolled back.
    """
    clinicians = _locked(Clinician.objects.filter(appointments=appointment).values("pk"))
    # Deleted and written anew: an updated hold would meet its neighbor's old place half way.
    Hold.objects.filter(appointment=appointment).delete()
    standing = [seat.client for seat in appointment.seats.select_related("client") if seat.stands]
    if standing:
        _refuse_if_taken(appointment, clinicians, standing, at)
        take(appointment, clinicians)


def ask(
    appointment: Appointment, clinicians: Sequence[Clinician], clients: Sequence[Client], *, at: datetime
) -> None:
    """That the time of an appointment is free which isn't written yet, and stays so until the commit.

    Refuses with ClinicianBusy: then there is nothing to take back.
    """
    _refuse_if_taken(appointment, _locked([clinician.pk for clinician in clinicians]), clients, at)


def take(appointment: Appointment, clinicians: Sequence[Clinician]) -> None:
    """The holds themselves, for an appointment that has none, after asking."""
    rows = [
        Hold(
            clinician=clinician,
            appointment=appointment,
            starts_at=appointment.starts_at,
            ends_at=appointment.ends_at,
        )
        for clinician in clinicians
    ]
    try:
        with transaction.atomic():
            Hold.objects.bulk_create(rows)
    except IntegrityError as error:
        if guards.is_overlap(error):
            raise refusals.ClinicianBusy from error
        raise


def _locked(ours: Sequence[UUID] | QuerySet[Clinician, Any]) -> list[Clinician]:
    # One row lock a clinician, in one order: on PostgreSQL two inserts that exclude each other
    # would otherwise wait for each other.  (On SQLite the transaction is the lock.)
    return list(Clinician.objects.select_for_update(no_key=True).filter(pk__in=ours).order_by("pk"))


def _refuse_if_taken(
    appointment: Appointment, clinicians: Sequence[Clinician], clients: Sequence[Client], at: datetime
) -> None:
    taken = queries.holds_in_the_way(clinicians, appointment.starts_at, appointment.ends_at)
    if taken:
        raise busy(taken, appointment, clinicians, clients, at)


def busy(
    taken: Sequence[Hold],
    appointment: Appointment,
    clinicians: Sequence[Clinician],
    clients: Sequence[Client],
    at: datetime,
) -> refusals.ClinicianBusy:
    """The refusal that says whose time is taken, by whom and when, and what is free nearby."""
    who = " ".join(_taken_by(hold, appointment.time_zone) for hold in taken)
    sentence = _("%(who)s Nothing was saved.") % {"who": who}
    length = appointment.ends_at - appointment.starts_at
    purpose = Purpose(appointment.contact_type, appointment.site_id)
    free = partial(
        queries.free_near,
        clinicians,
        appointment.starts_at,
        length,
        zone=appointment.time_zone,
        at=at,
        clients=clients,
        purpose=purpose,
        but=appointment.pk,
    )
    return refusals.ClinicianBusy(sentence, free=free)


def _taken_by(hold: Hold, zone: str) -> str:
    by = name_of(hold.appointment.created_by)
    said = {"clinician": hold.clinician.name, "when": span(hold.starts_at, hold.ends_at, zone), "by": by}
    if by:
        return _("%(clinician)s is already booked then: %(when)s, by %(by)s.") % said
    return _("%(clinician)s is already booked then: %(when)s.") % said


def name_of(membership_id: UUID | None) -> str:
    """The name of whoever works here under this membership, for words like *by Bea Lind*."""
    if membership_id is None:
        return ""
    found = Membership.objects.filter(pk=membership_id).values_list("user__name", flat=True).first()
    return found or ""
