"""A practice as full as it is told to be, and two of its pages, ready to be opened again and again."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.test import Client as Browser
from django.urls import reverse

from holdspace.clients.models import Client
from holdspace.kit.clock import now
from holdspace.practices.models import Clinician
from holdspace.scheduling.models import Appointment, Hold, Seat
from tests import cast

HOUR = timedelta(hours=1)


def make_practice(*, clinicians: int, a_week: int, appointments: int) -> None:
    """Everybody at Willow, as busy as they can be."""
    willow = cast.practice("Willow Street Counseling", "willow", time_zone="UTC")
    with transaction.atomic():
        names = [f"Dr Number {n:02}" for n in range(clinicians)]
        people = [cast.person(willow, name, ["clinician"], time_zone="UTC") for name in names]
        fill([person.clinician for person in people if person.clinician], a_week, appointments)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def open_pages() -> dict[str, Callable[[], None]]:
    """The week's feed of one clinician, and the start screen of one seat of theirs."""
    busy = Clinician.objects.select_related("membership__user").order_by("name")[0]
    browser = Browser(SERVER_NAME="localhost")
    browser.force_login(busy.membership.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return {"week": opener(browser, week_of(now())), "start": opener(browser, start_of(busy))}


def opener(browser: Browser, url: str) -> Callable[[], None]:
    def open_it() -> None:
        answer = browser.get(url)
        assert answer.status_code == 200, (url, answer.status_code)

    return open_it


def week_of(at: datetime) -> str:
    return f"{reverse('desk:feed')}?view=week&date={at.date().isoformat()}"


def start_of(busy: Clinician) -> str:
    seats = Seat.objects.filter(appointment__clinicians=busy, appointment__starts_at__gte=monday(now()))
    return reverse("desk:start", args=[seats.order_by("appointment__starts_at")[0].pk])


def monday(at: datetime) -> datetime:
    return at.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=at.weekday())


def fill(clinicians: list[Clinician], a_week: int, appointments: int) -> None:
    """The same full week for everybody, again and again around the present one."""
    willow = clinicians[0].practice
    kind = cast.type_of(willow)
    people = [
        Client(
            practice=willow, first_name=f"Client{n}", last_name="Marin", sought=f"client{n} marin", state="IL"
        )
        for n in range(max(appointments // 20, 50))
    ]
    Client.objects.bulk_create(people)
    made, leads, seats, holds = [], [], [], []
    for n, (clinician, starts_at) in enumerate(times(clinicians, a_week, appointments)):
        span = {"starts_at": starts_at, "ends_at": starts_at + timedelta(minutes=50)}
        said = {
            "created_at": starts_at,
            "changed_at": starts_at,
            "contact_type": "telehealth",
            "time_zone": "UTC",
        }
        one = Appointment(practice=willow, type=kind, **said, **span)
        made.append(one)
        leads.append(Appointment.clinicians.through(appointment=one, clinician=clinician))
        client = people[n % len(people)]
        seats.append(
            Seat(practice=willow, appointment=one, client=client, status="confirmed", client_time_zone="UTC")
        )
        holds.append(Hold(appointment=one, clinician=clinician, **span))
    Appointment.objects.bulk_create(made, 500)
    Appointment.clinicians.through.objects.bulk_create(leads, 500)
    Seat.objects.bulk_create(seats, 500)
    Hold.objects.bulk_create(holds, 500)


def times(
    clinicians: list[Clinician], a_week: int, appointments: int
) -> Iterator[tuple[Clinician, datetime]]:
    weeks = appointments // (len(clinicians) * a_week)
    first = monday(now()) - timedelta(weeks=weeks // 2)
    for week in range(weeks):
        for n in range(a_week):
            starts_at = first + timedelta(weeks=week, days=n % 5, hours=9 + n // 5)
            for clinician in clinicians:
                yield clinician, starts_at
