"""Weeks of appointments around today: what has been, what is about to be, what is agreed."""

import random
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from operator import attrgetter
from zoneinfo import ZoneInfo

from holdspace.clients.models import Client
from holdspace.kit import zones
from holdspace.practices.models import Clinician, Practice
from holdspace.scheduling import holidays
from holdspace.scheduling.models import Appointment, AppointmentType, Hold, Hours, Seat, SeatStatus, TimeOff
from holdspace.scheduling.models.seats import NOT_HELD

WEEKS_BACK, WEEKS_AHEAD = 2, 4
HOURS = [9, 10, 11, 13, 14, 15, 16]
USUAL = ["Individual"] * 7 + ["Couples", "Family", "Intake"]
LENGTH, HOUR = timedelta(minutes=50), timedelta(hours=1)
CONTACT = ["telehealth", "telehealth", "telehealth", "in_person", "phone"]
S = SeatStatus


@dataclass
class Planned:
    appointment: Appointment
    clinician: Clinician
    seat: Seat


def fill(practice: Practice, at: datetime) -> None:
    """Put weeks of appointments into the practice's calendar, and one that is about to begin.

    Made on the same day, it is the same story, whatever its rows' ids came out as.
    """
    chance = random.Random(practice.slug)  # noqa: S311 - a story, not a secret
    clients = sorted(practice.clients.all(), key=attrgetter("last_name", "first_name"))
    types = {one.name: one for one in practice.appointment_types.all()}
    soon = _about_to_begin(practice, clients, types, at)
    planned = [soon]
    for clinician in practice.clinicians.order_by("name"):
        for moment in _slots(practice, at, chance):
            if clinician == soon.clinician and _touches(moment, soon.appointment):
                continue
            planned.append(
                _plan(clinician, chance.choice(clients), types[chance.choice(USUAL)], moment, at, chance)
            )
    _keep(planned)


def hours(practice: Practice, at: datetime) -> None:
    """Some of what a practice says about its time; the appointments of the demo keep to it."""
    practice.holidays = Practice.Holidays.UNITED_STATES
    practice.save(update_fields=["holidays"])
    busy = practice.clinicians.order_by("membership__created_at").last()
    assert busy
    # Their own hours leave the noon free, as everybody's appointments do.
    parts = [(weekday, *part) for weekday in range(5) for part in ((9 * 60, 12 * 60), (13 * 60, 17 * 60))]
    Hours.objects.bulk_create(
        Hours(practice=practice, clinician=busy, weekday=weekday, starts=starts, ends=ends)
        for weekday, starts, ends in parts
    )
    TimeOff.objects.bulk_create(_team_meetings(practice, at))


def _team_meetings(practice: Practice, at: datetime) -> list[TimeOff]:
    """Each Wednesday at noon, for the first clinician."""
    first = practice.clinicians.order_by("membership__created_at").first()
    zone, today = practice.time_zone, zones.wall_of(at, practice.time_zone).date()
    wednesday = today + timedelta(days=2 - today.weekday())
    made = []
    for week in range(WEEKS_AHEAD):
        noon = zones.instant(datetime.combine(wednesday + timedelta(days=7 * week), time(12)), zone)
        off = TimeOff(practice=practice, clinician=first, kind=TimeOff.Kind.BLOCK, label="Team meeting")
        off.starts_at, off.ends_at, off.time_zone, off.created_at = noon, noon + HOUR, zone, at
        made.append(off)
    return made


def _slots(practice: Practice, at: datetime, chance: random.Random) -> list[datetime]:
    """Full hours of working days, about two in three of them taken."""
    today = zones.wall_of(at, practice.time_zone).date()
    monday = today - timedelta(days=today.weekday() + 7 * WEEKS_BACK)
    days = [monday + timedelta(days=n) for n in range(7 * (WEEKS_BACK + WEEKS_AHEAD)) if n % 7 < 5]
    days = [day for day in days if day not in holidays.named(practice, day.year)]
    walls = [datetime(day.year, day.month, day.day, hour) for day in days for hour in HOURS]  # noqa: DTZ001
    return [zones.instant(wall, practice.time_zone) for wall in walls if chance.random() < 0.62]


def _about_to_begin(
    practice: Practice, clients: list[Client], types: dict[str, AppointmentType], at: datetime
) -> Planned:
    """The first clinician's next client, by video, at the next quarter of an hour, not confirmed yet."""
    quarter = at.replace(second=0, microsecond=0) + timedelta(minutes=15 - at.minute % 15)
    rosa = next((one for one in clients if one.first_name == "Rosa"), clients[0])
    first = practice.clinicians.order_by("membership__created_at").first()
    assert first
    return _made(first, rosa, types["Individual"], quarter, "telehealth", S.SCHEDULED, at)


def _touches(moment: datetime, other: Appointment) -> bool:
    return moment < other.ends_at and other.starts_at < moment + LENGTH


def _plan(
    clinician: Clinician,
    client: Client,
    kind: AppointmentType,
    moment: datetime,
    at: datetime,
    chance: random.Random,
) -> Planned:
    if moment + LENGTH < at:
        status = chance.choice([S.OCCURRED] * 8 + [S.NO_SHOW, S.CANCELLED])
    else:
        status = chance.choice([S.CONFIRMED, S.CONFIRMED, S.SCHEDULED])
    return _made(clinician, client, kind, moment, chance.choice(CONTACT), status, at)


def _made(
    clinician: Clinician,
    client: Client,
    kind: AppointmentType,
    moment: datetime,
    contact: str,
    status: str,
    at: datetime,
) -> Planned:
    begun = min(at, moment) - timedelta(days=21)
    appointment = Appointment(
        practice=clinician.practice,
        type=kind,
        contact_type=contact,
        starts_at=moment.astimezone(ZoneInfo("UTC")),
        ends_at=moment + LENGTH,
        time_zone=clinician.practice.time_zone,
        created_at=begun,
        changed_at=begun,
        announced=True,
    )
    seat = Seat(
        practice=clinician.practice,
        appointment=appointment,
        client=client,
        status=status,
        client_time_zone=client.time_zone,
    )
    return Planned(appointment, clinician, seat)


def _keep(planned: list[Planned]) -> None:
    """Everything in a handful of statements: a first start should take seconds."""
    Appointment.objects.bulk_create([one.appointment for one in planned], batch_size=200)
    through = Appointment.clinicians.through
    through.objects.bulk_create(
        [through(appointment_id=one.appointment.pk, clinician_id=one.clinician.pk) for one in planned],
        batch_size=200,
    )
    held = [one for one in planned if one.seat.status not in NOT_HELD]
    Hold.objects.bulk_create(
        [
            Hold(
                clinician=one.clinician,
                appointment=one.appointment,
                starts_at=one.appointment.starts_at,
                ends_at=one.appointment.ends_at,
            )
            for one in held
        ],
        batch_size=200,
    )
    Seat.objects.bulk_create([one.seat for one in planned], batch_size=200)
