"""Booking for people who are not on file yet: one press, one transaction."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction

from holdspace.clients import actions as clients
from holdspace.clients.models import Client
from holdspace.kit.actor import Actor
from holdspace.practices.models import Practice
from holdspace.scheduling.actions.appointments import book
from holdspace.scheduling.actions.series import book_series
from holdspace.scheduling.choices import Choices
from holdspace.scheduling.models import Appointment, Series
from holdspace.scheduling.plans import Plan
from holdspace.scheduling.recurrence import Repeat

People = Sequence[Mapping[str, Any]]
Changed = TypeVar("Changed")


def book_for_new(
    *,
    plan: Plan,
    people: People,
    actor: Actor,
    at: datetime,
    clients: Sequence[Client] = (),
    client_time_zone: str = "",
    anyway: bool = False,
    tell_client: bool | None = None,
) -> Appointment:
    """Add whoever is new and book for them and `clients`; if the time is refused, nobody is added."""
    with transaction.atomic():
        fresh = _added(plan.type.practice, people, actor, at, client_time_zone)
        return book(
            plan=plan,
            clients=[*clients, *fresh],
            actor=actor,
            at=at,
            client_time_zone=client_time_zone,
            anyway=anyway,
            tell_client=tell_client,
        )


def book_series_for_new(
    *,
    plan: Plan,
    repeat: Repeat,
    people: People,
    actor: Actor,
    at: datetime,
    clients: Sequence[Client] = (),
    client_time_zone: str = "",
    choices: Choices | None = None,
    tell_client: bool | None = None,
) -> Series:
    """The same for a repeating appointment: while a day of it is undecided, nobody is added."""
    with transaction.atomic():
        fresh = _added(plan.type.practice, people, actor, at, client_time_zone)
        return book_series(
            plan=plan,
            repeat=repeat,
            clients=[*clients, *fresh],
            actor=actor,
            at=at,
            client_time_zone=client_time_zone,
            choices=choices,
            tell_client=tell_client,
        )


def change_for_new(
    *,
    change: Callable[..., Changed],
    appointment: Appointment,
    people: People,
    actor: Actor,
    at: datetime,
    joining: Sequence[Client] = (),
    **facts: Any,
) -> Changed:
    """Add whoever is new and let them join by `change`: `edit`, `change_from` or `change_all`."""
    with transaction.atomic():
        fresh = _added(appointment.practice, people, actor, at, "")
        return change(appointment=appointment, actor=actor, at=at, joining=[*joining, *fresh], **facts)


def _added(practice: Practice, people: People, actor: Actor, at: datetime, zone: str) -> list[Client]:
    known = {"time_zone": zone} if zone else {}
    return [clients.add(practice=practice, actor=actor, at=at, **(dict(one) | known)) for one in people]
