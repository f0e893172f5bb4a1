"""Booking for somebody who is not on file yet: one press, one transaction."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from holdspace.clients import actions as clients
from holdspace.clients.models import Client
from holdspace.kit.actor import Actor
from holdspace.scheduling.actions.appointments import book
from holdspace.scheduling.actions.series import Choices, book_series
from holdspace.scheduling.models import Appointment, Series
from holdspace.scheduling.plans import Plan
from holdspace.scheduling.recurrence import Repeat


def book_for_new(
    *, plan: Plan, person: Mapping[str, Any], actor: Actor, at: datetime, client_time_zone: str = ""
) -> Appointment:
    """Add the client and book; if the time is refused, the client isn't added either."""
    with transaction.atomic():
        client = _added(plan, person, actor, at, client_time_zone)
        return book(plan=plan, clients=[client], actor=actor, at=at, client_time_zone=client_time_zone)


def book_series_for_new(
    *,
    plan: Plan,
    repeat: Repeat,
    person: Mapping[str, Any],
    actor: Actor,
    at: datetime,
    client_time_zone: str = "",
    choices: Choices | None = None,
) -> Series:
    """The same for a repeating appointment: while a day of it is undecided, nobody is added."""
    with transaction.atomic():
        client = _added(plan, person, actor, at, client_time_zone)
        return book_series(
            plan=plan,
            repeat=repeat,
            clients=[client],
            actor=actor,
            at=at,
            client_time_zone=client_time_zone,
            choices=choices,
        )


def _added(plan: Plan, person: Mapping[str, Any], actor: Actor, at: datetime, zone: str) -> Client:
    facts = dict(person) | ({"time_zone": zone} if zone else {})
    return clients.add(practice=plan.type.practice, actor=actor, at=at, **facts)
