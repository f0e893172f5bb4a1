"""Programs that nobody here wrote read a clinician's calendar: khal, and calcurse."""

import os
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from holdspace.kit import zones
from holdspace.scheduling.models import Series
from holdspace.scheduling.vcalendar import Shown, calendar

CHANGED = datetime(2026, 11, 18, 15, tzinfo=UTC)
# Where the clock changes in these weeks, forward in the north and back in the south.
PLACES = {
    "America/New_York": datetime(2027, 2, 22, 9, 0),
    "Australia/Sydney": datetime(2027, 3, 15, 9, 30),
    "America/Santiago": datetime(2027, 3, 15, 17, 0),
    "Europe/London": datetime(2027, 3, 8, 11, 15),
}
KHAL = """
[calendars]
[[ours]]
path = {home}/ours
type = calendar
[sqlite]
path = {home}/khal.db
[locale]
local_timezone = {zone}
default_timezone = {zone}
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
"""


def weeks(zone: str, *, overrides: bool) -> list[Shown]:
    """Eight Mondays with one left out, and with one that was moved to the next day."""
    first = PLACES[zone]
    series = Series(
        rule="FREQ=WEEKLY;BYDAY=MO",
        first_day=first.date(),
        wall_time=first.time(),
        time_zone=zone,
        minutes=50,
    )
    shown = []
    for week in (0, 2, 3, 4, 5, 6, 7):
        wall = first + timedelta(days=7 * week)
        starts = zones.instant(wall, zone)
        if week == 4 and overrides:
            starts += timedelta(hours=26)
        place: dict[str, Any] = {"series": series, "series_uid": series.pk, "day": wall.date()}
        ends = starts + timedelta(minutes=50)
        shown.append(Shown(uuid4(), starts, ends, zone, "RM", 1, CHANGED, **place))
    return shown


def local(shown: list[Shown], zone: str) -> list[str]:
    spans = [(zones.wall_of(one.starts_at, zone), zones.wall_of(one.ends_at, zone)) for one in shown]
    return sorted(f"{begins:%Y-%m-%d %H:%M} {ends:%H:%M}" for begins, ends in spans)


def told(program: str, *words: str, **env: str) -> str:
    found = shutil.which(program)
    if found is None and not os.environ.get("HOLDSPACE_TEST_CHROMIUM"):
        pytest.skip(f"{program} isn't installed; bin/test sees to it")
    assert found, f"bin/test installs {program}"
    done = subprocess.run(
        [found, *words], capture_output=True, text=True, env=os.environ | env, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("looks_from", ["America/New_York", "Australia/Sydney"])
def test_khal_reads_rule_exceptions_and_zones(tmp_path: Path, looks_from: str) -> None:
    shown = [one for zone in PLACES for one in weeks(zone, overrides=True)]
    file, config = tmp_path / "ours.ics", tmp_path / "config"
    file.write_bytes(calendar(shown, name="Willow"))
    config.write_text(KHAL.format(home=tmp_path, zone=looks_from))
    (tmp_path / "ours").mkdir()
    home = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}

    told("khal", "-c", str(config), "import", "--batch", str(file), **home)
    line = "{start-date} {start-time} {end-time}"
    said = told(
        "khal", "-c", str(config), "list", "--format", line, "--day-format", "", "2027-02-01", "150d", **home
    )

    assert sorted(filter(None, said.splitlines())) == local(shown, looks_from)


@pytest.mark.parametrize("zone", PLACES)
def test_calcurse_reads_rule_left_out_days_and_zones(tmp_path: Path, zone: str) -> None:
    """It knows no RECURRENCE-ID (4.7): that one is khal's to show."""
    shown = weeks(zone, overrides=False)
    file = tmp_path / "ours.ics"
    file.write_bytes(calendar(shown, name="Willow"))
    where = {"TZ": zone, "HOME": str(tmp_path)}

    told("calcurse", "-q", "-D", str(tmp_path / "data"), "-i", str(file), **where)
    line = "%(start:%Y-%m-%d %H:%M) %(end:%H:%M)\n"
    said = told(
        "calcurse", "-D", str(tmp_path / "data"), "-Q", "--from", "02/01/2027", "--days", "150",
        "--format-apt", line, "--format-recur-apt", line, **where,
    )  # fmt: skip

    assert sorted(line for line in said.splitlines() if line.startswith("2027-")) == local(shown, zone)
