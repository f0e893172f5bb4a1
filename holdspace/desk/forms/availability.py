"""What is typed about hours and time off."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from holdspace.desk.forms.fields import Styled
from holdspace.desk.forms.settings import whole
from holdspace.kit import zones
from holdspace.practices.models import Practice, Site
from holdspace.scheduling.models import ContactType, Hours, TimeOff
from holdspace.scheduling.plans import YEARS
from holdspace.scheduling.words import minute_clock

# Quarters of an hour, so that a day can end at midnight without a word for 24:00.
QUARTERS = [(minute, minute_clock(minute)) for minute in range(0, 24 * 60 + 1, 15)]
DAYS_AHEAD = timedelta(days=1)


def date_field(**kwargs: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"), **kwargs)


def time_field(**kwargs: Any) -> forms.TimeField:
    return forms.TimeField(widget=forms.TimeInput({"type": "time", "step": "300"}, "%H:%M"), **kwargs)


class HolidaysForm(Styled):
    holidays = forms.ChoiceField(
        label=_("Holidays"),
        choices=Practice.Holidays.choices,
        required=False,
        help_text=_("Closed on each of them, and on the weekday it is observed."),
    )


class ChangeHoursForm(Styled):
    """Times of one row, whose day stays."""

    starts = whole(QUARTERS[:-1], label=_("From"))
    ends = whole(QUARTERS[1:], label=_("To"))
    contact_types = forms.MultipleChoiceField(
        label=_("Only for"),
        choices=ContactType.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("None ticked: for every contact type."),
    )
    site = forms.ModelChoiceField(
        Site.objects.none(), label=_("Only at"), required=False, empty_label=_("Every site")
    )

    def __init__(self, *args: Any, practice: Practice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sites = Site.objects.filter(practice=practice).order_by("name")
        self.fields["site"].queryset = sites  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if "starts" in said and "ends" in said and said["ends"] <= said["starts"]:
            self.add_error("ends", _t("The hours end after they start."))
        return said


class HoursForm(ChangeHoursForm):
    """New hours: on days of the week, or on one single day."""

    field_order = ("weekdays", "day", "starts", "ends", "contact_types", "site")
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Every week on"),
        choices=list(WEEKDAYS.items()),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    day = date_field(
        label=_("Or on a single day"),
        required=False,
        help_text=_("Replaces that day's weekly hours, and beats holidays."),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if not self.errors and bool(said.get("weekdays")) == bool(said.get("day")):
            self.add_error("weekdays", _t("Choose days of the week, or one single day."))
        return said


def now_hours(row: Hours) -> dict[str, Any]:
    """What a row of hours says, for its form."""
    return {name: getattr(row, name) for name in ChangeHoursForm.base_fields} | {"site": row.site_id}


class ClosedForm(Styled):
    """Whole days, or from one time to another, in one zone; what a clock change skips is refused."""

    label = forms.CharField(
        label=_("What colleagues see"), max_length=60, required=False, help_text=_("Never sent anywhere.")
    )
    first_day = date_field(label=_("First day"))
    last_day = date_field(label=_("Last day"))
    starts = time_field(label=_("From"), required=False, help_text=_("Empty: the whole day."))
    ends = time_field(label=_("To"), required=False)

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not {"first_day", "last_day"} <= set(said):
            return said
        if bad := next((name for name in ("first_day", "last_day") if said[name].year not in YEARS), None):
            self.add_error(bad, _t("That day is beyond this calendar."))
            return said
        first, last = said["first_day"], said["last_day"]
        # A whole day ends with the next; midnight that a clock change skips is no question.
        end = said.get("ends") or time()
        last += timedelta() if said.get("ends") else DAYS_AHEAD
        said["starts_at"] = self._instant("starts", datetime.combine(first, said.get("starts") or time()), 0)
        said["ends_at"] = self._instant("ends", datetime.combine(last, end), 1)
        if not self.errors and said["ends_at"] <= said["starts_at"]:
            self.add_error("last_day", _t("Time off ends after it starts."))
        return said

    def _instant(self, name: str, wall: datetime, fold: int) -> datetime:
        """Of an hour that happens twice both are off; one that doesn't exist has to be typed anew."""
        if self.cleaned_data.get(name) and not zones.exists(wall, self.zone):
            self.add_error(name, str(zones.HourDoesNotExist.sentence))
        return zones.instant(wall, self.zone, fold)

    def facts(self) -> dict[str, Any]:
        """For the action."""
        said = self.cleaned_data
        return {name: said[name] for name in ("starts_at", "ends_at", "label")} | {"time_zone": self.zone}


class TimeOffForm(ClosedForm):
    field_order = ("kind", "first_day", "last_day", "label", "starts", "ends")
    kind = forms.ChoiceField(
        label=_("What it is"), choices=[(one.value, one.label) for one in list(TimeOff.Kind)[:2]]
    )

    def facts(self) -> dict[str, Any]:
        return super().facts() | {"kind": self.cleaned_data["kind"]}


def now_off(off: TimeOff) -> dict[str, Any]:
    """What a row of time off says, for its form: whole days without their midnights."""
    start, end = (zones.wall_of(moment, off.time_zone) for moment in (off.starts_at, off.ends_at))
    whole_end = end.time() == time()
    return {
        "kind": off.kind,
        "label": off.label,
        "first_day": start.date(),
        "last_day": end.date() - DAYS_AHEAD if whole_end else end.date(),
        "starts": None if start.time() == time() else start.time(),
        "ends": None if whole_end else end.time(),
    }
