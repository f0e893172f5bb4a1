"""What stands in the way of a time although nobody is booked then: time off, a closed practice, no hours."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from holdspace.kit import zones
from holdspace.practices.models import Clinician
from holdspace.scheduling.availability import CLOSED, Availability, Off, Purpose
from holdspace.scheduling.intervals import covers
from holdspace.scheduling.models import ContactType, TimeOff
from holdspace.scheduling.plans import Plan
from holdspace.scheduling.words import clock_times, days_span, span


@dataclass(frozen=True)
class Clash:
    """Why a time won't do as it is.  Over a clinician's time nobody books; the rest may be booked anyway."""

    kind: str  # past, clinician, client, clock, away, outside
    sentence: str

    @property
    def may_book_anyway(self) -> bool:
        return self.kind != "clinician"


def purpose_of(plan: Plan) -> Purpose:
    return Purpose(plan.contact_type, plan.site.pk if plan.site else None)


def together(sentences: Iterable[str]) -> str:
    """Everything that is in the way, each thing once."""
    return " ".join(dict.fromkeys(sentences))


def past_clash(starts_at: datetime, ends_at: datetime, zone: str, at: datetime) -> Clash | None:
    """Nobody is booked into the past without having been asked; what takes place right now has begun."""
    if starts_at >= at:
        return None
    said = {"when": span(starts_at, ends_at, zone)}
    return Clash("past", _("That time is in the past: %(when)s.") % said)


def hours_clash(rules: Availability, plan: Plan, starts_at: datetime, ends_at: datetime) -> Clash | None:
    """Who of the plan's clinicians isn't to be booked in [starts_at, ends_at), and why."""
    found = hours_clashes(rules, plan.clinicians, plan, starts_at, ends_at)
    return Clash(found[0].kind, together(one.sentence for one in found)) if found else None


def hours_clashes(
    rules: Availability, whose: Iterable[Clinician], plan: Plan, starts_at: datetime, ends_at: datetime
) -> list[Clash]:
    """The same for some of them, one by one."""
    purpose = purpose_of(plan)
    return [
        _off(rules, one, starts_at, ends_at, plan) or _outside(rules, one, starts_at, ends_at, plan)
        for one in whose
        if not covers(rules.open(one, starts_at, ends_at, purpose), starts_at, ends_at)
    ]


def _off(
    rules: Availability, clinician: Clinician, starts_at: datetime, ends_at: datetime, plan: Plan
) -> Clash | None:
    found = [*rules.away(clinician, starts_at, ends_at), *rules.closed(starts_at, ends_at)]
    return Clash("away", away_sentence(clinician, found[0], plan.time_zone)) if found else None


def away_sentence(clinician: Clinician, off: Off, zone: str) -> str:
    """*Dr Osei is away then: Wed, Nov 18 – Fri, Nov 20 (Conference).*"""
    when = days_span(off.starts_at, off.ends_at, off.time_zone, shown_in=zone)
    said = {"clinician": clinician.name, "when": f"{when} ({off.label})" if off.label else when}
    if off.kind == CLOSED:
        return _("The practice is closed then: %(when)s.") % said
    if off.kind == TimeOff.Kind.BLOCK:
        return _("%(clinician)s has that time blocked: %(when)s.") % said
    return _("%(clinician)s is away then: %(when)s.") % said


def _outside(
    rules: Availability, clinician: Clinician, starts_at: datetime, ends_at: datetime, plan: Plan
) -> Clash:
    if covers(rules.open(clinician, starts_at, ends_at), starts_at, ends_at):
        said = {"clinician": clinician.name, "way": _way(plan)}
        return Clash("outside", _("%(clinician)s works then, but not for %(way)s.") % said)
    return Clash("outside", _hours_said(rules, clinician, starts_at, plan))


def _way(plan: Plan) -> str:
    way = str(ContactType(plan.contact_type).label)
    return _("%(way)s at %(site)s") % {"way": way, "site": plan.site.name} if plan.site else way


def _hours_said(rules: Availability, clinician: Clinician, starts_at: datetime, plan: Plan) -> str:
    """The sentence that names the hours of that day, in the zone that people look at."""
    zone = plan.time_zone
    day = zones.wall_of(starts_at, zone).date()
    opened = rules.open(clinician, *zones.day_bounds(day, zone), purpose_of(plan))
    said = {"clinician": clinician.name, "day": date_format(day, "l, F j"), "zone": zones.zone_short(zone)}
    if not opened:
        return _("%(clinician)s has no hours on %(day)s.") % said
    said["hours"] = ", ".join(clock_times(*one, zone) for one in opened)
    return _("%(clinician)s isn’t available then: on %(day)s the hours are %(hours)s %(zone)s.") % said
