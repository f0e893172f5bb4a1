"""Twenty clinicians with eight appointments each on every working day, for as many years as it takes."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import cycle
from typing import NamedTuple

from django.conf import settings

from bench.practice import HOUR, monday
from bench.rows import in_bulk, moment, new_id, put
from holdspace.clients.models import Client
from holdspace.consents.models import Consent, ConsentForm, ConsentVersion
from holdspace.kit.clock import now
from holdspace.practices.models import Clinician, Practice
from holdspace.scheduling.models import Appointment, Hold, Hours, Occurrence, Seat, Series
from holdspace.scheduling.models.seats import HANDLE_LETTERS
from tests import cast

CLINICIANS, A_DAY, DAYS = 20, 8, 5
APPOINTMENTS_A_CLIENT = 20
LENGTH = timedelta(minutes=50)
_FIRST = "Ada Bea Cleo Dora Ewan Finn Gus Hana Ines Juno Kai Lea Max Noor Omar Pia Quin Rosa Sami Tess"
_STARTS = "Bel Cor Dal Fer Gar Hol Jan Kes Lin Mar Nor Ost Pet Qua Ros Sal Tor Ulm Val Wes"
_ENDS = "a ani berg dal en eri ford in ino is man ner o ola ov son ton um ut wick"
FIRST_NAMES, STARTS, ENDS = (names.split() for names in (_FIRST, _STARTS, _ENDS))


class Made(NamedTuple):
    """One appointment: its place in the series of its hour, and who comes."""

    appointment: str
    seat: str
    starts_at: datetime
    clinician: Clinician
    series: Series
    client: Client


def make_practice(appointments: int) -> None:
    """Willow Street around the present week: everybody comes weekly, and has agreed to telehealth."""
    random.seed(appointments)
    # Nobody types a password here.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    willow = cast.practice("Willow Street Counseling", "willow", time_zone="UTC")
    cast.person(willow, "Bea Lind", ["front_desk"])
    for weekday in range(DAYS):
        Hours.objects.create(practice=willow, weekday=weekday, starts=8 * 60, ends=18 * 60)
    names = [f"Dr {FIRST_NAMES[n]} {STARTS[n]}{ENDS[n]}" for n in range(CLINICIANS)]
    people = [cast.person(willow, name, ["clinician"], time_zone="UTC").clinician for name in names]
    clients = [client_number(willow, n) for n in range(appointments // APPOINTMENTS_A_CLIENT)]
    with in_bulk():
        Client.objects.bulk_create(clients, 500)
        made = list(every_appointment([one for one in people if one], clients, appointments))
        put_appointments(made)
        put_consents(made[: len(clients)])


def handle() -> str:
    return "".join(random.choices(HANDLE_LETTERS, k=10))


def client_number(willow: Practice, n: int) -> Client:
    """One of many who can all be told apart: 20 first names, 400 last names, birth dates, numbers."""
    last = f"{random.choice(STARTS)}{random.choice(ENDS)}"
    client = Client(practice=willow, first_name=random.choice(FIRST_NAMES), last_name=last, state="IL")
    client.birth_date = date(1940, 1, 1) + timedelta(days=random.randrange(75 * 365))
    client.phone = f"+1{201 + n // 10_000}555{n % 10_000:04}"
    client.time_zone = "UTC"
    client.derive()
    return client


def every_appointment(
    clinicians: Sequence[Clinician], clients: Sequence[Client], appointments: int
) -> Iterator[Made]:
    """Week by week, from as long ago as ahead; each hour of a week is a series of its own."""
    weeks = appointments // (len(clinicians) * A_DAY * DAYS)
    first = monday(now()) - timedelta(weeks=weeks // 2)
    hours = [timedelta(days=day) + (9 + n) * HOUR for day in range(DAYS) for n in range(A_DAY)]
    slots = [(hour, one, series_of(one, first + hour)) for hour in hours for one in clinicians]
    comes = cycle(clients)
    for week in range(weeks):
        for hour, clinician, series in slots:
            starts_at = first + timedelta(weeks=week) + hour
            yield Made(new_id(), new_id(), starts_at, clinician, series, next(comes))


def series_of(clinician: Clinician, starts_at: datetime) -> Series:
    return Series.objects.create(
        practice=clinician.practice,
        rule="FREQ=WEEKLY",
        first_day=starts_at.date(),
        wall_time=starts_at.time(),
        time_zone="UTC",
        made_until=date(2200, 1, 1),
        type=cast.type_of(clinician.practice),
        contact_type="telehealth",
        minutes=50,
        created_at=starts_at,
    )


def put_appointments(made: Sequence[Made]) -> None:
    willow, at = made[0].clinician.practice, made[0].starts_at
    kind = cast.type_of(willow)
    said = {"contact_type": "telehealth", "time_zone": "UTC", "created_at": at, "changed_at": at}
    spans = [(moment(one.starts_at), moment(one.starts_at + LENGTH)) for one in made]
    put(
        Appointment(practice=willow, type=kind, starts_at=at, ends_at=at, **said),
        ["id", "starts_at", "ends_at"],
        ((one.appointment, *span) for one, span in zip(made, spans, strict=True)),
    )
    put(
        Appointment.clinicians.through(),
        ["appointment_id", "clinician_id"],
        ((one.appointment, one.clinician.pk.hex) for one in made),
    )
    put(
        Seat(practice=willow, status="confirmed", client_time_zone="UTC", link_seen_at=at),
        ["id", "appointment_id", "client_id", "link_handle"],
        ((one.seat, one.appointment, one.client.pk.hex, handle()) for one in made),
    )
    put(
        Hold(),
        ["appointment_id", "clinician_id", "starts_at", "ends_at"],
        ((one.appointment, one.clinician.pk.hex, *span) for one, span in zip(made, spans, strict=True)),
    )
    put(
        Occurrence(),
        ["appointment_id", "series_id", "day"],
        ((one.appointment, one.series.pk.hex, one.starts_at.date().isoformat()) for one in made),
    )


def put_consents(made: Sequence[Made]) -> None:
    """Every client's own, signed at their first appointment."""
    willow, at = made[0].clinician.practice, made[0].starts_at
    form = ConsentForm.objects.create(practice=willow, title="Telehealth")
    version = ConsentVersion.objects.create(
        practice=willow, form=form, number=1, text="-", script="-", disclosure="-", published_at=at
    )
    put(
        Consent(
            practice=willow, version=version, way="digital", status="signed", time_zone="UTC", answered_at=at
        ),
        ["id", "client_id", "seat_id"],
        ((new_id(), one.client.pk.hex, one.seat) for one in made),
    )
