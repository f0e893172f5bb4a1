"""A screen's tiles laid out by the server: days of an agenda, weeks of a month, sheets of paper."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from holdspace.desk.bands import Band
from holdspace.desk.screens import CLINICIANS, Shown
from holdspace.desk.tiles import Tile
from holdspace.practices.models import Clinician

IN_A_DAY = 4  # lines of a month's day; the rest is a press away


@dataclass(frozen=True)
class Day:
    """One day of a month."""

    day: date
    tiles: list[Tile]
    address: str
    to_book: str
    in_month: bool
    off: Band | None = None

    @property
    def shown(self) -> list[Tile]:
        # A line that said "1 more" would take the room of the one.
        return self.tiles if len(self.tiles) <= IN_A_DAY + 1 else self.tiles[:IN_A_DAY]

    @property
    def more(self) -> int:
        return len(self.tiles) - len(self.shown)


def by_day(made: list[Tile]) -> list[tuple[date, list[Tile]]]:
    """Days that have something, with what they have."""
    days: dict[date, list[Tile]] = {}
    for tile in made:
        days.setdefault(tile.wall_start.date(), []).append(tile)
    return sorted(days.items())


def weeks(asked: Shown, made: list[Tile], off: Mapping[date, Band]) -> list[list[Day]]:
    """A month as whole weeks from Monday to Sunday; a day that is off bears its word."""
    found = dict(by_day(made))
    every = [
        Day(
            day=day,
            tiles=found.get(day, []),
            address=asked.query(view="day", day=day),
            to_book=asked.to_book(day),
            in_month=day.month == asked.day.month,
            off=off.get(day),
        )
        for day in (asked.first + timedelta(days=n) for n in range(asked.length))
    ]
    return [every[n : n + 7] for n in range(0, len(every), 7)]


def on_paper(
    asked: Shown, clinicians: list[Clinician], made: list[Tile]
) -> list[tuple[str, list[tuple[date, list[Tile]]]]]:
    """What is printed: days of tiles, side by side under each clinician's name."""
    if asked.view != CLINICIANS:
        return [("", by_day(made))]
    named = [(one.name, [tile for tile in made if str(one.pk) in tile.resources]) for one in clinicians]
    return [(name, by_day(theirs)) for name, theirs in named if theirs]
