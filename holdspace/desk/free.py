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
    return request.POST.get("do") in {ANYONE, THOSE_CHOSEN} or "fill" in request.POST


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
    said, anyone = form.cleaned_data, request.POST.get("do") == ANYONE
    whose = list(form.fields["clinician"].queryset) if anyone else form.leads
    length, at = timedelta(minutes=said.get("minutes") or 50), now()
    after = max(form.starts_at or at, at)
    found = queries.next_free(
        whose,
        length,
        zone=form.shown_zone,
        after=after,
        many=MANY,
        a_day=A_DAY,
        clients=form.chosen,
        purpose=_purpose(said),
        but=edited.pk if edited else None,
        together=not anyone,
    )
    return [_button(one, form.shown_zone, named=anyone and len(whose) > 1) for one in found]


def _purpose(said: dict[str, Any]) -> Purpose:
    way = said.get("contact_type") or ""
    site = said.get("site") if way != ContactType.TELEHEALTH else None
    return Purpose(way, site.pk if site else None)


def _button(one: queries.Free, zone: str, *, named: bool) -> dict[str, str]:
    """*Wed, Nov 18, 4:00 PM*, and with whom if several were asked about."""
    wall = zones.wall_of(one.starts_at, zone).replace(tzinfo=None)
    words = date_format(wall, "D, M j, g:i A")
    return {
        "value": f"{wall:%Y-%m-%dT%H:%M}|{one.clinician.pk if named else ''}",
        "words": f"{words} · {one.clinician.name}" if named else words,
    }


def free_button(start: datetime, zone: str) -> dict[str, str]:
    """A time that can be taken instead of one that was refused."""
    wall = zones.wall_of(start, zone)
    shown = f"{wall:%a} {wall:%I:%M %p}".replace(" 0", " ")
    return {"date": wall.date().isoformat(), "start": f"{wall:%H:%M}", "words": shown}
