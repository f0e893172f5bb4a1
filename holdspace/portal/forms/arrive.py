"""Who they say they are, and where to send a lost link."""

from datetime import date
from typing import Any

import phonenumbers
from django import forms
from django.utils.translation import gettext_lazy as _


class WhoForm(forms.Form):
    """A birth date in three fields, in the order they are said; or the full name where none is on file."""

    month = forms.IntegerField(min_value=1, max_value=12, required=False, label=_("Month"))
    day = forms.IntegerField(min_value=1, max_value=31, required=False, label=_("Day"))
    year = forms.IntegerField(min_value=1900, max_value=2100, required=False, label=_("Year"))
    full_name = forms.CharField(max_length=170, required=False, label=_("Your full name"))
    code = forms.CharField(max_length=12, required=False, label=_("The code we sent you"))

    @property
    def birth_date(self) -> date | None:
        """The date that was typed, if it is one."""
        said: dict[str, Any] = getattr(self, "cleaned_data", {})
        try:
            return date(said["year"], said["month"], said["day"])
        except (KeyError, TypeError, ValueError):
            return None

    @property
    def said_name(self) -> str:
        return str(getattr(self, "cleaned_data", {}).get("full_name", ""))

    @property
    def said_code(self) -> str:
        return str(getattr(self, "cleaned_data", {}).get("code", ""))


class ReachForm(forms.Form):
    reach = forms.CharField(max_length=200, label=_("Your mobile number or e-mail"))

    def clean_reach(self) -> str:
        """E.164 for a number, the address as it is otherwise; never an error: the answer is neutral."""
        said: str = self.cleaned_data["reach"].strip()
        if "@" in said:
            return said.lower()
        try:
            return phonenumbers.format_number(
                phonenumbers.parse(said, "US"), phonenumbers.PhoneNumberFormat.E164
            )
        except phonenumbers.NumberParseException:
            return said
