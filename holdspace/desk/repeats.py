"""The days of a series that need a choice."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from holdspace.clients.models import Client
from holdspace.desk.forms.repeats import ANYWAY
from holdspace.kit import zones
from holdspace.scheduling import coming, recurrence
from holdspace.scheduling.choices import Choice, Choices
from holdspace.scheduling.clashes import Clash
from holdspace.scheduling.coming import Coming
from holdspace.scheduling.plans import Plan
from holdspace.scheduling.refusals import SeriesClashes


def days_to_decide(
    no: SeriesClashes, plan: Plan, clients: Sequence[Client], choices: Choices, at: datetime
) -> list[dict[str, Any]]:
    """The clashing days as the form asks about them: what is wrong, what could be done, what was chosen."""
    asked = [one for one in no.coming if one.clash or one.day in no.moved]
    return [_line(one, no.moved.get(one.day), plan, clients, choices.get(one.day), at) for one in asked]


def _line(
    one: Coming,
    there: Clash | None,
    plan: Plan,
    clients: Sequence[Client],
    chosen: Choice | None,
    at: datetime,
) -> dict[str, Any]:
    zone = plan.time_zone
    wanted = _free(chosen.starts_at, zone) if chosen and chosen.starts_at else None
    free = [_free(start, zone) for start in coming.free_for(plan, one, clients, at)]
    # What was chosen and does is kept among what can be chosen; what clashes there is asked about.
    kept = [wanted] if wanted and not there and wanted not in free else []
    clash = there or one.clash
    return {
        "name": f"day-{one.day.isoformat()}",
        "at": f"at-{one.day.isoformat()}",
        "day": date_format(one.day, "D, M j, Y"),
        "sentence": clash.sentence if clash else "",
        "anyway": bool(one.clash and one.clash.may_book_anyway),
        "free": [*free, *kept],
        "insist": wanted if wanted and there and there.may_book_anyway else None,
        "other": wanted["value"] if wanted and there else "",
        "chosen": _chosen(chosen, wanted, there),
    }


def _chosen(choice: Choice | None, wanted: dict[str, str] | None, there: Clash | None) -> str:
    """The value of the list that is selected; a time that clashes has to be chosen anew."""
    if choice is None or (there and not choice.anyway):
        return ""
    if wanted is None:
        return choice.how
    return wanted["value"] + (ANYWAY if choice.anyway else "")


def _free(start: datetime, zone: str) -> dict[str, str]:
    wall = zones.wall_of(start, zone).replace(tzinfo=None)
    return {"value": f"{wall:%Y-%m-%dT%H:%M}", "words": date_format(wall, "D, M j, g:i A")}


def months_left_out(rule: str, first: date) -> str:
    """A word of warning where short months have no such day."""
    if not recurrence.leaves_months_out(rule):
        return ""
    return _("Months without a %(n)sth day are left out.") % {"n": first.day}
