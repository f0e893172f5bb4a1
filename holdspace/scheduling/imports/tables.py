"""CSV as practices have it: comma, semicolon or tab, and whatever their last system called a column."""

import csv
import re
from collections.abc import Iterator, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from holdspace.scheduling.imports import reading
from holdspace.scheduling.imports.reading import Record
from holdspace.scheduling.refusals import Unreadable

# Compared without case, blanks and signs: *First Name*, *first_name* and *FirstName* are one.
PERSON = {
    "first_name": ("firstname", "first", "givenname", "forename", "clientfirstname"),
    "last_name": ("lastname", "last", "surname", "familyname", "clientlastname"),
    "name": ("name", "fullname", "client", "clientname", "patient", "patientname"),
    "birth_date": ("birthdate", "dateofbirth", "dob", "born", "birthday"),
}
COLUMNS = {
    "clients": PERSON
    | {
        "called": ("called", "preferredname", "nickname", "goesby"),
        "phone": ("phone", "mobile", "cell", "phonenumber", "mobilephone", "cellphone"),
        "email": ("email", "emailaddress", "mail"),
        "time_zone": ("timezone", "zone", "tz"),
        "state": ("state",),
    },
    "appointments": PERSON
    | {
        "start": ("start", "starts", "startsat", "begin", "datetime", "starttime", "startdatetime"),
        "date": ("date", "day", "appointmentdate", "startdate"),
        "time": ("time", "appointmenttime"),
        "end": ("end", "ends", "endsat", "endtime", "enddatetime"),
        "minutes": ("minutes", "duration", "length", "durationminutes"),
        "time_zone": ("timezone", "zone", "tz"),
        "clinician": ("clinician", "provider", "therapist", "practitioner"),
        "type": ("type", "appointmenttype", "service"),
        "contact_type": ("contacttype", "contact", "mode"),
        "notes": ("notes", "appointmentnotes"),
    },
}
NEEDED = {"clients": (("name",), ("first_name", "last_name")), "appointments": (("start",), ("date", "time"))}
SAMPLES = {
    "clients": "first_name,last_name,called,birth_date,phone,email,time_zone,state\r\n"
    "Jordan,Example,Jo,1990-04-23,(312) 555-0142,jordan@example.org,America/Chicago,IL\r\n",
    "appointments": "client,birth_date,date,time,minutes,time_zone,clinician,type,contact_type\r\n"
    "Jordan Example,1990-04-23,2027-03-15,9:00 AM,50,America/New_York,Dr Ama Osei,Individual,telehealth\r\n",
}


def records(pk: UUID, what: str) -> Iterator[Record]:
    """Every line after the header that says anything."""
    at = {"offset": 0}
    text = _counted(pk, at)
    first = next(text, None)
    if first is None:
        raise Unreadable(1, _("the file is empty."))
    reader = csv.reader(text, delimiter=_delimiter(first), strict=True)
    names = _header(first, what)
    began = 2
    for row in _rows(reader):
        if any(cell.strip() for cell in row):
            yield _record(began, at["offset"], row, names)
        began = reader.line_num + 2


def _counted(pk: UUID, at: dict[str, int]) -> Iterator[str]:
    for _number, offset, text in reading.lines(pk):
        at["offset"] = offset
        yield text + "\n"


def _rows(reader: "Iterator[list[str]]") -> Iterator[list[str]]:
    try:
        yield from reader
    except csv.Error as wrong:
        number = getattr(reader, "line_num", 0) + 1
        raise Unreadable(
            number, _("the quotation marks don’t pair. One was opened here or before and never closed.")
        ) from wrong


def _delimiter(header: str) -> str:
    return max(",;\t", key=header.count)


def _header(line: str, what: str) -> list[str]:
    """Our name of each column, or nothing for one we don't take."""
    try:
        said = next(csv.reader([line], delimiter=_delimiter(line), strict=True), [])
    except csv.Error as wrong:
        raise Unreadable(1, _("the names of the columns can’t be read.")) from wrong
    ours = {alias: name for name, aliases in COLUMNS[what].items() for alias in aliases}
    names = [ours.get(re.sub(r"[^a-z]", "", word.lower()), "") for word in said]
    twice = {name for name in names if name and names.count(name) > 1}
    if twice:
        raise Unreadable(1, _("two columns are both called %(name)s.") % {"name": min(twice)})
    if not any(set(needed) <= set(names) for needed in NEEDED[what]):
        needed = _(" or ").join(" + ".join(one) for one in NEEDED[what])
        raise Unreadable(
            1, _("the first line must name the columns; %(needed)s is missing.") % {"needed": needed}
        )
    return names


def _record(number: int, offset: int, row: Sequence[str], names: Sequence[str]) -> Record:
    said = " · ".join(cell.strip() for cell in row if cell.strip())[:300]
    if len(row) != len(names):
        fault = _("It has %(here)s columns, and the first line has %(there)s.") % {
            "here": len(row),
            "there": len(names),
        }
        return Record(number, offset, said, fault=fault)
    return Record(
        number, offset, said, {name: cell.strip() for name, cell in zip(names, row, strict=True) if name}
    )
