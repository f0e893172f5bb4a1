"""Clinicians side by side: a column each, with what they have that day."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from holdspace.desk.screens import EVERYONE, Shown
from holdspace.desk.tiles import Tile
from holdspace.practices.models import Clinician


def columns(asked: Shown, clinicians: Iterable[Clinician], made: list[Tile]) -> list[dict[str, Any]]:
    """What the widget is given for its columns: whose, and their day in words."""
    standing = Counter(pk for tile in made if tile.seat.stands for pk in tile.resources)
    waiting = Counter(pk for tile in made if tile.waiting_minutes is not None for pk in tile.resources)
    wanted = [one for one in clinicians if asked.clinician in (EVERYONE, str(one.pk))]
    return [
        {
            "id": str(one.pk),
            "title": one.name,
            "extendedProps": {"load": _load(standing[str(one.pk)], waiting[str(one.pk)])},
        }
        for one in wanted
    ]


def _load(standing: int, waiting: int) -> str:
    """*6 booked · 1 waits*."""
    if not standing:
        return _("Nothing booked")
    booked = ngettext("%(n)s booked", "%(n)s booked", standing) % {"n": standing}
    waits = ngettext("%(n)s waits", "%(n)s wait", waiting) % {"n": waiting}
    return f"{booked} · {waits}" if waiting else booked
