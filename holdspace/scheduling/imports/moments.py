"""Times as tables write them: ISO or American, in a zone or with an offset of their own."""

import re
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from holdspace.kit import zones
from holdspace.scheduling.refusals import LineRefused

DAYS = ("%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y")
HOURS = ("%H:%M", "%H:%M:%S", "%I:%M %p", "%I:%M%p", "%I %p", "%I%p")
YEARS = range(2000, 2101)


def instant(said: str, zone: str) -> datetime:
    """An ISO or American date with an hour; with an offset it is an instant already."""
    text = " ".join(said.split())
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = _american(text)
    if moment.tzinfo is not None:
        return in_years(moment)
    return zones.asked_instant(in_years(moment), zone)


def _american(text: str) -> datetime:
    for day in DAYS:
        for hour in HOURS:
            try:
                return datetime.strptime(text.upper(), f"{day} {hour}")  # noqa: DTZ007 (wall time)
            except ValueError:
                continue
    raise LineRefused(
        _("%(said)s isn’t a date and an hour. Write them like 2027-03-15 09:00 or 3/15/2027 9:00 AM.")
        % {"said": text[:40] or "–"}
    )


def in_years(moment: datetime) -> datetime:
    if moment.year not in YEARS:
        raise LineRefused(_("The year %(year)s can’t be right.") % {"year": moment.year})
    return moment


def ends(facts: dict[str, Any], starts_at: datetime, zone: str, minutes: int) -> datetime:
    if facts.get("minutes"):
        said = re.fullmatch(r"(\d{1,4}) ?(?:m|min|minutes)?", facts["minutes"].lower())
        if not said:
            raise LineRefused(_("The duration is a number of minutes."))
        minutes = int(said[1])
    elif facts.get("end"):
        text = facts["end"]
        if re.match(r"\d{1,2}(:| ?[ap])", text.lower()):
            text = f"{zones.wall_of(starts_at, zone):%Y-%m-%d} {text}"
        return instant(text, zone)
    return starts_at + timedelta(minutes=minutes)
