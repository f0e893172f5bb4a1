"""An event's RRULE as one of our series: its rule, its end, its days left out."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _

from holdspace.kit import zones
from holdspace.scheduling import recurrence, refusals
from holdspace.scheduling.coming import horizon
from holdspace.scheduling.imports import events, moments
from holdspace.scheduling.plans import Plan
from holdspace.scheduling.recurrence import Repeat
from holdspace.scheduling.refusals import LineRefused

# Days and hours that a rule names although the start says the same: left out, if it is the same.
SAME_HOUR = (("BYHOUR", "hour"), ("BYMINUTE", "minute"), ("BYSECOND", "second"))


def check(event: Any, facts: dict[str, Any]) -> None:
    """Refuse what would be booked on other days than the file means."""
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        raise LineRefused(_("It is called off in the file."))
    if "DTSTART" not in event:
        raise LineRefused(_("It has no start."))
    if "RECURRENCE-ID" in event and "RRULE" in event:
        raise refusals.RuleNotUnderstood
    if "EXRULE" in event:
        raise LineRefused(_("It leaves days out by a rule (EXRULE). Book this series by hand."))
    if facts["from_then_on"]:
        raise LineRefused(_("Another event changes it from one day on (RANGE). Book this series by hand."))


def exdates(event: Any) -> list[Any]:
    return [one.dt for prop in _every(event, "EXDATE") for one in prop.dts]


def singly(event: Any, plan: Plan, alone: set[Any], at: datetime) -> list[Plan]:
    """What is booked beside a rule: the start itself if there is none, and the single dates (RDATE)."""
    dates = [_single(one, prop, plan.time_zone) for prop in _every(event, "RDATE") for one in prop.dts]
    if len(dates) > recurrence.MOST_TIMES:
        raise refusals.TooManyTimes
    if not dates:
        return [] if "RRULE" in event else [plan]
    begins = [*dates, *([] if "RRULE" in event else [plan.starts_at])]
    gone = {_instant(moment, plan.time_zone) for moment in [*exdates(event), *alone]}
    gone |= _by_rule(event, plan, max(begins))
    ahead = sorted({one for one in begins if one not in gone and one >= at})
    return [replace(plan, starts_at=one, ends_at=one + (plan.ends_at - plan.starts_at)) for one in ahead]


def _every(event: Any, name: str) -> list[Any]:
    said = event.get(name, [])
    return said if isinstance(said, list) else [said]


def _single(one: Any, prop: Any, zone: str) -> datetime:
    if isinstance(one.dt, tuple):
        raise LineRefused(_("Its single dates have lengths of their own. Book these by hand."))
    one.params = prop.params
    return moments.in_years(events.when(one, zone)[0])


def _instant(moment: Any, zone: str) -> Any:
    """What a day alone means is no instant, and equals none."""
    if not isinstance(moment, datetime):
        return moment
    return zones.instant(moment, zone) if moment.tzinfo is None else moment


def _by_rule(event: Any, plan: Plan, last: datetime) -> set[datetime]:
    """The instants that the rule itself has, up to this one: a single date beside it is the same one."""
    if "RRULE" not in event:
        return set()
    wall = zones.wall_of(plan.starts_at, plan.time_zone).replace(tzinfo=None)
    until = zones.wall_of(last, plan.time_zone).date() + timedelta(days=1)
    days = repeat_of(event, plan).between(wall, wall.date(), until)
    return {zones.instant(datetime.combine(day, wall.time()), plan.time_zone) for day in days}


def day_of(moment: Any, zone: str) -> date:
    """The day of the rule that a moment of the file means."""
    if not isinstance(moment, date):
        raise LineRefused(_("One of the days it leaves out isn’t a day."))
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
    if times is not None and (times < 1 or until):
        raise refusals.RuleNotUnderstood
    for name, part in SAME_HOUR:
        if rule.get(name) == [getattr(wall, part)]:
            del rule[name]
    last = _last_day(until, wall, plan.time_zone) if until else None
    text = ";".join(f"{name}={_values(values)}" for name, values in rule.items())
    return replace(recurrence.checked(text, wall, last_day=last), times=times)


def _values(values: Any) -> str:
    return ",".join(str(value) for value in (values if isinstance(values, list) else [values]))


def _last_day(until: Any, wall: datetime, zone: str) -> date:
    day = day_of(until, zone)
    if not isinstance(until, datetime):
        return day
    ends = until if until.tzinfo is None else zones.wall_of(until, zone).replace(tzinfo=None)
    return day if ends.time() >= wall.time() else day - timedelta(days=1)


def still_to_come(repeat: Repeat, plan: Plan, at: datetime) -> tuple[Plan, Repeat]:
    """From its first day that isn't over; what took place elsewhere stays there.  Or NoDayLeft."""
    wall = zones.wall_of(plan.starts_at, plan.time_zone).replace(tzinfo=None)
    first = _first_day(wall.time(), plan.time_zone, at)
    if wall.date() >= first:
        return plan, _bounded(repeat)
    days = repeat.between(wall, wall.date(), horizon(at, at))
    ahead = [day for day in days if day >= first]
    if not ahead:
        raise refusals.NoDayLeft
    begins = zones.instant(datetime.combine(ahead[0], wall.time()), plan.time_zone)
    left = repeat.times - (len(days) - len(ahead)) if repeat.times else None
    moved = replace(plan, starts_at=begins, ends_at=begins + (plan.ends_at - plan.starts_at))
    return moved, _bounded(Repeat(repeat.rule, left, repeat.last_day))


def _first_day(hour: time, zone: str, at: datetime) -> date:
    """Today, or tomorrow where that hour has passed today."""
    today = zones.wall_of(at, zone).date()
    passed = zones.instant(datetime.combine(today, hour), zone) < at
    return today + timedelta(days=passed)


def _bounded(repeat: Repeat) -> Repeat:
    """However many are over: those that are left are no more than a series has."""
    if repeat.times and repeat.times > recurrence.MOST_TIMES:
        raise refusals.TooManyTimes
    return repeat
