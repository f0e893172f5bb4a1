"""Setting up an empty installation: the code, the practice, its owner."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from holdspace.accounts.models import User
from holdspace.desk.forms.fields import StateField, Styled, ZoneField
from holdspace.practices.models import SLUG


class SetupForm(Styled):
    code = forms.CharField(
        label=_("Set-up code"),
        max_length=40,
        help_text=_("Printed in the terminal where Holdspace was started."),
    )
    practice_name = forms.CharField(label=_("Name of the practice"), max_length=120)
    shown_name = forms.CharField(
        label=_("Name as clients see it"),
        max_length=60,
        help_text=_("In messages too. It may say less than the full name."),
    )
    slug = forms.CharField(
        label=_("Address part"),
        max_length=40,
        validators=[SLUG],
        help_text=_("In every link, so nothing clinical: willow, not willow-therapy."),
    )
    phone = forms.CharField(label=_("Phone number for clients"), max_length=32, required=False)
    time_zone = ZoneField()
    state = StateField(required=False)
    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("Your e-mail address"), widget=forms.EmailInput({"autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text=_("At least 12 characters."),
    )
    also_clinician = forms.BooleanField(label=_("I also see clients"), required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("password"):
            try:
                validate_password(
                    said["password"], User(email=said.get("email", ""), name=said.get("name", ""))
                )
            except forms.ValidationError as weak:
                self.add_error("password", weak)
        return said

    @property
    def said(self) -> dict[str, Any]:
        """The words of `set_up`."""
        given = self.cleaned_data
        practice = {name: given[name] for name in ("shown_name", "slug", "phone", "time_zone", "state")}
        person = {name: given[name] for name in ("code", "name", "email", "password", "also_clinician")}
        return {"practice": practice | {"name": given["practice_name"]}, **person}
