"""What people change about themselves in their portal account: on the chart, and the staff are told."""

from datetime import datetime

from django.db import transaction

from holdspace.accounts.models import User
from holdspace.clients import actions as clients
from holdspace.clients.models import Client, Contact
from holdspace.kit.actor import Holder
from holdspace.messaging import actions as messages
from holdspace.practices.models import Clinician
from holdspace.practices.queries import front_desk_of, users_of
from holdspace.scheduling import mine


def change_details(
    *,
    client: Client,
    person: Client | Contact,
    reach: clients.Reach,
    time_zone: str,
    actor: Holder,
    at: datetime,
) -> bool:
    """How `person` is reached, and the zone in which `client` lives; says whether anything changed.

    `person` is the client, or the guardian whose account it is.  Front desk and the client's clinicians
    find a line under their bell.
    """
    with transaction.atomic():
        changed = clients.change_own(person=person, client=client, reach=reach, actor=actor, at=at)
        if time_zone != client.time_zone:
            clients.change(client=client, time_zone=time_zone, actor=actor, at=at)
            changed = True
        if changed:
            tell_staff(client, actor, at)
    return changed


def tell_staff(client: Client, actor: Holder, at: datetime) -> None:
    """A line under the bell of the front desk and of whoever leads an appointment to come."""
    messages.ring(
        practice=client.practice,
        users=[*front_desk_of(client.practice_id), *_clinicians(actor, at)],
        kind="details_changed",
        subject=client,
        at=at,
    )


def _clinicians(actor: Holder, at: datetime) -> list[User]:
    """Who leads an appointment of theirs that is still to come."""
    seats = mine.coming(actor, at=at)
    leads: list[Clinician] = [one for seat in seats for one in seat.appointment.clinicians.all()]
    return users_of(leads)
