"""When clinicians may be booked: hours, single days, time off and holidays, as intervals of instants.

`load` asks the database twice, however many clinicians and weeks; what follows is arithmetic.

Hours are wall time in the zone of whose they are, and keep it over a clock change.  On a day:
a clinician's single day beats everything of the practice's, closures and holidays too; then come
their own weekly hours, then the practice's single day, its weekly hours, and where nobody ever
said anything its working day, Monday to Friday.  A clinician's time off counts whatever the hours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.functional import Promise

from holdspace.kit import zones
from holdspace.practices.models import Clinician, Practice
from holdspace.scheduling import holidays
from holdspace.scheduling.intervals import Interval, both, minus, union
from holdspace.scheduling.models import Hours, TimeOff

LONGEST_OFF = timedelta(days=367)
DAY = timedelta(days=1)
CLOSED = TimeOff.Kind.CLOSED


@dataclass(frozen=True)
class Purpose:
    """What somebody is to be booked for: hours may be limited to contact types and to a site."""

    contact_type: str = ""
    site_id: UUID | None = None

    def fits(self, hours: Hours) -> bool:
        ways = not (self.contact_type and hours.contact_types) or self.contact_type in hours.contact_types
        return ways and (not (self.site_id and hours.site_id) or self.site_id == hours.site_id)


ANYTHING = Purpose()


@dataclass(frozen=True)
class Off:
    """[starts_at, ends_at) in which nobody is booked, and why."""

    starts_at: datetime
    ends_at: datetime
    kind: str
    label: str | Promise
    time_zone: str

    @property
    def interval(self) -> Interval:
        return self.starts_at, self.ends_at


def load(clinicians: Sequence[Clinician], starts: datetime, ends: datetime) -> Availability:
    """The rules of these clinicians, who are of one practice, for everything in [starts, ends)."""
    practice = clinicians[0].practice
    whose = Q(clinician=None) | Q(clinician__in=clinicians)
    near = Q(day=None) | Q(day__gte=(starts - 2 * DAY).date(), day__lte=(ends + 2 * DAY).date())
    # The longest time off bounds the search on the left, so that the index on starts serves.
    overlapping = {"starts_at__gt": starts - LONGEST_OFF, "starts_at__lt": ends, "ends_at__gt": starts}
    hours = Hours.objects.filter(whose, near, practice=practice)
    off = TimeOff.objects.filter(whose, practice=practice, **overlapping)
    return Availability(practice, hours, off.order_by("starts_at"))


class Availability:
    """One practice's rules, loaded; every answer is a union of intervals, clipped to what was asked."""

    def __init__(self, practice: Practice, hours: Iterable[Hours], off: Iterable[TimeOff]) -> None:
        self.practice = practice
        self._weekly: dict[UUID | None, list[Hours]] = defaultdict(list)
        self._single: dict[UUID | None, dict[date, list[Hours]]] = defaultdict(lambda: defaultdict(list))
        self._off: dict[UUID | None, list[Off]] = defaultdict(list)
        for row in hours:
            of_its_day = self._weekly[row.clinician_id] if row.day is None else self._days_of(row)
            of_its_day.append(row)
        for one in off:
            said = Off(one.starts_at, one.ends_at, one.kind, one.label, one.time_zone)
            self._off[one.clinician_id].append(said)

    def open(
        self, clinician: Clinician, starts: datetime, ends: datetime, purpose: Purpose = ANYTHING
    ) -> list[Interval]:
        """When this clinician may be booked for that purpose in [starts, ends)."""
        sure = self._own_days(clinician, starts, ends, purpose)
        usual = self._usual(clinician, starts, ends, purpose)
        closed = [one.interval for one in self.closed(starts, ends)]
        away = [one.interval for one in self._off[clinician.pk]]
        found = minus(union([*sure, *minus(usual, closed)]), away)
        return both(found, [(starts, ends)])

    def open_for_all(
        self, clinicians: Sequence[Clinician], starts: datetime, ends: datetime, purpose: Purpose = ANYTHING
    ) -> list[Interval]:
        """When all of them may be booked together."""
        found = [(starts, ends)]
        for clinician in clinicians:
            found = both(found, self.open(clinician, starts, ends, purpose))
        return found

    def away(self, clinician: Clinician, starts: datetime, ends: datetime) -> list[Off]:
        """The clinician's own time off and blocks that touch [starts, ends)."""
        return _touching(self._off[clinician.pk], starts, ends)

    def closed(self, starts: datetime, ends: datetime) -> list[Off]:
        """When the practice is closed: what somebody entered, and holidays without hours of their own."""
        return _touching([*self._off[None], *self._holidays(starts, ends)], starts, ends)

    def _days_of(self, row: Hours) -> list[Hours]:
        return self._single[row.clinician_id][row.day] if row.day else []

    def _holidays(self, starts: datetime, ends: datetime) -> Iterator[Off]:
        zone, opened = self.practice.time_zone, self._single[None]
        for day in _days(starts, ends, zone):
            name = holidays.named(self.practice, day.year).get(day)
            if name and day not in opened:
                yield Off(*zones.day_bounds(day, zone), CLOSED, name, zone)

    def _own_days(
        self, clinician: Clinician, starts: datetime, ends: datetime, purpose: Purpose
    ) -> list[Interval]:
        own, zone = self._single[clinician.pk], clinician.time_zone
        days = [day for day in _days(starts, ends, zone) if day in own]
        return [part for day in days for part in _wall(own[day], day, zone, purpose)]

    def _usual(
        self, clinician: Clinician, starts: datetime, ends: datetime, purpose: Purpose
    ) -> list[Interval]:
        """The week's hours, the clinician's or else the practice's, but on their single days."""
        own, zone = self._weekly[clinician.pk], clinician.time_zone
        single = [zones.day_bounds(day, zone) for day in self._single[clinician.pk]]
        if own:
            return minus(_each_day(starts, ends, zone, purpose, lambda day: _on(own, day)), single)
        ours = self.practice.time_zone
        return minus(_each_day(starts, ends, ours, purpose, self._practice_on), single)

    def _practice_on(self, day: date) -> Collection[Hours]:
        if day in self._single[None]:
            return self._single[None][day]
        if self._weekly[None]:
            return _on(self._weekly[None], day)
        return [_working_day(self.practice)] if day.weekday() < 5 else []


def _working_day(practice: Practice) -> Hours:
    return Hours(starts=practice.day_starts * 60, ends=practice.day_ends * 60)


def _on(weekly: Iterable[Hours], day: date) -> list[Hours]:
    return [row for row in weekly if row.weekday == day.weekday()]


def _days(starts: datetime, ends: datetime, zone: str) -> Iterator[date]:
    day, last = zones.wall_of(starts, zone).date(), zones.wall_of(ends, zone).date()
    while day <= last:
        yield day
        day += DAY


def _each_day(
    starts: datetime, ends: datetime, zone: str, purpose: Purpose, rows: Callable[[date], Collection[Hours]]
) -> list[Interval]:
    return [part for day in _days(starts, ends, zone) for part in _wall(rows(day), day, zone, purpose)]


def _wall(rows: Iterable[Hours], day: date, zone: str, purpose: Purpose) -> Iterator[Interval]:
    """These hours on a day as instants: from when the clock first shows the one time to the other."""
    midnight = datetime.combine(day, time())
    for row in rows:
        if purpose.fits(row):
            begins, ends = (midnight + timedelta(minutes=minute) for minute in (row.starts, row.ends))
            yield zones.reached(begins, zone), zones.reached(ends, zone)


def _touching(found: Iterable[Off], starts: datetime, ends: datetime) -> list[Off]:
    return [one for one in found if one.starts_at < ends and one.ends_at > starts]
