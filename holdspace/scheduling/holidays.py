"""The federal holidays of the United States: which day is which, and its name.  Nothing is looked up."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from holdspace.practices.models import Practice

Named = tuple[date, str | Promise]
MONDAY, THURSDAY = 0, 3


def named(practice: Practice, year: int) -> dict[date, str | Promise]:
    """The practice's holidays of a year, if it has a list switched on."""
    return united_states(year) if practice.holidays == Practice.Holidays.UNITED_STATES else {}


@cache
def united_states(year: int) -> dict[date, str | Promise]:
    """Every federal holiday of a year, and the weekday on which one of a weekend is observed."""
    # New Year's Day on a Saturday is observed in the year before.
    days = [*_of(year), _new_year(min(year + 1, date.max.year))]
    both = [*(_observed(*one) for one in days), *days]
    return {day: name for day, name in sorted(both, key=lambda one: one[0]) if day.year == year}


def _of(year: int) -> Iterator[Named]:
    yield _new_year(year)
    yield _nth(year, 1, MONDAY, 3), _("Martin Luther King Jr. Day")
    yield _nth(year, 2, MONDAY, 3), _("Washington’s Birthday")
    yield _last_monday_of_may(year), _("Memorial Day")
    yield date(year, 6, 19), _("Juneteenth")
    yield date(year, 7, 4), _("Independence Day")
    yield _nth(year, 9, MONDAY, 1), _("Labor Day")
    yield _nth(year, 10, MONDAY, 2), _("Columbus Day")
    yield date(year, 11, 11), _("Veterans Day")
    yield _nth(year, 11, THURSDAY, 4), _("Thanksgiving Day")
    yield date(year, 12, 25), _("Christmas Day")


def _new_year(year: int) -> Named:
    return date(year, 1, 1), _("New Year’s Day")


def _nth(year: int, month: int, weekday: int, number: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))


def _last_monday_of_may(year: int) -> date:
    last = date(year, 5, 31)
    return last - timedelta(days=last.weekday())


def _observed(day: date, name: str | Promise) -> Named:
    """A Saturday's is observed on the Friday before it, a Sunday's on the Monday after."""
    apart = {5: -1, 6: 1}.get(day.weekday(), 0)
    return day + timedelta(days=apart), format_lazy(_("{day} (observed)"), day=name)
