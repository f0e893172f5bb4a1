"""A plan: what an appointment is to be, before anybody's time is taken for it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from holdspace.kit import zones
from holdspace.practices.models import Clinician, Site
from holdspace.scheduling import refusals
from holdspace.scheduling.models import Appointment, AppointmentType, ContactType, Series
from holdspace.scheduling.words import span

LONGEST_TEXT = 20_000
# The calendar's own edges: beyond them weeks can't be counted.
YEARS = range(1900, 2201)
SHORTEST, LONGEST = timedelta(minutes=5), timedelta(days=1)


@dataclass(frozen=True)
class Plan:
    """[starts_at, ends_at) in UTC; `time_zone` is the one it was agreed in."""

    type: AppointmentType
    contact_type: str
    clinicians: tuple[Clinician, ...]
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    site: Site | None = None
    notes: str = ""

    def check(self) -> None:
        """Refuse what no calendar could hold, whoever else is booked."""
        if not self.clinicians:
            raise refusals.NobodyBooked
        check_span(self.starts_at, self.ends_at)
        if self.contact_type not in ContactType.values or self.contact_type not in self.type.contact_types:
            raise refusals.ContactTypeNotOffered
        check_text(self.notes)

    def columns(self) -> dict[str, Any]:
        """Everything that is a column of the appointment; the clinicians are rows of their own."""
        return {field.name: getattr(self, field.name) for field in fields(self) if field.name != "clinicians"}

    def said(self) -> dict[str, str]:
        """The plain fields as people read them; the notes are encrypted and stay out."""
        return {
            "type": self.type.name,
            "contact_type": str(ContactType(self.contact_type).label),
            "time": span(self.starts_at, self.ends_at, self.time_zone),
            "clinicians": ", ".join(sorted(clinician.name for clinician in self.clinicians)),
            "site": self.site.name if self.site else "",
        }


def check_span(starts_at: datetime, ends_at: datetime) -> None:
    """Half-open and forward, between five minutes and a day."""
    if ends_at - starts_at < SHORTEST:
        raise refusals.EndBeforeStart
    if ends_at - starts_at > LONGEST:
        raise refusals.TooLong
    if starts_at.year not in YEARS:
        raise refusals.BeyondTheCalendar


def check_text(text: str) -> None:
    if len(text) > LONGEST_TEXT:
        raise refusals.TextTooLong


def plan_of(appointment: Appointment) -> Plan:
    """The plan that would make this very appointment."""
    return Plan(
        type=appointment.type,
        contact_type=appointment.contact_type,
        clinicians=tuple(appointment.clinicians.all()),
        starts_at=appointment.starts_at,
        ends_at=appointment.ends_at,
        time_zone=appointment.time_zone,
        site=appointment.site,
        notes=appointment.notes,
    )


def plan_on(series: Series, day: date) -> Plan:
    """The plan of a series' occurrence on a day of its rule."""
    starts_at = zones.instant(datetime.combine(day, series.wall_time), series.time_zone)
    return Plan(
        type=series.type,
        contact_type=series.contact_type,
        clinicians=tuple(series.clinicians.all()),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=series.minutes),
        time_zone=series.time_zone,
        site=series.site,
        notes=series.notes,
    )


def is_same(one: Plan, other: Plan) -> bool:
    """Whether both would make the same appointment, in whatever order its clinicians are named."""
    return one.columns() == other.columns() and {*one.clinicians} == {*other.clinicians}


def _parts(plan: Plan) -> dict[str, object]:
    """What each field of `said` stands for, whatever language or zone it is told in."""
    return {
        "type": plan.type.pk,
        "contact_type": plan.contact_type,
        "time": (plan.starts_at.timestamp(), plan.ends_at.timestamp()),
        "clinicians": sorted(clinician.pk for clinician in plan.clinicians),
        "site": plan.site and plan.site.pk,
        # A browser ends lines in its own way.
        "notes": plan.notes.splitlines(),
    }


def fingerprint(plan: Plan) -> str:
    """Six figures a field: a form carries it along, to tell later what is no longer as it was shown."""
    return "".join(_figures(part) for part in _parts(plan).values())


def unlike(seen: str, plan: Plan) -> set[str]:
    """The fields that differ from what this was the fingerprint of; all of them, if it is none."""
    return {
        name
        for at, (name, part) in enumerate(_parts(plan).items())
        if seen[6 * at : 6 * at + 6] != _figures(part)
    }


def _figures(part: object) -> str:
    return hashlib.blake2b(repr(part).encode(), digest_size=3).hexdigest()


def changes(old: Plan, new: Plan) -> dict[str, list[str]]:
    """For the trail: field -> [old, new]; of the notes, which are encrypted, the name only."""
    before, after = old.said(), new.said()
    found = {name: [before[name], after[name]] for name in before if before[name] != after[name]}
    return found | ({"notes": []} if old.notes != new.notes else {})


def differences(now: Plan, yours: Plan) -> list[refusals.Difference]:
    """What stands now against what somebody wanted to save, field by field."""
    said: Mapping[str, list[str]] = changes(now, yours)
    return [refusals.Difference(name, *(pair or ["", ""])) for name, pair in said.items()]
