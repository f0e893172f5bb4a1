"""Questions about the calendar: what is in a range, who is busy, what is free nearby."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import merge
from itertools import groupby, islice
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from holdspace.clients.models import Client
from holdspace.kit import zones
from holdspace.kit.actor import Actor, Member, System
from holdspace.practices.models import Clinician
from holdspace.scheduling import availability
from holdspace.scheduling.availability import ANYTHING, Purpose
from holdspace.scheduling.intervals import Interval, starts_in
from holdspace.scheduling.models import Appointment, Editing, Hold, Occurrence, Seat, TimeOff
from holdspace.scheduling.models.seats import NOT_HELD
from holdspace.scheduling.plans import LONGEST

if TYPE_CHECKING:
    from holdspace.scheduling.models.appointments import AppointmentQuerySet

STEP, SOON = timedelta(minutes=30), timedelta(seconds=1)
DAYS_AHEAD, DAYS_TO_SEARCH = 8, 60
# What a tile shows of an appointment and of a seat.
OF_AN_APPOINTMENT = (
    "practice",
    "type",
    "contact_type",
    "site",
    "starts_at",
    "ends_at",
    "version",
)
OF_A_LEAD = ("id", "name", "time_zone")
OF_A_SEAT = (
    "practice",
    "appointment",
    "status",
    "client_time_zone",
    "link_seen_at",
    "device_ok_at",
    "device_trouble",
    "identity_how",
    "location_state",
    "location_ok_at",
    "client__first_name",
    "client__last_name",
    "client__called",
    "client__state",
    "client__birth_date",
    "client__time_zone",
)


def between(actor: Actor, starts: datetime, ends: datetime) -> AppointmentQuerySet:
    """The appointments this actor may see that touch [starts, ends), with all that a tile shows.

    Four queries however many there are: appointments, their types, sites, and seats with clients; who leads
    comes `with_leads`.  Only what a screen shows is read; anything else would be asked for row by row.
    """
    # The longest appointment bounds the search on the left, so that the index on starts serves.
    found = Appointment.objects.visible_to(actor).filter(
        starts_at__gt=starts - LONGEST, starts_at__lt=ends, ends_at__gt=starts
    )
    seats = Seat.objects.select_related("client").only(*OF_A_SEAT).order_by("pk")
    # Joined, a type would be made anew for every appointment.
    found = found.only(*OF_AN_APPOINTMENT).order_by("starts_at", "pk")
    # Asked, not joined, as well: whether it is one of a series is all that is wanted of that.
    found = found.annotate(repeats=Exists(Occurrence.objects.filter(appointment=OuterRef("pk"))))  # type: ignore[no-redef]
    # As plain lists: a manager for every appointment costs as much as its rows.
    return found.prefetch_related("type", "site", Prefetch("seats", seats, "taken"))  # type: ignore[no-redef]


def with_leads(found: Iterable[Appointment]) -> list[Appointment]:
    """These with their `leads` by name, in one query; each clinician is made once, not for every row."""
    made, known = list(found), dict[UUID, Clinician]()
    led: defaultdict[UUID, list[Clinician]] = defaultdict(list)
    rows = Appointment.clinicians.through.objects.filter(appointment__in=[one.pk for one in made])
    rows = rows.order_by("clinician__name", "clinician")
    for appointment, *facts in rows.values_list("appointment", *(f"clinician__{name}" for name in OF_A_LEAD)):
        lead = known.get(facts[0]) or Clinician.from_db(rows.db, OF_A_LEAD, facts)
        led[appointment].append(known.setdefault(lead.pk, lead))
    for one in made:
        one.leads = led[one.pk]
    return made


def may_change(appointment: Appointment, actor: Actor) -> bool:
    """Whether the actor may book, move and cancel in all of the appointment's calendars."""
    return may_book_for(actor, [clinician.pk for clinician in appointment.clinicians.all()])


def may_book_for(actor: Actor, clinicians: Collection[UUID]) -> bool:
    """A clinician books where they are one of those who lead; the front desk for everyone."""
    match actor:
        case Member():
            return actor.may("book_for_everyone") or (actor.may("book") and actor.clinician_id in clinicians)
        case System():
            return True
        case _:
            return False


def others_editing(appointment: Appointment, actor: Actor, at: datetime) -> list[tuple[str, datetime]]:
    """Which colleagues have its form open, and until when that is known.  One query."""
    found = Editing.objects.visible_to(actor).now(at).filter(appointment=appointment)
    found = found.exclude(membership=actor.id).order_by("pk")
    named = found.values_list("membership__clinician__name", "membership__user__name", "until")
    return [(clinician or user, until) for clinician, user, until in named]


def holds_in_the_way(clinicians: Iterable[Clinician], starts_at: datetime, ends_at: datetime) -> list[Hold]:
    """Of each of these clinicians who isn't free, the first hold that overlaps [starts_at, ends_at)."""
    found = _holds(list(clinicians), starts_at, ends_at)
    if not found.exists():
        return []  # almost always, and asked for every day that is booked
    found = found.select_related("clinician", "appointment").order_by("-starts_at")
    return sorted({hold.clinician_id: hold for hold in found}.values(), key=lambda one: one.clinician.name)


def clients_elsewhere(
    clients: Iterable[Client], starts_at: datetime, ends_at: datetime, *, but: UUID | None = None
) -> list[Seat]:
    """Of each of these clients who isn't free, the first standing seat in another appointment then."""
    found = Seat.objects.filter(
        client__in=list(clients), appointment__starts_at__lt=ends_at, appointment__ends_at__gt=starts_at
    ).exclude(status__in=[*NOT_HELD, "requested"])
    found = found.exclude(appointment=but) if but else found
    if not found.exists():
        return []
    found = found.select_related("appointment", "client").order_by("-appointment__starts_at")
    return sorted({seat.client_id: seat for seat in found}.values(), key=lambda one: one.client.short_name)


def booked_in(off: TimeOff) -> int:
    """How many appointments stand in a time off: of its clinician, or of everybody."""
    held = _between(off.starts_at, off.ends_at)
    whose = {"clinician": off.clinician} if off.clinician else {"clinician__practice": off.practice}
    return held.filter(**whose).values("appointment").distinct().count()


def free_near(
    clinicians: Sequence[Clinician],
    starts_at: datetime,
    length: timedelta,
    *,
    zone: str,
    at: datetime,
    clients: Sequence[Client] = (),
    purpose: Purpose = ANYTHING,
    but: UUID | None = None,
) -> list[datetime]:
    """Two starts near the wanted one at which everybody is free: the next, and the first on a later day.

    Where all of them are available for that purpose; on the half hours of the zone that people look at.
    `but` is an appointment that will make way.
    """
    after = max(starts_at, at) + SOON
    until = after + timedelta(days=DAYS_AHEAD)
    # From the day before, so that hours which opened already aren't taken to open now.
    early = after - timedelta(days=1)
    opened = availability.load(clinicians, early, until).open_for_all(clinicians, early, until, purpose)
    taken = [(early, after), *_taken(clinicians, clients, after, until, but=but)]
    first: datetime | None = None
    for start in starts_in(opened, taken, length, step=STEP, zone=zone):
        if first is None:
            first = start
        elif zones.wall_of(start, zone).date() > zones.wall_of(first, zone).date():
            return [first, start]
    return [first] if first else []


@dataclass(frozen=True)
class Free:
    """A start at which this clinician can be booked."""

    starts_at: datetime
    clinician: Clinician


def next_free(
    clinicians: Sequence[Clinician],
    length: timedelta,
    *,
    zone: str,
    after: datetime,
    clients: Sequence[Client] = (),
    purpose: Purpose = ANYTHING,
    many: int = 6,
    a_day: int | None = None,
    but: UUID | None = None,
    together: bool = False,
) -> list[Free]:
    """The next starts at which any one of these clinicians can be booked, over sixty days; `a_day` at most.

    `together` asks for all of them at once.  Four questions however many clinicians and days; `but` is
    an appointment that will make way.
    """
    if not clinicians:
        return []
    until = after + timedelta(days=DAYS_TO_SEARCH)
    # From the day before, so that hours which opened already aren't taken to open now.
    early = after - timedelta(days=1)
    rules = availability.load(clinicians, early, until)
    holds = _holds(clinicians, after, until).exclude(appointment=but)
    theirs = list(holds.values_list("clinician_id", "starts_at", "ends_at"))
    elsewhere = _elsewhere(clients, after, until, but=but)

    def of(clinician: Clinician) -> Iterator[Free]:
        own = [(begin, end) for whose, begin, end in theirs if whose == clinician.pk]
        opened, taken = rules.open(clinician, early, until, purpose), [(early, after), *own, *elsewhere]
        for start in starts_in(opened, taken, length, step=STEP, zone=zone):
            yield Free(start, clinician)

    def of_all() -> Iterator[Free]:
        opened = rules.open_for_all(clinicians, early, until, purpose)
        taken = [(early, after), *((begin, end) for _whose, begin, end in theirs), *elsewhere]
        for start in starts_in(opened, taken, length, step=STEP, zone=zone):
            yield Free(start, clinicians[0])

    each = [of_all()] if together else [of(clinician) for clinician in clinicians]
    found = merge(*each, key=lambda one: one.starts_at)
    return list(islice(_a_few_a_day(found, a_day, zone), many))


def _a_few_a_day(found: Iterable[Free], a_day: int | None, zone: str) -> Iterator[Free]:
    for _day, those in groupby(found, key=lambda one: zones.wall_of(one.starts_at, zone).date()):
        yield from islice(those, a_day)


def _holds(clinicians: Sequence[Clinician], starts: datetime, ends: datetime) -> QuerySet[Hold]:
    return _between(starts, ends).filter(clinician__in=clinicians)


def _between(starts: datetime, ends: datetime) -> QuerySet[Hold]:
    """Bounded on the left as well: an index then reads a day, not all the years before it."""
    return Hold.objects.filter(starts_at__gt=starts - LONGEST, starts_at__lt=ends, ends_at__gt=starts)


def _elsewhere(
    clients: Sequence[Client], starts: datetime, ends: datetime, *, but: UUID | None = None
) -> list[Interval]:
    """When these clients are booked."""
    if not clients:
        return []
    seats = Seat.objects.filter(
        client__in=clients, appointment__starts_at__lt=ends, appointment__ends_at__gt=starts
    )
    seats = seats.exclude(status__in=[*NOT_HELD, "requested"]).exclude(appointment=but)
    return list(seats.values_list("appointment__starts_at", "appointment__ends_at"))


def _taken(
    clinicians: Sequence[Clinician],
    clients: Sequence[Client],
    starts: datetime,
    ends: datetime,
    *,
    but: UUID | None,
) -> list[Interval]:
    holds = _holds(clinicians, starts, ends).exclude(appointment=but).values_list("starts_at", "ends_at")
    return [*holds, *_elsewhere(clients, starts, ends, but=but)]
