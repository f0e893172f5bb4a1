"""VTIMEZONE (RFC 5545, 3.6.5) of an IANA zone: every change of its clock in a span, one observance each.

Written here and not by the library, whose observances begin in the wrong one of the two offsets.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


@lru_cache(maxsize=64)
def vtimezone(zone: str, first_year: int, last_year: int) -> Timezone:
    """The zone as it is from the beginning of the first year to the end of the last."""
    tz = ZoneInfo(zone)
    found = Timezone()
    found.add("tzid", zone)
    begins = datetime.combine(date(first_year, 1, 1), time(), UTC)
    found.add_component(_observance(tz, begins, begins))
    for moment in _changes(tz, begins, datetime.combine(date(last_year + 1, 1, 1), time(), UTC)):
        found.add_component(_observance(tz, moment - SECOND, moment))
    return found


def _observance(tz: ZoneInfo, before: datetime, moment: datetime) -> TimezoneDaylight | TimezoneStandard:
    """What holds from `moment` on; its start is told in the offset that held before."""
    was, now = before.astimezone(tz), moment.astimezone(tz)
    one = TimezoneDaylight() if now.dst() else TimezoneStandard()
    one.add("dtstart", (moment + (was.utcoffset() or timedelta())).replace(tzinfo=None))
    one.add("tzoffsetfrom", was.utcoffset())
    one.add("tzoffsetto", now.utcoffset())
    one.add("tzname", now.tzname())
    return one


def _changes(tz: ZoneInfo, begins: datetime, ends: datetime) -> Iterator[datetime]:
    """The moments in [begins, ends) at which the zone's offset changes."""
    moment = begins
    while moment < ends:
        if (moment + DAY).astimezone(tz).utcoffset() != moment.astimezone(tz).utcoffset():
            yield _change_within(tz, moment)
        moment += DAY


def _change_within(tz: ZoneInfo, moment: datetime) -> datetime:
    """The first second of the day after `moment` in which the offset is the new one."""
    was = moment.astimezone(tz).utcoffset()
    low, high = 0, int(DAY.total_seconds())
    while high - low > 1:
        middle = (low + high) // 2
        same = (moment + timedelta(seconds=middle)).astimezone(tz).utcoffset() == was
        low, high = (middle, high) if same else (low, middle)
    return moment + timedelta(seconds=high)
