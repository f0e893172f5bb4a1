"""Importing clients and appointments: listed first, then done line by line, never twice, never by halves."""

import resource
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from holdspace.clients.models import Client
from holdspace.kit.refusals import NotYours
from holdspace.scheduling import refusals
from holdspace.scheduling.actions import imports
from holdspace.scheduling.imports import events, reading, running, tables, tasks
from holdspace.scheduling.imports.reading import MOST_BYTES, Keeper
from holdspace.scheduling.models import Appointment, Import, ImportLine, Series
from tests import cast
from tests.cast import TEN

pytestmark = pytest.mark.usefixtures("at_ten")

PEOPLE = "First Name,Last Name,DOB,Mobile,E-mail,Time zone\n"
TIMES = "Client,Date,Time,Minutes,Time zone,Clinician,Type,Contact type\n"
Handed = Callable[..., Import]


@pytest.fixture
def hand_in(owner_person: cast.Person, osei_person: cast.Person, willow: Any) -> Handed:
    """A file that was read, and imported too unless it is said not to."""

    def hand(text: str | bytes, what: str = "clients", *, go: bool = True, **defaults: Any) -> Import:
        keeper = Keeper()
        keeper.write(text.encode() if isinstance(text, str) else text)
        keeper.close()
        found = imports.begin(
            pk=keeper.pk,
            practice=willow,
            what=what,
            size=keeper.size,
            actor=owner_person.actor,
            at=TEN,
            **defaults,
        )
        tasks.run_import.func(str(found.pk))
        found.refresh_from_db()
        if go and found.status == "checked":
            imports.carry_out(found=found, actor=owner_person.actor, at=TEN)
            tasks.run_import.func(str(found.pk))
            found.refresh_from_db()
        return found

    return hand


def listed(found: Import) -> list[tuple[int, str]]:
    return list(found.lines.values_list("number", "outcome"))


def whys(found: Import) -> str:
    return " ".join(line.why for line in found.lines.all())


GOOD = PEOPLE + (
    "Rosa,Marin,1984-03-09,(312) 555-0118,rosa@example.org,America/Chicago\n"
    '"Ana","O\'Hara, Jr",4/23/1990,,,\n'
    "Bad,Date,31/31/1990,,,\n"
    "No,Zone,,,,Mars/Olympus\n"
    "Too,Few\n"
    "Rosa,Marin,1984-03-09,(312) 555-0118,rosa@example.org,America/Chicago\n"
)


def test_a_dry_run_says_line_by_line_what_would_happen_and_saves_nothing(hand_in: Handed) -> None:
    found = hand_in(GOOD, go=False)

    assert found.status == "checked"
    assert listed(found) == [
        (2, "new"), (3, "new"), (4, "refused"), (5, "refused"), (6, "refused"), (7, "there"),
    ]  # fmt: skip
    assert "31/31/1990" in whys(found)
    assert "America/Chicago" in whys(found)
    assert not Client.objects.exists()


def test_the_import_does_what_was_listed(hand_in: Handed) -> None:
    found = hand_in(GOOD)

    assert found.status == "done"
    assert [outcome for _, outcome in listed(found)] == ["done"] * 2 + ["refused"] * 3 + ["there"]
    rosa = Client.objects.get(first_name="Rosa")
    assert (rosa.phone, rosa.time_zone, rosa.may_text) == ("+13125550118", "America/Chicago", False)
    assert Client.objects.get(first_name="Ana").last_name == "O'Hara, Jr"
    assert not reading.path_of(found.pk).exists()


def test_the_same_file_again_adds_nobody(hand_in: Handed) -> None:
    hand_in(GOOD)

    assert [outcome for _, outcome in listed(hand_in(GOOD))] == ["there"] * 2 + ["refused"] * 3 + ["there"]
    assert Client.objects.count() == 2


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffname;dob\r\nMarin, Rosa;1984-03-09\r\n",
        "NAME\tDate of Birth\nRosa Marin\t3/9/1984\n",
        "last_name,first-name,shoe size\nMarin,Rosa,38\n",
    ],
)
def test_headers_marks_and_separators_are_taken_as_they_come(hand_in: Handed, text: str) -> None:
    assert hand_in(text).status == "done"
    assert Client.objects.get().full_name == "Rosa Marin"


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        (b"", 1, "empty"),
        (b"shoe,hat\n1,2\n", 1, "first_name"),
        (b"name,name\nx,y\n", 1, "both"),
        (PEOPLE.encode() + b'Rosa,"Marin,1984\n', 2, "quotation"),
        (PEOPLE.encode() + b"Ros\xe9,Marin,,,,\n", 2, "UTF-8"),
        (b"\xff\xfen\x00a\x00", 1, "UTF-16"),
        (b"name\nRosa\x00Marin\n", 2, "characters"),
        (b"name\n" + b"x" * 70_000, 2, "64,000"),
    ],
)
def test_a_malformed_file_is_refused_with_the_line(
    hand_in: Handed, text: bytes, line: int, word: str
) -> None:
    found = hand_in(text)

    assert found.status == "unreadable"
    assert f"Line {line}:" in found.trouble
    assert word in found.trouble
    assert not Client.objects.exists()
    assert not reading.path_of(found.pk).exists()


@pytest.mark.parametrize("what", ["clients", "calendar"])
@pytest.mark.parametrize("piece", [b"x" * 65536, b"a\n" * 32768, b'"' + b"x\n" * 32767 + b"y"])
def test_fifty_malformed_megabytes_are_refused_in_little_memory(piece: bytes, what: str) -> None:
    keeper = Keeper()
    for _ in range(MOST_BYTES // len(piece) - 1):
        keeper.write(piece)
    keeper.close()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    tracemalloc.start()

    with pytest.raises(refusals.Unreadable):
        for _record in tables.records(keeper.pk, what) if what == "clients" else events.records(keeper.pk):
            pass

    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    reading.forget(keeper.pk)
    assert peak < 8 * 1024 * 1024
    assert resource.getrusage(resource.RUSAGE_SELF).ru_utime - before < 10


def wide_table(number: int) -> bytes:
    return f'Given{number},Family{number},1990-04-23,,,America/Chicago,"{"x" * 2_500}"\n'.encode()


def wordy_event(number: int) -> bytes:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{number // 2}",
        f"DTSTART:20270301T{number % 24:02}0000Z",
        "RECURRENCE-ID:20270301T090000Z" if number % 2 else "RRULE:FREQ=WEEKLY",
        "DESCRIPTION:" + "\r\n ".join(["x" * 2_000] * 80),
        "END:VEVENT",
        "",
    ]
    return "\r\n".join(lines).encode()


@pytest.mark.timeout(400)
@pytest.mark.parametrize(
    ("what", "head", "one", "count"),
    [
        ("clients", PEOPLE.replace("\n", ",About\n").encode(), wide_table, 20_000),
        ("calendar", b"BEGIN:VCALENDAR\r\n", wordy_event, 300),
    ],
)
def test_large_files_are_read_to_the_end_in_little_memory(
    what: str, head: bytes, one: Callable[[int], bytes], count: int
) -> None:
    text, keeper = head + b"".join(map(one, range(count))), Keeper()
    for begins in range(0, len(text), reading.PIECE):
        keeper.write(text[begins : begins + reading.PIECE])
    keeper.close()
    assert keeper.size > 0.9 * MOST_BYTES
    tracemalloc.start()

    read = 0
    for record in tables.records(keeper.pk, what) if what == "clients" else events.records(keeper.pk):
        assert not record.fault
        read += 1

    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    reading.forget(keeper.pk)
    assert read == count
    assert peak < 8 * 1024 * 1024


def test_more_than_fifty_megabytes_are_not_kept() -> None:
    keeper = Keeper()
    for _ in range(800):
        keeper.write(b"x" * 65536)

    with pytest.raises(refusals.FileTooBig):
        keeper.write(b"x")

    assert not reading.path_of(keeper.pk).exists()


def test_the_file_lies_sealed_and_ours_alone() -> None:
    keeper = Keeper()
    keeper.write(b"name\nRosa Marin\n")
    keeper.close()
    path = reading.path_of(keeper.pk)

    assert path.stat().st_mode & 0o777 == 0o600
    assert b"Rosa" not in path.read_bytes()
    assert [text for _, _, text in reading.lines(keeper.pk)] == ["name", "Rosa Marin"]
    reading.forget(keeper.pk)


def test_appointments_are_booked_by_the_calendars_own_rules(
    hand_in: Handed, osei_person: cast.Person, willow: Any
) -> None:
    cast.type_of(willow)
    hand_in(PEOPLE + "Rosa,Marin,,,,\nAna,Lee,,,,\n")
    found = hand_in(
        TIMES + "Rosa Marin,2027-03-15,09:00,50,America/New_York,Ama Osei,Individual,Video\n"
        '"Lee, Ana",3/15/2027,9:30 AM,50,,Dr Ama Osei,individual,telehealth\n'
        "Rosa Marin,2027-03-14,2:30 AM,50,America/New_York,Ama Osei,Individual,Video\n"
        "Nobody Known,2027-03-16,9:00,50,,Ama Osei,Individual,phone\n"
        "Ana Lee,2027-03-16,9:00,50,,Dr Who,Individual,phone\n"
        "Ana Lee,2027-03-16,25:00,50,,Ama Osei,Individual,phone\n"
        "Ana Lee,2027-03-16,9:00,1,,Ama Osei,Individual,phone\n",
        "appointments",
    )

    assert [outcome for _, outcome in listed(found)] == ["done"] + ["refused"] * 6
    booked = Appointment.objects.get()
    assert booked.starts_at == datetime(2027, 3, 15, 13, tzinfo=UTC)
    assert booked.seats.get().client.full_name == "Rosa Marin"


def test_killed_between_batches_it_goes_on_and_doubles_nothing(
    hand_in: Handed, owner_person: cast.Person, monkeypatch: Any
) -> None:
    rows = "".join(f"Given{n},Family{n},,,,\n" for n in range(120))
    found = hand_in(PEOPLE + rows, go=False)
    imports.carry_out(found=found, actor=owner_person.actor, at=TEN)
    taken = running.take_batch
    calls = []

    def dies(**said: Any) -> bool:
        calls.append(1)
        done = taken(**said)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return done

    monkeypatch.setattr(running, "take_batch", dies)
    with pytest.raises(KeyboardInterrupt):
        tasks.run_import.func(str(found.pk))
    assert Client.objects.count() == 75
    found.refresh_from_db()
    assert 0 < found.percent < 100
    tasks.run_import.func(str(found.pk))
    tasks.run_import.func(str(found.pk))

    found.refresh_from_db()
    assert found.status == "done"
    assert Client.objects.count() == 120
    assert ImportLine.objects.filter(outcome="done").count() == 120


def test_who_may_not_import_doesnt(front_desk: Any, willow: Any, hand_in: Handed) -> None:
    found = hand_in(GOOD, go=False)

    assert not Import.objects.visible_to(front_desk).exists()
    for verb in (imports.carry_out, imports.discard):
        with pytest.raises(NotYours):
            verb(found=found, actor=front_desk, at=TEN)


def test_a_discarded_or_forgotten_file_is_gone(
    hand_in: Handed, owner_person: cast.Person, django_capture_on_commit_callbacks: Any
) -> None:
    first, second = hand_in(GOOD, go=False), hand_in(GOOD, go=False)
    with django_capture_on_commit_callbacks(execute=True):
        imports.discard(found=first, actor=owner_person.actor, at=TEN)
    with time_machine.travel(TEN + timedelta(days=2), tick=False):
        tasks.forget_old_files.func()

    for found in (first, second):
        assert not reading.path_of(found.pk).exists()
        assert not found.lines.exists()
    assert not Series.objects.exists()
