"""Two people at one appointment: who else has its form open, said quietly on every page that shows it."""

from datetime import datetime
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from holdspace.kit.actor import Member
from holdspace.scheduling import queries
from holdspace.scheduling.actions.editing import LASTS
from holdspace.scheduling.models import Appointment


def others_at(appointment: Appointment, actor: Member, at: datetime) -> dict[str, Any]:
    """*Dr Osei is editing this*, and after how many seconds to ask whether that still holds; one query."""
    found = queries.others_editing(appointment, actor, at)
    if not found:
        return {}
    said = ngettext("%(names)s is editing this", "%(names)s are editing this", len(found))
    names = get_text_list([name for name, _until in found], _("and"))
    rest = min(min(until for _name, until in found) - at, LASTS)
    return {"editing": said % {"names": names}, "ask_again": max(1, round(rest.total_seconds()) + 1)}
