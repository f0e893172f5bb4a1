"""What is typed about a clinician's licenses and about emergency numbers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from holdspace.clients import phones, refusals
from holdspace.desk.forms.clients import BirthDateField, american
from holdspace.desk.forms.fields import Styled
from holdspace.practices import places
from holdspace.practices.models import EmergencyNumber, License


class NamedStateField(forms.ChoiceField):
    """A state by its full name: it is written on a paper, or told to somebody in a hurry."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("State"))
        super().__init__(choices=[("", _("Choose a state")), *places.STATES.items()], **kwargs)


class LicenseForm(Styled):
    kind = forms.ChoiceField(label=_("Kind"), choices=License.Kind.choices)
    state = NamedStateField(help_text=_("Where it was issued. For a privilege: the state it was given for."))
    number = forms.CharField(
        label=_("License number"), max_length=40, widget=forms.TextInput({"autocomplete": "off"})
    )
    title = forms.CharField(
        label=_("Title"), max_length=80, required=False, help_text=_("As it stands on the paper, like LCSW.")
    )
    expires_on = BirthDateField(
        label=_("Good until"), required=False, help_text=_("The last day: 03/31/2028")
    )

    @staticmethod
    def facts_of(license: License) -> dict[str, Any]:
        plain = {name: getattr(license, name) for name in ("kind", "state", "number", "title")}
        return plain | {"expires_on": american(license.expires_on)}


class EmergencyNumberForm(Styled):
    state = NamedStateField()
    place = forms.CharField(
        label=_("County or city"),
        max_length=80,
        required=False,
        help_text=_("Like Cook County. Leave it empty if the number is for all of the state."),
    )
    who = forms.CharField(
        label=_("Who answers"), max_length=80, help_text=_("Like 911 center, or mobile crisis team.")
    )
    number = forms.CharField(
        label=_("Phone number"),
        max_length=40,
        widget=forms.TextInput({"type": "tel", "autocomplete": "off"}),
        help_text=_("All ten digits: 911 itself reaches the wrong county from here."),
    )

    def clean_number(self) -> str:
        try:
            return phones.normal(self.cleaned_data["number"])
        except refusals.NotAPhoneNumber as no:
            raise forms.ValidationError(str(no.sentence)) from no

    @staticmethod
    def facts_of(number: EmergencyNumber) -> dict[str, str]:
        plain = {name: getattr(number, name) for name in ("state", "place", "who")}
        return plain | {"number": phones.shown(number.number)}
