"""Two people changed one appointment: what stands now beside one's own, field by field, and both ways on.

A form carries along what it was shown (`marks`), so that the later save knows which fields its person
touched: those stay as typed, the others already show the colleague's.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from holdspace.desk.forms.leads import MOST
from holdspace.desk.words import FIELDS
from holdspace.scheduling.actions import Seen
from holdspace.scheduling.models import Seat, SeatStatus
from holdspace.scheduling.plans import Plan, fingerprint, plan_of, unlike

# What of the form makes each field of a plan; the first of them is asked for wherever the field is.
PARTS: dict[str, tuple[str, ...]] = {
    "time": ("date", "start", "minutes", "fold"),
    "type": ("type",),
    "contact_type": ("contact_type",),
    "clinicians": ("clinician", *(f"clinician_{n}" for n in range(2, MOST + 1))),
    "site": ("site",),
    "notes": ("notes",),
}
AS_MUCH = 300


@dataclass(frozen=True)
class Differs:
    """One field: what stands now, and what this person wanted, if they wanted anything of it."""

    label: str | Promise
    now: str
    yours: str = ""


def marks(seat: Seat, said: QueryDict | None = None) -> dict[str, Any]:
    """What the form was shown: of the record as it stands, or what it already carries."""
    if said and "version" in said:
        return {name: said.get(name, "") for name in ("version", "status_was", "seen")}
    shown = fingerprint(plan_of(seat.appointment))
    return {"version": seat.appointment.version, "status_was": seat.status, "seen": shown}


def seen(seat: Seat, said: QueryDict) -> Seen | None:
    """What a status or a cancellation was decided by; None where the form didn't say."""
    version, status = said.get("version", ""), said.get("status_was", "")
    return Seen(seat, int(version), status) if version.isdecimal() and status else None


def differing(seat: Seat, said: QueryDict, zone: str, mine: Plan | None = None) -> list[Differs]:
    """Each field that isn't as this person wants it, or, left alone, isn't as they saw it."""
    now = replace(plan_of(seat.appointment), time_zone=zone)
    touched, theirs = _touched(said, mine), unlike(said.get("seen", fingerprint(now)), now)
    wanted = touched & unlike(fingerprint(now), mine) if mine else set()
    lines = [
        _line(name, now, mine if name in wanted else None)
        for name in PARTS
        if name in wanted or name in theirs - touched
    ]
    return [*lines, *_status_line(seat, said)]


def with_theirs(said: QueryDict, mine: Plan, theirs: Mapping[str, Any]) -> QueryDict:
    """What was typed, with the colleague's values in every field that this person left alone."""
    typed, touched = said.copy(), _touched(said, mine)
    if not said.get("seen"):
        return typed
    for name in (part for field, parts in PARTS.items() if field not in touched for part in parts):
        if name in said or theirs.get(name):
            typed[name] = _as_typed(theirs.get(name))
    return typed


def _touched(said: QueryDict, mine: Plan | None) -> set[str]:
    """The fields asked for in which this person wrote something else than they were shown."""
    if mine is None:
        return set()
    return unlike(said.get("seen", ""), mine) & {name for name, parts in PARTS.items() if parts[0] in said}


def _line(name: str, now: Plan, mine: Plan | None) -> Differs:
    if name == "notes":
        return Differs(FIELDS[name], Truncator(now.notes).chars(AS_MUCH), _("as typed below") if mine else "")
    return Differs(FIELDS[name], now.said()[name], mine.said()[name] if mine else "")


def _status_line(seat: Seat, said: QueryDict) -> list[Differs]:
    was, wanted = said.get("status_was", ""), said.get("status", "")
    if was not in SeatStatus.values or was == seat.status:
        return []
    yours = str(SeatStatus(wanted).label) if wanted in SeatStatus.values else ""
    return [Differs(FIELDS["status"], str(SeatStatus(seat.status).label), yours)]


def _as_typed(value: Any) -> str:
    match value:
        case None:
            return ""
        case time():
            return f"{value:%H:%M}"
        case date():
            return value.isoformat()
        case _:
            return str(value)
