"""Half-open intervals of instants: put together, taken out, shared, and the starts that fit into them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from holdspace.kit import zones

Interval = tuple[datetime, datetime]


def union(found: Iterable[Interval]) -> list[Interval]:
    """The same time, in order, without overlaps; intervals that touch become one, empty ones go."""
    joined: list[Interval] = []
    for begin, end in sorted(one for one in found if one[0] < one[1]):
        if joined and begin <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((begin, end))
    return joined


def minus(whole: Iterable[Interval], out: Iterable[Interval]) -> list[Interval]:
    """What is left of the first when the second is taken out."""
    gaps = union(out)
    return [part for one in union(whole) for part in _left_of(one, gaps)]


def _left_of(whole: Interval, gaps: Sequence[Interval]) -> Iterator[Interval]:
    begin, end = whole
    for gap_begins, gap_ends in gaps:
        if gap_ends <= begin or gap_begins >= end:
            continue
        if begin < gap_begins:
            yield begin, gap_begins
        begin = gap_ends
    if begin < end:
        yield begin, end


def both(first: Iterable[Interval], second: Iterable[Interval]) -> list[Interval]:
    """The time that is in both."""
    ours, found = union(second), []
    for begin, end in union(first):
        found += [(max(begin, a), min(end, b)) for a, b in ours if a < end and b > begin]
    return found


def covers(found: Iterable[Interval], starts: datetime, ends: datetime) -> bool:
    """Whether [starts, ends) lies in one of these intervals, which are a union."""
    return any(begin <= starts and ends <= end for begin, end in found)


def starts_in(
    opened: Sequence[Interval],
    taken: Iterable[Interval],
    length: timedelta,
    *,
    step: timedelta,
    zone: str,
) -> Iterator[datetime]:
    """Starts that leave room for the length: where hours open, and every full step of the zone's clock."""
    opens = {begin for begin, _end in opened}
    for begin, end in minus(opened, taken):
        start = begin if begin in opens else _rounded_up(begin, step, zone)
        while start + length <= end:
            yield start
            start = _rounded_up(start + timedelta(minutes=1), step, zone)


def _rounded_up(moment: datetime, step: timedelta, zone: str) -> datetime:
    wall = zones.wall_of(moment, zone)
    since_midnight = timedelta(hours=wall.hour, minutes=wall.minute, seconds=wall.second)
    since_midnight += timedelta(microseconds=wall.microsecond)
    return moment + (-since_midnight % step)
