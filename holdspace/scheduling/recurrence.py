"""When a series happens: RFC 5545 rules over wall time, kept to what a calendar of people needs.

A rule is the text of an RRULE without COUNT and UNTIL: how it ends is said beside it.  Everything
here is naive wall time; what the clock makes of it is `zones`' business.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice, takewhile

from dateutil.rrule import rrulestr

from holdspace.scheduling import refusals

MOST_TIMES = 500
LONGEST_RULE = 200
# Longer than any rule that a person means stays silent.
LOOK_AHEAD = timedelta(days=366 * 5)
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAY = r"(?:[+-]?[1-5])?(?:MO|TU|WE|TH|FR|SA|SU)"
_PARTS = {
    "FREQ": re.compile(r"DAILY|WEEKLY|MONTHLY|YEARLY"),
    "INTERVAL": re.compile(r"[1-9]\d?"),
    "BYDAY": re.compile(rf"{_DAY}(?:,{_DAY})*"),
    "BYMONTHDAY": re.compile(r"-?(?:[12]?\d|3[01])(?:,-?(?:[12]?\d|3[01]))*"),
    "BYMONTH": re.compile(r"(?:[1-9]|1[0-2])(?:,(?:[1-9]|1[0-2]))*"),
    "BYSETPOS": re.compile(r"-?[1-5](?:,-?[1-5])*"),
    "WKST": re.compile(r"MO|TU|WE|TH|FR|SA|SU"),
}


@dataclass(frozen=True)
class Repeat:
    """A rule and its end: after `times`, or with `last_day`, or never."""

    rule: str
    times: int | None = None
    last_day: date | None = None

    def days(self, starts: datetime) -> Iterator[date]:
        """The days of every occurrence from `starts` on, which is the first; endless where the rule is."""
        found = (moment.date() for moment in rrulestr(self.rule, dtstart=starts))
        if self.last_day:
            last = self.last_day
            return takewhile(lambda day: day <= last, found)
        return islice(found, self.times) if self.times else found

    def between(self, starts: datetime, first: date, until: date) -> list[date]:
        """The days in [first, until)."""
        days = takewhile(lambda day: day < until, self.days(starts))
        return [day for day in days if day >= first]


def checked(rule: str, starts: datetime, *, times: int | None = None, last_day: date | None = None) -> Repeat:
    """The repeat that a person asked for, or a refusal that says what is wrong with it."""
    text = _normal(rule)
    if times is not None and not 1 <= times <= MOST_TIMES:
        raise refusals.TooManyTimes
    if last_day and last_day < starts.date():
        raise refusals.EndsBeforeItBegins
    _happens(text, starts)
    return Repeat(text, times, last_day)


def weekly(starts: datetime, every: int = 1) -> str:
    return f"FREQ=WEEKLY;INTERVAL={every};BYDAY={DAYS[starts.weekday()]}"


def monthly_by_date(starts: datetime) -> str:
    """The same day of each month.  Months that are too short are left out."""
    return f"FREQ=MONTHLY;BYMONTHDAY={starts.day}"


def monthly_by_weekday(starts: datetime) -> str:
    """The second Tuesday, say; a fifth one is the last, since few months have a fifth."""
    which = (starts.day - 1) // 7 + 1
    return f"FREQ=MONTHLY;BYDAY={-1 if which == 5 else which}{DAYS[starts.weekday()]}"


def carried(rule: str, old: datetime, new: datetime) -> str:
    """The rule with the same rhythm, moved from the day `old` to `new`; refuses where that is a guess."""
    if old.date() == new.date():
        return rule
    for weeks in range(1, 13):
        if rule == weekly(old, weeks):
            return weekly(new, weeks)
    for usual in (monthly_by_date, monthly_by_weekday):
        if rule == usual(old):
            return usual(new)
    if rule.startswith("FREQ=DAILY") or old.weekday() == new.weekday():
        return rule
    raise refusals.RuleCannotMove


def leaves_months_out(rule: str) -> bool:
    """Whether some months have no such day: a 29th, 30th or 31st."""
    found = re.search(r"BYMONTHDAY=(\d+)$", rule)
    return bool(found and int(found.group(1)) > 28)


def as_rrule(repeat: Repeat, until: datetime | None = None) -> str:
    """The RRULE other programs read; `until` is the last moment in UTC, where the series ends with a day."""
    if repeat.times:
        return f"{repeat.rule};COUNT={repeat.times}"
    return f"{repeat.rule};UNTIL={until:%Y%m%dT%H%M%SZ}" if until else repeat.rule


def _normal(rule: str) -> str:
    parts = [part.partition("=")[::2] for part in rule.strip().upper().removeprefix("RRULE:").split(";")]
    names = [name for name, _ in parts]
    ours = all(name in _PARTS and _PARTS[name].fullmatch(value) for name, value in parts)
    if not ours or "FREQ" not in names or len(names) != len(set(names)) or len(rule) > LONGEST_RULE:
        raise refusals.RuleNotUnderstood
    return ";".join(f"{name}={value}" for name, value in parts)


def _happens(rule: str, starts: datetime) -> None:
    """Refuse a rule that never happens, and one that doesn't begin on the first day."""
    until = (starts + LOOK_AHEAD).strftime("%Y%m%dT%H%M%S")
    try:
        first = next(iter(rrulestr(f"{rule};UNTIL={until}", dtstart=starts)), None)
    except ValueError as wrong:
        raise refusals.RuleNotUnderstood from wrong
    if first is None:
        raise refusals.NeverHappens
    if first.date() != starts.date():
        raise refusals.BeginsOnAnotherDay(first.date())


def at_wall(day: date, wall_time: time) -> datetime:
    return datetime.combine(day, wall_time)
