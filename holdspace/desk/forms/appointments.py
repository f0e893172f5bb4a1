"""The appointment form: what is typed, in the calendar's shown zone, made into a plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from holdspace.desk.forms.leads import LeadFields
from holdspace.desk.forms.notices import TellField
from holdspace.desk.forms.repeats import ScopeField
from holdspace.desk.forms.who import WhoFields
from holdspace.kit import zones
from holdspace.kit.actor import Member
from holdspace.practices.models import Clinician, Practice, Site
from holdspace.scheduling.actions.notices import MOVED
from holdspace.scheduling.clashes import purpose_of
from holdspace.scheduling.models import Appointment, AppointmentType, ContactType
from holdspace.scheduling.plans import LONGEST_TEXT, YEARS, Plan, plan_of

MINUTES = (15, 20, 25, 30, 40, 45, 50, 55, 60, 75, 80, 90, 100, 120, 150, 180)
FOLDS = [("0", _("The first, before the clocks go back")), ("1", _("The second, after it"))]


def zone_choices(*also: str) -> list[tuple[str, str]]:
    """The common zones, and whichever else somebody already has."""
    named = {name: str(label) for name, label in zones.COMMON.items()}
    named |= {name: zones.zone_label(name) for name in also if name and zones.is_zone(name)}
    return list(named.items())


class WhenForm(forms.Form):
    """A day, a time and a length in one zone; asks where a clock change leaves doubt."""

    error_css_class = "hs-bad"

    date = forms.DateField(label=_("Date"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    start = forms.TimeField(
        label=_("Start time"), widget=forms.TimeInput({"type": "time", "step": "300"}, "%H:%M")
    )
    minutes = forms.TypedChoiceField(label=_("Duration"), coerce=int, choices=[])
    # Which of the two hours, where the clocks go back; shown only when it has to be asked.
    fold = forms.ChoiceField(
        label=_("Which of the two?"), choices=FOLDS, required=False, widget=forms.RadioSelect
    )
    zone = forms.CharField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    anyway = forms.BooleanField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shown_zone = zone
        self.asks_which = False
        self.starts_at: datetime | None = None
        self.fields["minutes"].choices = self._lengths()  # type: ignore[attr-defined]
        self.initial.setdefault("zone", zone)

    def _lengths(self) -> list[tuple[int, str]]:
        known = {*MINUTES, int(self.initial.get("minutes") or 50)}
        return [(n, _t("%(n)s min") % {"n": n}) for n in sorted(known)]

    def clean_zone(self) -> str:
        """The zone the form was shown in: another tab's menu doesn't move what was typed here."""
        said = self.cleaned_data["zone"]
        self.shown_zone = said if said and zones.is_zone(said) else self.shown_zone
        return self.shown_zone

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("date") and said.get("start"):
            self._find_start(datetime.combine(said["date"], said["start"]), said.get("fold") or "")
        return said

    def _find_start(self, wall: datetime, fold: str) -> None:
        if wall.year not in YEARS:
            return self.add_error("date", _t("That day is beyond this calendar. Look at the year."))
        try:
            self.starts_at = zones.asked_instant(wall, self.shown_zone, int(fold) if fold else None)
        except zones.HourDoesNotExist:
            self.add_error("start", _gap(wall, self.shown_zone))
        except zones.HourHappensTwice as twice:
            self.asks_which = True
            self.add_error("start", str(twice.sentence))

    @property
    def found_start(self) -> datetime:
        """The instant that was meant; only of a valid form."""
        if self.starts_at is None:
            raise ValueError("ask is_valid first")
        return self.starts_at

    @property
    def length(self) -> timedelta:
        return timedelta(minutes=self.cleaned_data["minutes"])


def _gap(wall: datetime, zone: str) -> str:
    """*2:30 AM doesn't exist on that day; choose 1:30 or 3:30*."""
    hour = timedelta(hours=1)
    near = [f"{one:%I:%M %p}".lstrip("0") for one in (wall - hour, wall + hour) if zones.exists(one, zone)]
    said = {"time": f"{wall:%I:%M %p}".lstrip("0"), "near": _t(" or ").join(near)}
    return _t("%(time)s doesn't exist on that day: the clocks go forward. Choose %(near)s.") % said


class AppointmentForm(WhoFields, LeadFields, TellField, WhenForm):
    """Who, what and how, besides when.  Only what this person may book for can be chosen."""

    type = forms.ModelChoiceField(
        AppointmentType.objects.none(), label=_("Appointment Type"), empty_label=None
    )
    contact_type = forms.ChoiceField(
        label=_("Contact Type"), choices=ContactType.choices, widget=forms.RadioSelect
    )
    site = forms.ModelChoiceField(
        Site.objects.none(), label=_("Location (Site)"), required=False, empty_label=_("No site")
    )
    client_time_zone = forms.ChoiceField(label=_("Client Time Zone"), required=False)
    notes = forms.CharField(
        label=_("Appointment Notes"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"max_length": _("That text is too long: 20,000 characters fit.")},
    )

    def __init__(
        self,
        *args: Any,
        actor: Member,
        practice: Practice,
        zone: str,
        led_by: Sequence[Clinician] = (),
        **kwargs: Any,
    ) -> None:
        # First: who may be chosen depends on who asks.
        self.actor, self.practice = actor, practice
        super().__init__(*args, zone=zone, **kwargs)
        self.ask_who_leads(led_by)
        self.ask_to_tell(practice)
        self._choices("type", AppointmentType.objects.filter(practice=practice, active=True))
        self._choices("site", Site.objects.filter(practice=practice, open=True))
        zone_field = self.fields["client_time_zone"]
        zone_field.choices = [  # type: ignore[attr-defined]
            ("", _("The client's own")),
            *zone_choices(str(self.initial.get("client_time_zone", ""))),
        ]
        self._describe()

    def _choices(self, name: str, found: Any) -> None:
        self.fields[name].queryset = found  # type: ignore[attr-defined]

    def _describe(self) -> None:
        for field in self.fields.values():
            css = "form-select" if isinstance(field.widget, forms.Select) else "form-control"
            if not isinstance(field.widget, forms.RadioSelect | forms.CheckboxInput):
                field.widget.attrs.setdefault("class", css)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        kind, how = said.get("type"), said.get("contact_type")
        if kind and how and how not in kind.contact_types:
            self.add_error("contact_type", _t("This appointment type isn't offered that way."))
        self.find_people(said)
        return said

    def plan(self) -> Plan:
        """What was typed, as a plan."""
        said = self.cleaned_data
        starts_at = self.found_start
        at_a_site = said["contact_type"] != ContactType.TELEHEALTH
        return Plan(
            type=said["type"],
            contact_type=said["contact_type"],
            clinicians=tuple(self.leads),
            starts_at=starts_at,
            ends_at=starts_at + self.length,
            time_zone=self.shown_zone,
            site=said["site"] if at_a_site else None,
            notes=said["notes"],
        )


class EditForm(ScopeField, AppointmentForm):
    """The same for an appointment that is there, whose clients have their seats already."""

    notice = MOVED

    def __init__(
        self, *args: Any, appointment: Appointment, zone: str, repeats: bool = False, **kwargs: Any
    ) -> None:
        leads = _own_first(appointment.clinicians.all(), kwargs["actor"])
        seats = [seat.client_id for seat in appointment.seats.all() if seat.stands]
        now = _now(appointment, leads, zone) | {"client": seats, "was": seats}
        super().__init__(*args, zone=zone, initial=now, led_by=leads, **kwargs)
        self.needs_somebody = bool(self["was"].value())
        if not repeats:
            del self.fields["scope"]
        del self.fields["client_time_zone"]

    def plan_on(self, now: Plan) -> Plan:
        """All of it is asked for, so nothing is left of what stands now."""
        return self.plan()


def _own_first(leads: Iterable[Clinician], actor: Member) -> list[Clinician]:
    """Those who lead, whoever books in their own calendar before the others."""
    return sorted(leads, key=lambda one: one.pk != actor.clinician_id)


def _now(appointment: Appointment, leads: list[Clinician], zone: str) -> dict[str, Any]:
    wall = zones.wall_of(appointment.starts_at, zone)
    return {
        "clinician": leads[0].pk if leads else None,
        "type": appointment.type_id,
        "contact_type": appointment.contact_type,
        "site": appointment.site_id,
        "date": wall.date(),
        "start": wall.time(),
        # An appointment inside the fold keeps the hour it has.
        "fold": str(wall.fold) if zones.is_twice(wall.replace(tzinfo=None, fold=0), zone) else "",
        "minutes": appointment.minutes,
        "notes": appointment.notes,
        "version": appointment.version,
    }


class MoveForm(TellField, WhenForm):
    """Another day, time, length or clinician: all that dragging can do, by keyboard."""

    notice = MOVED

    clinician = forms.ModelChoiceField(
        Clinician.objects.none(),
        label=_("Clinician"),
        required=False,
        empty_label=None,
        widget=forms.Select({"class": "form-select"}),
    )

    def __init__(self, *args: Any, appointment: Appointment, actor: Member, zone: str, **kwargs: Any) -> None:
        leads = list(appointment.clinicians.all())
        super().__init__(*args, zone=zone, initial=_now(appointment, leads, zone), **kwargs)
        self.ask_to_tell(appointment.practice)
        for name in ("date", "start"):
            self.fields[name].widget.attrs["class"] = "form-control"
        if not self.is_bound:
            self.fields["date"].widget.attrs["autofocus"] = True
        self.fields["minutes"].widget.attrs["class"] = "form-select"
        self.purpose = purpose_of(plan_of(appointment))
        self.chosen = [seat.client for seat in appointment.seats.select_related("client") if seat.stands]
        self._ask_whose(leads, Clinician.objects.bookable_by(actor).select_related("practice"))

    def _ask_whose(self, leads: list[Clinician], bookable: Any) -> None:
        """Asked only where there is a choice: not of several who lead, nor by who books for one."""
        self.led_by, found = leads, list(bookable)
        if len(leads) != 1 or leads[0] not in found or len(found) < 2:
            del self.fields["clinician"]
        else:
            self.fields["clinician"].queryset = bookable  # type: ignore[attr-defined]

    def plan_on(self, now: Plan) -> Plan:
        """What stands now, at the time and with the clinician that were typed."""
        chosen = self.cleaned_data.get("clinician")
        leads = (chosen,) if chosen else now.clinicians
        start, zone = self.found_start, self.shown_zone
        return replace(now, clinicians=leads, time_zone=zone, starts_at=start, ends_at=start + self.length)

    @property
    def lead_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name == "clinician"]

    @property
    def leads(self) -> list[Clinician]:
        """Who would lead it, as far as the form is filled in."""
        chosen: Clinician | None = self.cleaned_data.get("clinician")
        return [chosen] if chosen else self.led_by

    @property
    def another_clinician(self) -> Clinician | None:
        """Whose it becomes, if somebody else's."""
        chosen: Clinician | None = self.cleaned_data.get("clinician")
        return None if chosen in self.led_by else chosen
