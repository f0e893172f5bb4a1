from datetime import UTC, date, datetime, timedelta

import pytest

from holdspace.kit import zones

NEW_YORK, LORD_HOWE = "America/New_York", "Australia/Lord_Howe"


def wall(*parts: int) -> datetime:
    return datetime(*parts)  # type: ignore[arg-type]


def test_an_ordinary_hour_is_one_instant() -> None:
    assert zones.asked_instant(wall(2026, 11, 18, 10), NEW_YORK) == datetime(2026, 11, 18, 15, tzinfo=UTC)


def test_an_hour_that_the_clock_skips_is_refused() -> None:
    with pytest.raises(zones.HourDoesNotExist):
        zones.asked_instant(wall(2027, 3, 14, 2, 30), NEW_YORK)


def test_an_hour_that_happens_twice_is_asked_about() -> None:
    twice = wall(2026, 11, 1, 1, 30)

    with pytest.raises(zones.HourHappensTwice):
        zones.asked_instant(twice, NEW_YORK)
    first, second = (zones.asked_instant(twice, NEW_YORK, fold) for fold in (0, 1))
    assert second - first == timedelta(hours=1)


def test_half_an_hour_of_clock_change_in_the_south_is_seen_too() -> None:
    with pytest.raises(zones.HourDoesNotExist):
        zones.asked_instant(wall(2026, 10, 4, 2, 15), LORD_HOWE)
    with pytest.raises(zones.HourHappensTwice):
        zones.asked_instant(wall(2027, 4, 4, 1, 45), LORD_HOWE)


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 11, 1), 25), (date(2027, 3, 14), 23), (date(2026, 11, 18), 24)]
)
def test_a_day_is_as_long_as_its_clock_says(day: date, hours: int) -> None:
    begins, ends = zones.day_bounds(day, NEW_YORK)

    assert ends - begins == timedelta(hours=hours)


def test_a_zone_has_a_name_for_people() -> None:
    assert zones.zone_label(NEW_YORK) == "Eastern (New York)"
    assert zones.zone_short(NEW_YORK) == "Eastern"
    assert zones.zone_label("America/Argentina/Buenos_Aires") == "Buenos Aires"
