"""Files of every malformed sort: each is read, or refused with a line and a sentence."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as some

from holdspace.clients.models import Client
from holdspace.scheduling import refusals
from holdspace.scheduling.imports import events, reading
from holdspace.scheduling.imports import tables as csv_tables
from holdspace.scheduling.imports.reading import Keeper, Record
from holdspace.scheduling.models import Appointment, Import, ImportPromise
from tests import cast
from tests.scheduling.test_imports import hand_in

pytestmark = pytest.mark.usefixtures("at_ten")

__all__ = ["hand_in"]
Handed = Callable[..., Import]
any_file = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
WHAT = ("clients", "appointments", "calendar")


def read(text: bytes, what: str) -> list[Record] | None:
    """Every record, or nothing if the file was refused; refused with where and why."""
    keeper = Keeper()
    for begins in range(0, len(text), reading.PIECE):
        keeper.write(text[begins : begins + reading.PIECE])
    keeper.close()
    try:
        return list(events.records(keeper.pk) if what == "calendar" else csv_tables.records(keeper.pk, what))
    except refusals.Unreadable as no:
        refused = no
    finally:
        reading.forget(keeper.pk)
    assert refused.line >= 1
    assert str(refused.sentence).startswith(f"Line {refused.line}: ")
    return None


# Bytes as they come, bytes that begin well, and cells and signs that tables are made of.
CELLS = some.one_of(
    some.text(max_size=12),
    some.sampled_from(
        [
            '"',
            '""',
            '"a',
            'a"',
            "'",
            "=1+1",
            "3/9/1984",
            "9:00 AM",
            "\u202e",
            "\x00",
            "\r",
            "🦊",
            "Marin, Rosa",
        ]
    ),
)
ROWS = some.lists(some.lists(CELLS, max_size=9), max_size=12)
HEADS = some.sampled_from(
    ["first_name,last_name,dob", "client,date,time", "name;dob", "name\tphone", "start,client", "name"]
)


@some.composite
def tables_of(draw: some.DrawFn) -> bytes:
    separator, end = draw(some.sampled_from(",;\t|")), draw(some.sampled_from(["\n", "\r\n", "\r", "\n\n"]))
    lines = [draw(HEADS), *(separator.join(row) for row in draw(ROWS))]
    encoding = draw(some.sampled_from(["utf-8", "utf-8-sig", "latin-1", "utf-16", "cp1252"]))
    return end.join(lines).encode(encoding, "replace")


WORDS = (
    "BEGIN:VEVENT", "END:VEVENT", "BEGIN:VALARM", "END:VALARM", "BEGIN:VCALENDAR", "END:VCALENDAR", "UID:1",
    "DTSTART:20270301T090000", "DTSTART;TZID=America/New_York:20270301T090000",
    "DTSTART;VALUE=DATE:20270301", "DTSTART;VALUE=PERIOD:20270301T090000/PT1H", "DTSTART:99999999T999999",
    "DTSTART;TZID=:20270301T090000", "DTSTART:00010101T000000", "DTSTART:99991231T235959Z",
    "DTEND:20270301T080000", "DTEND:99991231T235959Z", "DURATION:PT50M", "DURATION:-P9W",
    "DURATION:P99999999999D", "RRULE:FREQ=WEEKLY", "RRULE:FREQ=DAILY;COUNT=-1", "RRULE:COUNT=3", "RRULE:",
    "RRULE:FREQ=WEEKLY;UNTIL=junk", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    "RRULE:FREQ=WEEKLY;INTERVAL=0", "EXDATE:", "EXDATE:20270308T090000,junk", "EXDATE;VALUE=DATE:20270308",
    "RDATE:20270309T090000", "RDATE;VALUE=PERIOD:20270309T090000/PT1H", "RECURRENCE-ID:20270308T090000",
    "RECURRENCE-ID;VALUE=TIME:090000", "EXDATE;VALUE=PERIOD:20270308T090000/PT1H",
    "EXDATE;VALUE=TIME:090000", "DTSTART;VALUE=TIME:090000", "DTEND;VALUE=DATE:20270301",
    "RECURRENCE-ID;RANGE=THISANDFUTURE:20270308T090000", "SUMMARY:Rosa Marin", "SUMMARY", "ATTENDEE;CN=:x",
    "STATUS:CANCELLED", " folded", "\tfolded", "", ";", ":", 'DTSTART;X="unclosed:20270301T090000',
    "SUMMARY;LANGUAGE=en:Rosa Marin", "\ufeffUID:2", "dtstart:20270301T090000Z",
)  # fmt: skip
GOOD = ("BEGIN:VEVENT", "UID:1", "SUMMARY:Rosa Marin", "DTSTART:20270301T090000", "RRULE:FREQ=WEEKLY;COUNT=3")


@some.composite
def calendars_of(draw: some.DrawFn) -> bytes:
    words = draw(some.lists(some.one_of(some.sampled_from(WORDS), some.text(max_size=10)), max_size=20))
    if draw(some.booleans()):
        odd = [
            word for word in draw(some.lists(some.sampled_from(WORDS), max_size=3)) if "VEVENT" not in word
        ]
        words = [*GOOD, *odd, "END:VEVENT", *words]
    end = draw(some.sampled_from(["\r\n", "\n", "\r"]))
    return end.join(["BEGIN:VCALENDAR", *words, "END:VCALENDAR", ""]).encode("utf-8", "replace")


def calendar_with(*words: str) -> bytes:
    """One good event, and these words in it."""
    event = [*GOOD, *words, "END:VEVENT"]
    return "\r\n".join(["BEGIN:VCALENDAR", *event, "END:VCALENDAR", ""]).encode()


files = some.one_of(some.binary(max_size=300), tables_of(), calendars_of())
calendars = some.tuples(calendars_of(), some.just("calendar"))
tables = some.tuples(tables_of(), some.sampled_from(["clients", "appointments"]))


@any_file
@given(text=files, what=some.sampled_from(WHAT))
@example(text=b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + b" x" * 20_000 + b"\nEND:VEVENT\n", what="calendar")
@example(text=b"name\n" + b"a," * 30_000 + b"\n", what="clients")
@example(text=b'name\n"' + b"a\n" * 60_000, what="clients")
@example(text=b"name\n" + b"\xed\xa0\x80\n", what="clients")
@example(text=b"\xef\xbb\xbf", what="clients")
@example(text=b"BEGIN:VCALENDAR\rBEGIN:VEVENT\rEND:VEVENT\r", what="calendar")
def test_whatever_is_handed_in_is_read_or_refused_with_the_line(text: bytes, what: str) -> None:
    found = read(text, what)

    for record in found or []:
        assert record.number >= 1
        assert len(record.said) <= 300


@settings(any_file, max_examples=25)
@given(handed=some.one_of(calendars, calendars, tables))
@example(handed=(calendar_with("EXDATE;VALUE=TIME:090000"), "calendar"))
@example(handed=(calendar_with("EXDATE;VALUE=PERIOD:20270308T090000/PT1H"), "calendar"))
@example(handed=(calendar_with("RDATE;VALUE=TIME:090000"), "calendar"))
@example(
    handed=(calendar_with("END:VEVENT", "BEGIN:VEVENT", "UID:1", "RECURRENCE-ID;VALUE=TIME:1"), "calendar")
)
@example(handed=(calendar_with("DTSTART:20270302T090000"), "calendar"))
@example(handed=(calendar_with("DTEND;VALUE=DATE:20270302"), "calendar"))
def test_the_whole_way_nothing_is_half_done(
    hand_in: Handed, willow: Any, osei_person: Any, rosa: Any, open_always: None, handed: tuple[bytes, str]
) -> None:
    text, what = handed
    chosen = {"clinician": osei_person.clinician, "type": cast.type_of(willow), "contact_type": "telehealth"}
    before = Client.objects.count()
    with transaction.atomic():
        found = hand_in(text, what, go=False, **chosen)
        outcomes = set(found.lines.values_list("outcome", flat=True))
        kept = (Client.objects.count(), Appointment.objects.count(), ImportPromise.objects.count())
        reading.forget(found.pk)
        transaction.set_rollback(True)

    assert found.status in {"checked", "unreadable"}
    assert outcomes <= {"new", "there", "refused"}
    assert kept == (before, 0, 0)
    assert found.status == "checked" or "Line " in found.trouble


@any_file
@given(rows=some.lists(some.lists(some.text(max_size=20), min_size=2, max_size=2), max_size=8))
def test_what_a_table_program_writes_is_read_back_cell_by_cell(rows: list[list[str]]) -> None:
    import csv
    import io

    clean = [["".join(letter for letter in cell if letter >= " ").strip() for cell in row] for row in rows]
    clean = [row for row in clean if any(row)]
    text = io.StringIO()
    csv.writer(text).writerows([["name", "email"], *clean])

    found = read(text.getvalue().encode("utf-8", "replace"), "clients")

    said = [[cell.encode("utf-8", "replace").decode() for cell in row] for row in clean]
    assert found is not None
    assert [[one.facts["name"], one.facts["email"]] for one in found] == said
