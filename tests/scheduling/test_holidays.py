"""The federal holidays of the United States, as published for these years."""

from datetime import date

import pytest

from holdspace.practices.models import Practice
from holdspace.scheduling import holidays

PUBLISHED = {
    2026: "01-01 01-19 02-16 05-25 06-19 07-03 07-04 09-07 10-12 11-11 11-26 12-25",
    2027: "01-01 01-18 02-15 05-31 06-18 06-19 07-04 07-05 09-06 10-11 11-11 11-25 12-24 12-25 12-31",
    2028: "01-01 01-17 02-21 05-29 06-19 07-04 09-04 10-09 11-10 11-11 11-23 12-25",
}


@pytest.mark.parametrize("year", PUBLISHED)
def test_the_days_are_those_that_were_published_weekends_with_the_weekday_they_are_observed_on(
    year: int,
) -> None:
    assert [f"{day:%m-%d}" for day in holidays.united_states(year)] == PUBLISHED[year].split()


def test_a_practice_has_holidays_only_once_it_switched_the_list_on(willow: Practice) -> None:
    assert not holidays.named(willow, 2026)

    willow.holidays = "us"
    assert holidays.named(willow, 2026)[date(2026, 11, 26)] == "Thanksgiving Day"


def test_the_last_year_that_python_knows_has_holidays_too() -> None:
    assert len(holidays.united_states(9999)) >= 11


def test_the_day_itself_keeps_its_name_and_the_weekday_for_it_says_so() -> None:
    named = holidays.united_states(2026)

    assert (named[date(2026, 7, 3)], named[date(2026, 7, 4)]) == (
        "Independence Day (observed)",
        "Independence Day",
    )
    assert named[date(2026, 12, 25)] == "Christmas Day"
