"""What a series would book: each occurrence, and what stands in its way before anybody saves."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from holdspace.clients.models import Client
from holdspace.kit import zones
from holdspace.practices.models import Clinician
from holdspace.scheduling import availability, queries
from holdspace.scheduling.availability import Availability
from holdspace.scheduling.clashes import Clash, hours_clash, past_clash, purpose_of, together
from holdspace.scheduling.models import Hold, Seat
from holdspace.scheduling.models.seats import NOT_HELD
from holdspace.scheduling.plans import Plan
from holdspace.scheduling.recurrence import Repeat
from holdspace.scheduling.words import span

AHEAD = timedelta(days=366)


@dataclass(frozen=True)
class Coming:
    """One occurrence of a series that isn't booked yet: [starts_at, ends_at) on the rule's day."""

    day: date
    starts_at: datetime
    ends_at: datetime
    clash: Clash | None = None
    # To another start than the rule's, because somebody chose it.
    moved: bool = False


def horizon(starts_at: datetime, at: datetime) -> date:
    """The day up to which occurrences get rows: twelve months ahead of whichever is later."""
    return (max(starts_at, at) + AHEAD).date()


def days_of(plan: Plan, repeat: Repeat, at: datetime) -> list[date]:
    """The days that would be booked now, the first included."""
    wall = zones.wall_of(plan.starts_at, plan.time_zone).replace(tzinfo=None)
    return repeat.between(wall, wall.date(), horizon(plan.starts_at, at))


def coming(
    plan: Plan,
    days: Iterable[date],
    clients: Sequence[Client],
    *,
    at: datetime,
    but: Collection[UUID] = (),
    kept: Collection[datetime] = (),
) -> list[Coming]:
    """Every one of these days with its clash, if it has one.

    `but` are appointments that don't count: those which these occurrences will replace.  `kept` are their
    starts: that one of these is past is nothing new.
    """
    found = clashing(plan, [_on(plan, day) for day in days], clients, at=at, but=but)
    return [_unless_kept(one, kept) for one in found]


def _unless_kept(one: Coming, kept: Collection[datetime]) -> Coming:
    known = one.clash and one.clash.kind == "past" and one.starts_at in kept
    return replace(one, clash=None) if known else one


def clashing(
    plan: Plan,
    ones: Sequence[Coming],
    clients: Sequence[Client],
    *,
    at: datetime,
    but: Collection[UUID] = (),
) -> list[Coming]:
    """These occurrences with their clashes; four questions however many there are."""
    if not ones:
        return []
    first, last = min(one.starts_at for one in ones), max(one.ends_at for one in ones)
    holds = list(_holds(plan.clinicians, first, last, but))
    seats = list(_seats(clients, first, last, but))
    rules = availability.load(plan.clinicians, first, last)
    return [replace(one, clash=_clash(one, plan, holds, seats, rules, at)) for one in ones]


def _on(plan: Plan, day: date) -> Coming:
    wall = zones.wall_of(plan.starts_at, plan.time_zone).replace(tzinfo=None)
    starts_at = zones.instant(datetime.combine(day, wall.time()), plan.time_zone)
    return Coming(day, starts_at, starts_at + (plan.ends_at - plan.starts_at))


def _clash(
    one: Coming,
    plan: Plan,
    holds: Sequence[Hold],
    seats: Sequence[Seat],
    rules: Availability,
    at: datetime,
) -> Clash | None:
    busy = [hold for hold in holds if hold.starts_at < one.ends_at and hold.ends_at > one.starts_at]
    if busy:
        return Clash("clinician", together(_taken(hold, plan.time_zone) for hold in busy))
    there = [(seat, seat.appointment) for seat in seats]
    away = [seat for seat, other in there if other.starts_at < one.ends_at and other.ends_at > one.starts_at]
    if away:
        return Clash("client", together(_elsewhere(seat, plan.time_zone) for seat in away))
    past = past_clash(one.starts_at, one.ends_at, plan.time_zone, at)
    return past or _clock(one, plan) or hours_clash(rules, plan, one.starts_at, one.ends_at)


def _clock(one: Coming, plan: Plan) -> Clash | None:
    wall = zones.wall_of(plan.starts_at, plan.time_zone).time()
    meant = datetime.combine(one.day, wall)
    if one.moved or zones.exists(meant, plan.time_zone):
        return None
    said = {"when": span(one.starts_at, one.ends_at, plan.time_zone)}
    return Clash(
        "clock", _("The clocks go forward and that hour doesn't exist. It would be %(when)s.") % said
    )


def _taken(hold: Hold, zone: str) -> str:
    said = {"clinician": hold.clinician.name, "when": span(hold.starts_at, hold.ends_at, zone)}
    return _("%(clinician)s is already booked then: %(when)s.") % said


def _elsewhere(seat: Seat, zone: str) -> str:
    other = seat.appointment
    leads = ", ".join(clinician.name for clinician in other.clinicians.all())
    when = span(other.starts_at, other.ends_at, zone)
    said = {"client": seat.client.short_name, "when": when, "clinician": leads}
    return _("%(client)s is booked then: %(when)s with %(clinician)s.") % said


def _holds(
    clinicians: Sequence[Clinician], first: datetime, last: datetime, but: Collection[UUID]
) -> Iterator[Hold]:
    found = Hold.objects.filter(clinician__in=clinicians, starts_at__lt=last, ends_at__gt=first)
    return found.exclude(appointment__in=but).select_related("clinician").order_by("starts_at").iterator()


def _seats(
    clients: Sequence[Client], first: datetime, last: datetime, but: Collection[UUID]
) -> Iterable[Seat]:
    found = Seat.objects.filter(
        client__in=clients, appointment__starts_at__lt=last, appointment__ends_at__gt=first
    )
    found = found.exclude(status__in=[*NOT_HELD, "requested"]).exclude(appointment__in=but)
    return found.select_related("client", "appointment").prefetch_related("appointment__clinicians")


def free_for(plan: Plan, one: Coming, clients: Sequence[Client], at: datetime) -> list[datetime]:
    """Starts near this occurrence at which everybody is free."""
    length = one.ends_at - one.starts_at
    return queries.free_near(
        plan.clinicians,
        one.starts_at,
        length,
        zone=plan.time_zone,
        at=at,
        clients=clients,
        purpose=purpose_of(plan),
    )
