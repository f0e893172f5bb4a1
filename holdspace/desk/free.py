"""**Next free** in the appointment form: the next times that would do, as buttons that fill them in."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.formats import date_format

from holdspace.desk.web import DeskRequest
from holdspace.kit import zones
from holdspace.kit.clock import now
from holdspace.scheduling import queries
from holdspace.scheduling.availability import Purpose
from holdspace.scheduling.models import Appointment, ContactType

ANYONE, THOSE_CHOSEN = "free-anyone", "free"
MANY, A_DAY = 8, 3


def asked_for_free(request: DeskRequest) -> bool:
    """Whether a free time is looked for, or was chosen: then nothing is booked yet."""
    return _asked(request) in {ANYONE, THOSE_CHOSEN} or "fill" in request.POST


def _asked(request: DeskRequest) -> str:
    return str((request.POST if request.method == "POST" else request.GET).get("do", ""))


def next_free(
    request: DeskRequest, form: Any, edited: Appointment | None = None
) -> list[dict[str, str]] | None:
    """The next free times after the one in the form; none where one was just chosen.

    What isn't filled in yet is no error now, so the form shows none.  Every client who is chosen must be
    free, and everybody who leads it, unless anyone at all will do.
    """
    form.errors.clear()
    if "fill" in request.POST:
        return None
    said, whose, at = form.cleaned_data, form.leads, now()
    anyone = _asked(request) == ANYONE or not whose
    if anyone:
        whose = list(form.fields["clinician"].queryset)
    length = timedelta(minutes=said.get("minutes") or 50)
    after = max(form.starts_at or at, at)
    found = queries.next_free(
        whose,
        length,
        zone=form.shown_zone,
        after=after,
        many=MANY,
        a_day=A_DAY,
        clients=form.chosen,
        # What is moved stays what it is.
        purpose=getattr(form, "purpose", None) or _purpose(said),
        but=edited.pk if edited else None,
        together=not anyone,
    )
    theirs = said.get("client_time_zone") or (form.chosen[0].time_zone if len(form.chosen) == 1 else "")
    return [_button(one, form.shown_zone, theirs, named=anyone and len(whose) > 1) for one in found]


def _purpose(said: dict[str, Any]) -> Purpose:
    way = said.get("contact_type") or ""
    site = said.get("site") if way != ContactType.TELEHEALTH else None
    return Purpose(way, site.pk if site else None)


def _button(one: queries.Free, zone: str, theirs: str, *, named: bool) -> dict[str, str]:
    """*Wed, Nov 18, 4:00 PM (1:00 PM Pacific)*, and with whom if several were asked about."""
    wall = zones.wall_of(one.starts_at, zone).replace(tzinfo=None)
    words = date_format(wall, "D, M j, g:i A") + _for_them(one.starts_at, zone, theirs)
    return {
        "value": f"{wall:%Y-%m-%dT%H:%M}|{one.clinician.pk if named else ''}",
        "words": f"{words} · {one.clinician.name}" if named else words,
    }


def _for_them(start: datetime, zone: str, theirs: str) -> str:
    """The client's own clock, read out to them on the phone; nothing where it is the same one."""
    if theirs in {"", zone}:
        return ""
    wall = zones.wall_of(start, theirs).replace(tzinfo=None)
    same_day = wall.date() == zones.wall_of(start, zone).date()
    return f" ({date_format(wall, 'g:i A' if same_day else 'D, g:i A')} {zones.zone_short(theirs)})"


def free_button(start: datetime, zone: str) -> dict[str, str]:
    """A time that can be taken instead of one that was refused."""
    wall = zones.wall_of(start, zone)
    shown = f"{wall:%a} {wall:%I:%M %p}".replace(" 0", " ")
    return {"date": wall.date().isoformat(), "start": f"{wall:%H:%M}", "words": shown}
