"""Booking for somebody who is not on file yet: one press, one transaction."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from holdspace.clients import actions as clients
from holdspace.kit.actor import Actor
from holdspace.scheduling.actions.appointments import book
from holdspace.scheduling.models import Appointment
from holdspace.scheduling.plans import Plan


def book_for_new(
    *, plan: Plan, person: Mapping[str, Any], actor: Actor, at: datetime, client_time_zone: str = ""
) -> Appointment:
    """Add the client and book; if the time is refused, the client isn't added either."""
    with transaction.atomic():
        facts = dict(person) | ({"time_zone": client_time_zone} if client_time_zone else {})
        client = clients.add(practice=plan.type.practice, actor=actor, at=at, **facts)
        return book(plan=plan, clients=[client], actor=actor, at=at, client_time_zone=client_time_zone)
