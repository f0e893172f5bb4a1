"""Who lives in the demo.  Every name is made up; every number and address goes nowhere."""

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.contrib.auth.hashers import make_password

from holdspace.accounts.models import User
from holdspace.clients.models import Client
from holdspace.config.demo import charts, papers
from holdspace.practices.models import Clinician, Membership, Practice, Site
from holdspace.scheduling.models import AppointmentType

PASSWORD = "a calm demo day"  # noqa: S105 - it opens a demo only
ZONES = [
    ("America/New_York", "NY"),
    ("America/Chicago", "IL"),
    ("America/Denver", "CO"),
    ("America/Los_Angeles", "CA"),
]
TYPES = [
    ("Individual", 50, 1, 1),
    ("Couples", 80, 2, 2),
    ("Intake", 90, 3, 1),
    ("Group", 90, 4, 8),
    ("Family", 80, 5, 6),
]


@dataclass(frozen=True)
class Script:
    """One practice of the demo: its people as (name, roles) and its clients as (first, last)."""

    name: str
    shown: str
    slug: str
    phone: str
    zone: str
    state: str
    staff: list[tuple[str, list[str]]]
    clients: list[tuple[str, str]]
    seed: int = field(default=1)


PRACTICES = [
    Script(
        name="Willow Street Counseling",
        shown="Willow Street",
        slug="willow",
        phone="(212) 555-0142",
        zone="America/New_York",
        state="NY",
        staff=[
            ("Dr Ama Osei", ["clinician"]),
            ("Ben Halloran", ["clinician"]),
            ("Dr Ines Carvalho", ["clinician"]),
            ("Noah Whitfield", ["clinician"]),
            ("Bea Lindqvist", ["front_desk"]),
            ("Marguerite Dunn", ["owner"]),
            ("Tomas Reed", ["auditor"]),
        ],
        clients=[
            ("Rosa", "Marin"),
            ("Theo", "Kessler"),
            ("Lin", "Tran"),
            ("June", "Abara"),
            ("Walter", "Dietz"),
            ("Priya", "Sundaram"),
            ("Imani", "Bowers"),
            ("Gus", "Pereira"),
            ("Noor", "Haddad"),
            ("Elias", "Rask"),
            ("Cora", "Winslow"),
            ("Hanna", "Ostrow"),
            ("Ivy", "Castellan"),
            ("Otis", "Nakamura"),
            ("Marisol", "Vega"),
            ("Dee", "Larkin"),
            ("Sam", "Oyelaran"),
            ("Petra", "Vance"),
            ("Jonah", "Fields"),
            ("Alma", "Quist"),
        ],
    ),
    Script(
        name="Birch Lane Therapy",
        shown="Birch Lane",
        slug="birch",
        phone="(312) 555-0177",
        zone="America/Chicago",
        state="IL",
        staff=[("Dr Uma Patel", ["owner", "clinician", "front_desk"]), ("Leo Marchetti", ["clinician"])],
        clients=[
            ("Wren", "Atwood"),
            ("Mateo", "Lindholm"),
            ("Sofia", "Brandt"),
            ("Amir", "Castell"),
            ("Greta", "Moreau"),
            ("Kofi", "Darby"),
            ("Nell", "Ivers"),
            ("Ravi", "Solano"),
            ("Tess", "Okafor"),
            ("Milo", "Ferris"),
        ],
        seed=2,
    ),
]


def practice(script: Script, at: datetime) -> Practice:
    """The practice with its site, types, people and clients; telehealth is on."""
    made = Practice.objects.create(
        name=script.name,
        shown_name=script.shown,
        slug=script.slug,
        phone=script.phone,
        time_zone=script.zone,
        state=script.state,
        telehealth_enabled=True,
        created_at=at,
    )
    Site.objects.create(practice=made, name=script.shown, address="1 Example Street")
    for name, minutes, hue, places in TYPES:
        AppointmentType.objects.create(
            practice=made, name=name, minutes=minutes, hue=hue, is_group=name == "Group", places=places
        )
    hashed = make_password(PASSWORD)
    for name, roles in script.staff:
        _person(made, name, roles, hashed, at)
    chance = random.Random(script.seed)  # noqa: S311 - a story, not a secret
    for number, (first, last) in enumerate(script.clients):
        client = _client(made, first, last, number, chance, at)
        charts.fill(client, number, at)
    charts.households(made, at)
    papers.emergency_numbers(made, at)
    return made


def _person(where: Practice, name: str, roles: list[str], hashed: str, at: datetime) -> None:
    plain = name.removeprefix("Dr ").lower().replace(" ", ".")
    user = User.objects.create(email=f"{plain}@{where.slug}.example.org", name=name, password=hashed)
    membership = Membership.objects.create(practice=where, user=user, roles=roles)
    if "clinician" in roles:
        made = Clinician.objects.create(
            practice=where,
            membership=membership,
            name=name,
            time_zone=where.time_zone,
            telehealth_enabled=True,
        )
        papers.licenses(made, where.clinicians.count() - 1, at)


def _client(
    where: Practice, first: str, last: str, number: int, chance: random.Random, at: datetime
) -> Client:
    zone, state = ZONES[number % len(ZONES)] if number else ("America/Chicago", "IL")
    born = date(1952, 1, 1) + timedelta(days=chance.randrange(20000))
    if (first, last) == ("Rosa", "Marin"):
        born = date(1984, 4, 12)
    return Client.objects.create(
        practice=where,
        first_name=first,
        last_name=last,
        birth_date=charts.MINORS.get((first, last), born),
        # Some have no number or no address yet, as in life.
        phone="" if number % 7 == 2 else f"+1{_area(state)}55501{10 + number:02d}",
        email="" if number % 9 == 4 else f"{first}.{last}@example.org".lower(),
        time_zone=zone,
        state=state,
        texts_agreed_at=None if number % 5 == 3 else at - timedelta(days=200),
        texts_agreed_by="" if number % 5 == 3 else "client",
    )


def _area(state: str) -> str:
    return {"NY": "212", "IL": "312", "CO": "303", "CA": "213"}[state]
