"""An event's RRULE as one of our series: its rule, its end, its days left out."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from holdspace.kit import zones
from holdspace.scheduling import recurrence, refusals
from holdspace.scheduling.coming import horizon
from holdspace.scheduling.plans import Plan
from holdspace.scheduling.recurrence import Repeat
from holdspace.scheduling.refusals import LineRefused


def exdates(event: Any) -> list[Any]:
    said = event.get("EXDATE", [])
    return [one.dt for prop in (said if isinstance(said, list) else [said]) for one in prop.dts]


def day_of(moment: Any, zone: str) -> date:
    """The day of the rule that a moment of the file means."""
    if not isinstance(moment, datetime):
        return date(moment.year, moment.month, moment.day)
    return (moment if moment.tzinfo is None else zones.wall_of(moment, zone)).date()


def repeat_of(event: Any, plan: Plan) -> Repeat:
    """The event's rule as one of ours, or RuleNotUnderstood."""
    rules = event["RRULE"]
    if isinstance(rules, list):
        raise refusals.RuleNotUnderstood
    rule = dict(rules)
    times, until = rule.pop("COUNT", [None])[0], rule.pop("UNTIL", [None])[0]
    wall = zones.wall_of(plan.starts_at, plan.time_zone).replace(tzinfo=None)
    last = _last_day(until, wall, plan.time_zone) if until else None
    text = ";".join(f"{name}={_values(values)}" for name, values in rule.items())
    return recurrence.checked(text, wall, times=times, last_day=last)


def _values(values: Any) -> str:
    return ",".join(str(value) for value in (values if isinstance(values, list) else [values]))


def _last_day(until: Any, wall: datetime, zone: str) -> date:
    day = day_of(until, zone)
    if not isinstance(until, datetime):
        return day
    ends = until if until.tzinfo is None else zones.wall_of(until, zone).replace(tzinfo=None)
    return day if ends.time() >= wall.time() else day - timedelta(days=1)


def still_to_come(repeat: Repeat, plan: Plan, at: datetime) -> tuple[Plan, Repeat]:
    """From its first day that isn't over; what took place elsewhere stays there."""
    wall = zones.wall_of(plan.starts_at, plan.time_zone).replace(tzinfo=None)
    today = zones.wall_of(at, plan.time_zone).date()
    if wall.date() >= today:
        return plan, repeat
    days = repeat.between(wall, wall.date(), horizon(at, at))
    ahead = [day for day in days if day >= today]
    if not ahead:
        raise LineRefused(_("All of its days are over."))
    begins = zones.instant(datetime.combine(ahead[0], wall.time()), plan.time_zone)
    left = repeat.times - (len(days) - len(ahead)) if repeat.times else None
    moved = replace(plan, starts_at=begins, ends_at=begins + (plan.ends_at - plan.starts_at))
    return moved, Repeat(repeat.rule, left, repeat.last_day)
