"""The days of a series that need a choice."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from holdspace.clients.models import Client
from holdspace.kit import zones
from holdspace.scheduling import coming, recurrence
from holdspace.scheduling.actions.series import Choices
from holdspace.scheduling.coming import Coming
from holdspace.scheduling.plans import Plan


def days_to_decide(
    found: Sequence[Coming], plan: Plan, clients: Sequence[Client], choices: Choices, at: datetime
) -> list[dict[str, Any]]:
    """The clashing days as the form asks about them: what is wrong, what could be done, what was chosen."""
    return [_line(one, plan, clients, choices, at) for one in found if one.clash]


def _line(
    one: Coming, plan: Plan, clients: Sequence[Client], choices: Choices, at: datetime
) -> dict[str, Any]:
    chosen = choices.get(one.day)
    free = [_free(start, plan.time_zone) for start in coming.free_for(plan, one, clients, at)]
    moved = _free(chosen.starts_at, plan.time_zone)["value"] if chosen and chosen.starts_at else ""
    return {
        "name": f"day-{one.day.isoformat()}",
        "day": date_format(one.day, "D, M j, Y"),
        "sentence": one.clash.sentence if one.clash else "",
        "anyway": bool(one.clash and one.clash.may_book_anyway),
        "free": free,
        "chosen": moved or (chosen.how if chosen else ""),
    }


def _free(start: datetime, zone: str) -> dict[str, str]:
    wall = zones.wall_of(start, zone).replace(tzinfo=None)
    return {"value": f"{wall:%Y-%m-%dT%H:%M}", "words": date_format(wall, "D, M j, g:i A")}


def months_left_out(rule: str, first: date) -> str:
    """A word of warning where short months have no such day."""
    if not recurrence.leaves_months_out(rule):
        return ""
    return _("Months without a %(n)sth day are left out.") % {"n": first.day}
