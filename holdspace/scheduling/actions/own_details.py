"""What people change about themselves, in their account or in a visit by a link; and the staff are told."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from holdspace.accounts.models import User
from holdspace.clients import actions as clients
from holdspace.clients.models import Client, Contact
from holdspace.kit.actor import Holder, Visit
from holdspace.messaging import actions as messages
from holdspace.practices.models import Clinician
from holdspace.practices.queries import front_desk_of, users_of
from holdspace.scheduling import mine

# What is allowed belongs to the number or the address it was said of.
BELONGS = {"phone": ("texts", "voicemail_ok"), "email": ("email_ok",)}


@dataclass(frozen=True)
class Kept:
    """What became of it: whether anything is otherwise now, and whether anything waits for the practice."""

    changed: bool
    waits: bool = False

    def __bool__(self) -> bool:
        return self.changed or self.waits


def change_details(
    *,
    client: Client,
    person: Client | Contact,
    reach: clients.Reach,
    time_zone: str,
    actor: Holder | Visit,
    at: datetime,
) -> Kept:
    """How `person` is reached, and the zone in which `client` lives; says what became of it.

    `person` is the client, or the guardian whose account it is.  In the client's visit by a link another
    number or address only waits for a word of the practice, with what is allowed there; a *no* counts at
    once.  Front desk and the client's clinicians find a line under their bell.
    """
    with transaction.atomic():
        waits = _waits(person, reach) if isinstance(actor, Visit) else {}
        now_so = _at_once(person, reach, waits)
        changed = clients.change_own(person=person, client=client, reach=now_so, actor=actor, at=at)
        if waits and isinstance(actor, Visit):
            clients.ask_otherwise(client=client, facts=waits, actor=actor, at=at)
        changed |= _zone(client, time_zone, actor, at)
        return _told(client, Kept(changed, bool(waits)), at)


def ask_for_somebody(
    *,
    client: Client,
    contact: Contact | None,
    who: str,
    said: Mapping[str, Any],
    time_zone: str,
    actor: Visit,
    at: datetime,
) -> Kept:
    """The same, of somebody who came by a link for `client` and only said who they are.

    All that they `said` of a `Reach` waits, each *no* too; the client's zone counts at once.  `contact` is
    whoever of that name is on the chart.
    """
    unsaid = {name: False for head in BELONGS if said.get(head) for name in BELONGS[head]}
    with transaction.atomic():
        if said:
            facts = unsaid | {**said}
            clients.ask_otherwise(client=client, contact=contact, who=who, facts=facts, actor=actor, at=at)
        return _told(client, Kept(_zone(client, time_zone, actor, at), bool(said)), at)


def _told(client: Client, kept: Kept, at: datetime) -> Kept:
    if kept:
        tell_staff(client, at, kind="details_asked" if kept.waits else "details_changed")
    return kept


def _waits(person: Client | Contact, reach: clients.Reach) -> dict[str, Any]:
    """Another number or address, each with what is allowed there."""
    said, before = asdict(reach), asdict(clients.reach_of(person))
    heads = [head for head in BELONGS if said[head] not in {"", before[head]}]
    return {name: said[name] for head in heads for name in (head, *BELONGS[head])}


def _at_once(person: Client | Contact, reach: clients.Reach, waits: Mapping[str, Any]) -> clients.Reach:
    """What they said of what is on file, and every *no*."""
    before = asdict(clients.reach_of(person))
    return replace(reach, **{name: before[name] for name in waits if waits[name] is not False})


def _zone(client: Client, time_zone: str, actor: Holder | Visit, at: datetime) -> bool:
    if time_zone == client.time_zone:
        return False
    clients.change(client=client, time_zone=time_zone, actor=actor, at=at)
    return True


def tell_staff(client: Client, at: datetime, *, kind: str = "details_changed") -> None:
    """A line under the bell of the front desk and of whoever leads an appointment to come."""
    messages.ring(
        practice=client.practice,
        users=[*front_desk_of(client.practice_id), *_clinicians(client, at)],
        kind=kind,
        subject=client,
        at=at,
    )


def _clinicians(client: Client, at: datetime) -> list[User]:
    """Who leads an appointment of theirs that is still to come, whichever way they came in here."""
    seats = mine.coming_of(client, at=at)
    leads: list[Clinician] = [one for seat in seats for one in seat.appointment.clinicians.all()]
    return users_of(leads)
