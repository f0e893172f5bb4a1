"""The people of our stories: Willow and Birch, two practices that must never see each other."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator

from holdspace.accounts.models import User
from holdspace.clients.models import Address, Client, Contact, PortalAccount, Tie, Wish
from holdspace.kit.actor import Member, System
from holdspace.practices.models import Clinician, License, Membership, Practice
from holdspace.scheduling.models import Appointment, AppointmentType, Hold, Seat

# A quiet Wednesday in New York: 10:00 EST is 15:00 UTC.
TEN = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)
PASSWORD = "a long enough password"


@dataclass
class Person:
    """Someone at work: the sign-in, the membership, and the actor they are."""

    user: User
    membership: Membership
    clinician: Clinician | None

    @property
    def actor(self) -> Member:
        return self.membership.as_actor()


def practice(name: str, slug: str, **facts: Any) -> Practice:
    said = {
        "shown_name": name,
        "phone": "(212) 555-0100",
        "telehealth_enabled": True,
        "state": "NY",
        "created_at": TEN,
    }
    return Practice.objects.create(name=name, slug=slug, **(said | facts))


def person(where: Practice, name: str, roles: list[str], **clinician: Any) -> Person:
    """A user with a membership; with the clinician's role, a clinician as well, licensed in two states."""
    email = name.lower().replace("dr ", "").replace(" ", ".") + f"@{where.slug}.example.org"
    user = User.objects.create_user(email, PASSWORD, name=name)
    # Outside a demo nobody gets anywhere without a second factor.
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": ""})
    membership = Membership.objects.create(practice=where, user=user, roles=roles)
    row = None
    if "clinician" in roles:
        facts = {"telehealth_enabled": True} | clinician
        row = Clinician.objects.create(practice=where, membership=membership, name=name, **facts)
        for state in ("NY", "IL"):
            license_of(row, state)
    return Person(user, membership, row)


def license_of(clinician: Clinician, state: str, **facts: Any) -> License:
    """A state license without an end, unless said otherwise."""
    said = {"number": "PSY-0421", "title": "Licensed psychologist"} | facts
    return License.objects.create(practice=clinician.practice, clinician=clinician, state=state, **said)


def client_of(where: Practice, first: str, last: str, **facts: Any) -> Client:
    said: dict[str, Any] = {
        "birth_date": date(1984, 3, 9),
        "phone": "+13125550118",
        "email": f"{first.lower()}@example.org",
        "time_zone": "America/Chicago",
        "state": "IL",
        "texts_agreed_at": TEN - timedelta(days=30),
        "texts_agreed_by": "client",
    }
    return Client.objects.create(practice=where, first_name=first, last_name=last, **(said | facts))


def address_of(client: Client, label: str = "Home", **facts: Any) -> Address:
    said = {"lines": "12 Example Street\nChicago 60601", "state": "IL", "usual": True} | facts
    return Address.objects.create(client=client, practice=client.practice, label=label, **said)


def contact_of(client: Client, name: str, relation: str = "mother", **facts: Any) -> Tie:
    """Somebody to reach about a client; `facts` are the tie's."""
    person = Contact.objects.create(
        practice=client.practice, name=name, phone="+13125550161", created_at=TEN - timedelta(days=30)
    )
    return Tie.objects.create(
        client=client, practice=client.practice, contact=person, relation=relation, **facts
    )


def wish_of(client: Client, visit_id: UUID) -> Wish:
    """What a visit by the link asked for: another e-mail address."""
    facts = '{"email": "else@example.org", "email_ok": true}'
    return Wish.objects.create(
        client=client, practice=client.practice, visit_id=visit_id, facts=facts, asked_at=TEN
    )


def account_of(client: Client, email: str = "") -> PortalAccount:
    """A portal account of the client's own, with a sign-in of its own."""
    address = email or f"{client.first_name.lower()}@portal.example.org"
    user = User.objects.create_user(address, PASSWORD, name=client.full_name)
    return PortalAccount.objects.create(practice=client.practice, user=user, client=client, opened_at=TEN)


def type_of(where: Practice, name: str = "Individual", **facts: Any) -> AppointmentType:
    return AppointmentType.objects.get_or_create(practice=where, name=name, defaults=facts)[0]


def appointment(clinician: Clinician, client: Client, *, starts_at: datetime = TEN, **facts: Any) -> Seat:
    """A telehealth appointment of 50 minutes, held, with one seat; returns the seat."""
    status = facts.pop("status", "confirmed")
    said = {
        "contact_type": "telehealth",
        "ends_at": starts_at + timedelta(minutes=50),
        "time_zone": "America/New_York",
    } | facts
    made = Appointment.objects.create(
        practice=clinician.practice,
        type=type_of(clinician.practice),
        starts_at=starts_at,
        created_at=TEN - timedelta(days=7),
        changed_at=TEN - timedelta(days=7),
        **said,
    )
    made.clinicians.add(clinician)
    Hold.objects.create(clinician=clinician, appointment=made, starts_at=made.starts_at, ends_at=made.ends_at)
    return Seat.objects.create(
        practice=clinician.practice,
        appointment=made,
        client=client,
        status=status,
        client_time_zone=client.time_zone,
    )


def system(where: Practice) -> System:
    """The product itself at work for a practice."""
    return System(where.pk)
