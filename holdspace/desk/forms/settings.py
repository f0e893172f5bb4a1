"""What is typed in Settings."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from holdspace.desk.forms.fields import StateField, Styled, ZoneField
from holdspace.practices.models import SLUG, Practice
from holdspace.practices.roles import NAMES
from holdspace.scheduling.models import ContactType

MINUTES = [
    (15, _("15 minutes")),
    (30, _("30 minutes")),
    (60, _("60 minutes")),
    (120, _("2 hours")),
    (240, _("4 hours")),
    (480, _("8 hours")),
]
HUES = [(1, _("Spruce")), (2, _("Plum")), (3, _("Ochre")), (4, _("Slate")), (5, _("Rose"))]
HOURS = [(hour, f"{hour % 12 or 12}:00 {'AM' if hour % 24 < 12 else 'PM'}") for hour in range(25)]


def whole(choices: Sequence[tuple[int, Any]], **kwargs: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(choices=choices, coerce=int, **kwargs)


class PracticeForm(Styled):
    name = forms.CharField(label=_("Name of the practice"), max_length=120)
    shown_name = forms.CharField(
        label=_("Name as clients see it"),
        max_length=60,
        help_text=_("In messages too. It may say less than the full name."),
    )
    slug = forms.CharField(
        label=_("Address part"),
        max_length=40,
        validators=[SLUG],
        help_text=_("In every link. Links already sent stop working if you change it."),
    )
    phone = forms.CharField(label=_("Phone number for clients"), max_length=32, required=False)
    time_zone = ZoneField()
    state = StateField(required=False)
    day_starts = whole(HOURS[:-1], label=_("Working day starts"))
    day_ends = whole(HOURS[1:], label=_("Working day ends"))
    cancellation_hours = forms.IntegerField(
        label=_("A cancellation is late within"),
        min_value=0,
        max_value=168,
        help_text=_("Hours before the start."),
    )
    initials_only = forms.BooleanField(label=_("Show only clients' initials in the calendar"), required=False)
    clinicians_see_all = forms.BooleanField(label=_("Clinicians see each other's calendars"), required=False)
    notice_booked = forms.BooleanField(label=_("Tell clients when they are booked"), required=False)
    notice_moved = forms.BooleanField(label=_("Tell clients when an appointment changes"), required=False)
    notice_cancelled = forms.BooleanField(
        label=_("Tell clients when an appointment is cancelled"),
        required=False,
        help_text=_(
            "By e-mail with a calendar file, or else by text where the client agreed to texts. "
            "Whoever books, moves or cancels can decide otherwise each time."
        ),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("day_starts", 0) >= said.get("day_ends", 24):
            self.add_error("day_ends", _("The day ends after it starts."))
        return said


class TelehealthForm(Styled):
    identity_by = forms.ChoiceField(
        label=_("How clients show who they are"), choices=Practice.Identity.choices
    )
    join_before_minutes = whole(MINUTES, label=_("Join opens before the start"))
    join_after_minutes = whole(MINUTES, label=_("Join closes after the end"))
    licensing = forms.ChoiceField(
        label=_("If a clinician has no license where the client is"), choices=Practice.Licensing.choices
    )
    reconnect_plan = forms.CharField(
        label=_("If the video fails"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("On the emergency card. Left empty: try again for a minute, then go on by phone."),
    )


class MemberForm(Styled):
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=list(NAMES.items()), widget=forms.CheckboxSelectMultiple
    )


class InviteForm(MemberForm):
    field_order: Sequence[str] = ("name", "email", "roles")
    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail address"))


class ChangeMemberForm(MemberForm):
    active = forms.BooleanField(label=_("Works here"), required=False)


class TypeForm(Styled):
    name = forms.CharField(label=_("Name"), max_length=60)
    minutes = forms.IntegerField(
        label=_("Duration in minutes"), validators=[MinValueValidator(5), MaxValueValidator(480)]
    )
    hue = whole(HUES, label=_("Color"))
    contact_types = forms.MultipleChoiceField(
        label=_("Contact types"), choices=ContactType.choices, widget=forms.CheckboxSelectMultiple
    )
    places = forms.IntegerField(
        label=_("Places"),
        min_value=1,
        max_value=40,
        initial=1,
        help_text=_(
            "How many clients one appointment can have: 2 for a couple, more for a family or a group."
        ),
    )
    is_group = forms.BooleanField(
        label=_("A group"), required=False, help_text=_("The calendar shows its name and how many come.")
    )
    active = forms.BooleanField(label=_("Can be booked"), required=False, initial=True)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("is_group") and said.get("places") == 1:
            self.add_error("places", _("A group has at least two places."))
        return said


class SiteForm(Styled):
    name = forms.CharField(label=_("Name"), max_length=80)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    open = forms.BooleanField(label=_("Open"), required=False, initial=True)
