"""Programs that nobody here wrote read a clinician's calendar: khal, and Evolution's data server."""

import os
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from holdspace.kit import zones
from holdspace.scheduling.models import Series
from holdspace.scheduling.vcalendar import Shown, calendar

CHANGED = datetime(2026, 11, 18, 15, tzinfo=UTC)
# Where the clock changes in these weeks, forward in the north and back in the south; two of the odd offsets.
PLACES = {
    "America/New_York": datetime(2027, 2, 22, 9, 0),
    "Australia/Sydney": datetime(2027, 3, 15, 9, 30),
    "America/Santiago": datetime(2027, 3, 15, 17, 0),
    "Europe/London": datetime(2027, 3, 8, 11, 15),
    "Australia/Lord_Howe": datetime(2027, 3, 15, 7, 45),
    "Pacific/Chatham": datetime(2027, 3, 15, 10, 0),
    "Asia/Kathmandu": datetime(2027, 3, 8, 20, 0),
}
SPAN = (datetime(2027, 2, 1, tzinfo=UTC), datetime(2027, 7, 1, tzinfo=UTC))
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
EVOLUTION = """
[Data Source]
DisplayName=ours
Enabled=true
Parent=local-stub

[Calendar]
BackendName=local
"""


def weeks(zone: str) -> list[Shown]:
    """Eight Mondays with one called off, and one that was moved to the next day."""
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
        if week == 4:
            starts += timedelta(hours=26)
        place: dict[str, Any] = {"series": series, "series_uid": series.pk, "day": wall.date()}
        ends = starts + timedelta(minutes=50)
        shown.append(Shown(uuid4(), starts, ends, zone, "RM", 1, CHANGED, **place))
    return shown


def in_doubt() -> list[Shown]:
    """One in the hour that the clock skips, where it really is, and both of the hour it passes twice."""
    found = [
        ("America/New_York", datetime(2027, 3, 14, 7, 30, tzinfo=UTC)),
        ("Australia/Sydney", datetime(2027, 4, 3, 15, 30, tzinfo=UTC)),
        ("Australia/Sydney", datetime(2027, 4, 3, 16, 30, tzinfo=UTC)),
    ]
    long = timedelta(minutes=50)
    return [Shown(uuid4(), at, at + long, zone, "RM", 1, CHANGED) for zone, at in found]


def monthly() -> list[Shown]:
    """The last Thursday of five months, in a zone whose clock changes in between; the third is called off."""
    zone, first = "America/New_York", datetime(2027, 2, 25, 18, 30)
    rule = "FREQ=MONTHLY;BYDAY=-1TH"
    series = Series(rule=rule, first_day=first.date(), wall_time=first.time(), time_zone=zone, minutes=50)
    shown = []
    for month, day in ((2, 25), (3, 25), (5, 27), (6, 24)):
        wall = first.replace(month=month, day=day)
        starts = zones.instant(wall, zone)
        place: dict[str, Any] = {"series": series, "series_uid": series.pk, "day": wall.date()}
        shown.append(Shown(uuid4(), starts, starts + timedelta(minutes=50), zone, "RM", 1, CHANGED, **place))
    return shown


def everything() -> list[Shown]:
    return [one for zone in PLACES for one in weeks(zone)] + in_doubt() + monthly()


def unnamed(text: bytes) -> bytes:
    """The same with zones of no name that is known: what they are must be read out of the file."""
    for number, zone in enumerate(PLACES):
        text = text.replace(f"TZID:{zone}".encode(), f"TZID:Wall {number}".encode())
        text = text.replace(f"TZID={zone}:".encode(), f"TZID=Wall {number}:".encode())
    return text


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


def by_khal(text: bytes, home: Path, looks_from: str) -> list[str]:
    file, config = home / "ours.ics", home / "config"
    file.write_bytes(text)
    config.write_text(KHAL.format(home=home, zone=looks_from))
    (home / "ours").mkdir()
    env = {"HOME": str(home), "XDG_CACHE_HOME": str(home), "XDG_DATA_HOME": str(home)}
    told("khal", "-c", str(config), "import", "--batch", str(file), **env)
    line = "{start-date} {start-time} {end-time}"
    said = told(
        "khal", "-c", str(config), "list", "--format", line, "--day-format", "", "2027-02-01", "150d", **env
    )
    return sorted(filter(None, said.splitlines()))


def by_evolution(text: bytes, home: Path) -> list[tuple[datetime, datetime]]:
    """Its calendar on this computer, under a session bus and a home of its own."""
    for name, content in {
        "config/evolution/sources/ours.source": EVOLUTION.encode(),
        "data/evolution/calendar/ours/calendar.ics": text,
    }.items():
        (home / name).parent.mkdir(parents=True)
        (home / name).write_bytes(content)
    env = {f"XDG_{what.upper()}_HOME": str(home / what) for what in ("config", "data", "cache")}
    env |= {"HOME": str(home), "XDG_RUNTIME_DIR": str(home), "GSETTINGS_BACKEND": "memory", "TZ": "UTC"}
    script = Path(__file__).with_name("evolution.py")
    span = [str(int(moment.timestamp())) for moment in SPAN]
    said = told("dbus-run-session", "--", "/usr/bin/python3", str(script), *span, **env)
    spans = [[datetime.fromtimestamp(int(word), UTC) for word in line.split()] for line in said.splitlines()]
    return sorted((begins, ends) for begins, ends in spans)


@pytest.mark.parametrize("as_written", [bytes, unnamed])
@pytest.mark.parametrize("looks_from", ["America/New_York", "Australia/Sydney"])
def test_khal_reads_rule_exceptions_and_zones(
    tmp_path: Path, looks_from: str, as_written: Callable[[bytes], bytes]
) -> None:
    shown = everything()

    read = by_khal(as_written(calendar(shown, name="Willow")), tmp_path, looks_from)

    assert read == local(shown, looks_from)


@pytest.mark.parametrize("as_written", [bytes, unnamed])
def test_evolution_reads_rule_exceptions_and_zones(
    tmp_path: Path, as_written: Callable[[bytes], bytes]
) -> None:
    shown = everything()

    read = by_evolution(as_written(calendar(shown, name="Willow")), tmp_path)

    assert read == sorted((one.starts_at, one.ends_at) for one in shown)
