"""A client's own calendar program reads the files of their notices, one after the other: khal."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from holdspace.clients.models import Client
from holdspace.scheduling import actions, recurrence
from holdspace.scheduling.models import Appointment, Seat
from holdspace.scheduling.notices.sending import tell_client
from holdspace.scheduling.plans import Plan
from holdspace.scheduling.recurrence import Repeat
from tests.cast import TEN
from tests.scheduling.test_feeds_abroad import KHAL, told
from tests.scheduling.test_notices import sender  # noqa: F401

HOUR, WEEK, SOON = timedelta(hours=1), timedelta(days=7), timedelta(seconds=15)
AT = TEN - timedelta(days=2)
# In Rosa's Chicago.
LINE = "{start-date} {start-time} {cancelled}"


@pytest.fixture
def read(tmp_path: Path, rosa: Client) -> Callable[[datetime], list[str]]:
    """Import what Rosa is sent at this moment, and say what stands in her calendar then."""
    config = tmp_path / "config"
    config.write_text(KHAL.format(home=tmp_path, zone="America/Chicago"))
    (tmp_path / "ours").mkdir()
    home = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}

    def khal(*words: str) -> str:
        return told("khal", "-c", str(config), *words, **home)

    def make(at: datetime) -> list[str]:
        for number, message in enumerate(tell_client(client_id=rosa.pk, at=at)):
            file = tmp_path / f"{at:%H%M%S}-{number}.ics"
            file.write_text(message.file, newline="")
            khal("import", "--batch", str(file))
        said = khal("list", "--format", LINE, "--day-format", "", "2026-11-01", "120d")
        return sorted(line.strip() for line in said.splitlines() if line.strip())

    return make


def move(appointment: Appointment, starts_at: datetime, osei: Any, at: datetime) -> None:
    one = Appointment.objects.select_related("practice", "type", "site").get(pk=appointment.pk)
    facts: dict[str, Any] = {"version": one.version, "actor": osei, "anyway": True}
    actions.move(appointment=one, starts_at=starts_at, at=at, **facts)


def test_booked_moved_and_cancelled(
    read: Any, plan: Callable[..., Plan], osei: Any, rosa: Client, open_always: None
) -> None:
    appointment = actions.book(plan=plan(), clients=[rosa], actor=osei, at=AT)
    assert read(AT + SOON) == ["2026-11-18 09:00"]

    move(appointment, TEN + 3 * HOUR, osei, AT + HOUR)
    assert read(AT + HOUR + SOON) == ["2026-11-18 12:00"]

    seat = Seat.objects.select_related("appointment", "practice").get()
    actions.cancel(seat=seat, actor=osei, at=AT + 2 * HOUR)
    # It keeps what was called off, and says so.
    assert read(AT + 2 * HOUR + SOON) == ["2026-11-18 12:00 CANCELLED"]

    seat.refresh_from_db()
    actions.set_status(seat=seat, status="scheduled", actor=osei, at=AT + 3 * HOUR, reason="Undone")
    assert read(AT + 3 * HOUR + SOON) == ["2026-11-18 12:00"]


def test_a_series_with_one_moved_one_called_off_the_rest_moved_and_ended(
    read: Any, plan: Callable[..., Plan], osei: Any, rosa: Client, open_always: None
) -> None:
    repeat = Repeat(recurrence.weekly(datetime(2026, 11, 18, 10)), times=5)
    series = actions.book_series(plan=plan(), repeat=repeat, clients=[rosa], actor=osei, at=AT)
    first, second, third, *_rest = (
        Appointment.objects.filter(occurrence__series=series).order_by("starts_at").all()
    )
    weeks = ["2026-11-18", "2026-11-25", "2026-12-02", "2026-12-09", "2026-12-16"]
    assert read(AT + SOON) == [f"{day} 09:00" for day in weeks]

    move(second, TEN + WEEK + HOUR, osei, AT + HOUR)
    times = ["09:00", "10:00", "09:00", "09:00", "09:00"]
    assert read(AT + HOUR + SOON) == [f"{day} {time}" for day, time in zip(weeks, times, strict=True)]

    seat = first.seats.select_related("appointment", "practice").get()
    actions.cancel(seat=seat, actor=osei, at=AT + 2 * HOUR)
    left = [f"{day} {time}" for day, time in zip(weeks[1:], times[1:], strict=True)]
    assert read(AT + 2 * HOUR + SOON) == left

    starts_at = TEN + 2 * WEEK + 2 * HOUR
    one = Appointment.objects.select_related("practice", "type", "site").get(pk=third.pk)
    actions.change_from(
        appointment=one,
        plan=plan(starts_at=starts_at),
        repeat=Repeat(recurrence.weekly(datetime(2026, 12, 2, 12)), times=3),
        version=one.version,
        actor=osei,
        at=AT + 3 * HOUR,
    )
    later = ["2026-12-02 11:00", "2026-12-09 11:00", "2026-12-16 11:00"]
    assert read(AT + 3 * HOUR + SOON) == ["2026-11-25 10:00", *later]

    last = Appointment.objects.filter(starts_at__gt=starts_at).order_by("starts_at").first()
    assert last
    actions.cancel_from(appointment=last, actor=osei, at=AT + 4 * HOUR)
    assert read(AT + 4 * HOUR + SOON) == ["2026-11-25 10:00", "2026-12-02 11:00"]
