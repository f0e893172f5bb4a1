"""A zone told to other programs has the offset that the zone has, at every hour."""

from datetime import UTC, datetime, timedelta

import pytest

from holdspace.kit import zones
from holdspace.scheduling.vtimezones import vtimezone


@pytest.mark.parametrize("zone", ["America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "UTC"])
def test_a_zone_is_told_change_by_change(zone: str) -> None:
    told = vtimezone(zone, 2026, 2027).to_tz(lookup_tzid=False)

    for hour in range(2 * 365 * 24):
        moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hour)
        wall = zones.wall_of(moment, zone)
        if not wall.fold and not zones.is_twice(wall.replace(tzinfo=None), zone):
            assert told.utcoffset(wall.replace(tzinfo=None)) == wall.utcoffset(), moment
