"""Repeating Appointment?: how often, until when, and what becomes of days that clash."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext_lazy as _

from holdspace.kit import zones
from holdspace.kit.refusals import Refusal
from holdspace.scheduling import recurrence, refusals
from holdspace.scheduling.choices import Choice
from holdspace.scheduling.recurrence import MOST_TIMES, Repeat

INTERVALS = [
    ("", _("Doesn't repeat")),
    ("1", _("Weekly")),
    ("2", _("Every 2 weeks")),
    ("4", _("Every 4 weeks")),
    ("date", _("Monthly, by date")),
    ("weekday", _("Monthly, by weekday")),
    ("custom", _("Custom rule")),
]
# Values of the list that a clashing day has, besides the wall times themselves.
OTHER, ANYWAY = "other", " anyway"
UNITS = [("DAILY", _("days")), ("WEEKLY", _("weeks")), ("MONTHLY", _("months"))]
WEEKDAYS = [
    ("MO", _("Mon")),
    ("TU", _("Tue")),
    ("WE", _("Wed")),
    ("TH", _("Thu")),
    ("FR", _("Fri")),
    ("SA", _("Sat")),
    ("SU", _("Sun")),
]
ENDS = [("times", _("After")), ("day", _("On")), ("never", _("Never"))]
SCOPES = [("one", _("This occurrence")), ("following", _("This and following")), ("all", _("All"))]
# Which field a refusal of the rule belongs to.
FIELD_OF = {refusals.TooManyTimes: "times", refusals.EndsBeforeItBegins: "last_day"}


class RepeatFields(forms.Form):
    """The part of the appointment form that makes it a series."""

    interval = forms.ChoiceField(label=_("Repeat Interval"), required=False, choices=INTERVALS)
    every = forms.IntegerField(label=_("Every"), required=False, min_value=1, max_value=99)
    unit = forms.ChoiceField(label=_("Unit"), required=False, choices=UNITS)
    weekdays = forms.MultipleChoiceField(
        label=_("On"), required=False, choices=WEEKDAYS, widget=forms.CheckboxSelectMultiple
    )
    ends = forms.ChoiceField(label=_("Ends"), required=False, choices=ENDS, widget=forms.RadioSelect)
    times = forms.IntegerField(label=_("Repeat Times"), required=False, min_value=1, max_value=MOST_TIMES)
    last_day = forms.DateField(
        label=_("Last day"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )

    usual: dict[str, Any] = {"ends": "times", "times": 10, "every": 1, "unit": "WEEKLY", "interval": ""}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = self.usual | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.repeat: Repeat | None = None

    def find_repeat(self, starts: datetime) -> None:
        """Make the repeat of a start in wall time, or say at the field what is wrong."""
        said = self.cleaned_data
        if not said.get("interval") or self.errors:
            return
        try:
            self.repeat = recurrence.checked(self._rule(starts), starts, **self._end())
        except Refusal as no:
            self.add_error(FIELD_OF.get(type(no), "interval"), str(no.sentence))

    def _rule(self, starts: datetime) -> str:
        said = self.cleaned_data
        match said["interval"]:
            case "date":
                return recurrence.monthly_by_date(starts)
            case "weekday":
                return recurrence.monthly_by_weekday(starts)
            case "custom":
                return self._own_rule()
            case weeks:
                return recurrence.weekly(starts, int(weeks))

    def _own_rule(self) -> str:
        said = self.cleaned_data
        rule = f"FREQ={said.get('unit') or 'WEEKLY'};INTERVAL={said.get('every') or 1}"
        days = said.get("weekdays") or []
        return f"{rule};BYDAY={','.join(days)}" if days and said.get("unit") == "WEEKLY" else rule

    def _end(self) -> dict[str, Any]:
        said = self.cleaned_data
        match said.get("ends"):
            case "never":
                return {}
            case "day" if said.get("last_day"):
                return {"last_day": said["last_day"]}
            case "day":
                raise refusals.EndsBeforeItBegins
            case _:
                return {"times": said.get("times") or 1}


class ScopeField(forms.Form):
    """Which of a series a change is meant for; only this one, if nothing is said."""

    scope = forms.ChoiceField(
        label=_("Change"), required=False, choices=SCOPES, widget=forms.RadioSelect, initial="one"
    )


def choices_of(posted: Mapping[str, str], zone: str) -> dict[date, Choice]:
    """What was decided for each day.

    `day-2026-12-31` = `skip`, `anyway`, a wall time to book instead (with ` anyway` behind it: whatever
    clashes there), or `other`: the wall time in `at-2026-12-31`.
    """
    found: dict[date, Choice] = {}
    for name, said in posted.items():
        day = _day(name)
        choice = _choice(posted.get(f"at-{day}", "") if said == OTHER else said, zone)
        if day and choice:
            found[day] = choice
    return found


def _day(name: str) -> date | None:
    try:
        return parse_date(name.removeprefix("day-")) if name.startswith("day-") else None
    except ValueError:
        return None


def _choice(said: str, zone: str) -> Choice | None:
    if said in {"skip", "anyway"}:
        return Choice(said)
    try:
        wall = parse_datetime(said[:16])
    except ValueError:
        return None
    if wall is None or wall.tzinfo or not zones.exists(wall, zone):
        return None
    return Choice("move", zones.instant(wall, zone), anyway=said.endswith(ANYWAY))
