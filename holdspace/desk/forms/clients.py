"""What is typed about a client."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from holdspace.clients import phones, queries, refusals
from holdspace.clients.languages import ENGLISH, LANGUAGES
from holdspace.clients.models import Client
from holdspace.desk.forms.fields import StateField, Styled, ZoneField


class BirthDateField(forms.CharField):
    """A date as Americans write it."""

    def clean(self, value: Any) -> date | None:
        said = super().clean(value)
        found = queries.read_date(said) if said else None
        if said and found is None:
            raise forms.ValidationError(_("Write it like 03/09/1984."))
        return found


def american(day: date | None) -> str:
    """The date as it is typed here: 03/09/1984."""
    return day.strftime("%m/%d/%Y") if day else ""


class LanguageField(forms.ChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Language"))
        super().__init__(choices=list(LANGUAGES.items()), initial=ENGLISH, required=False, **kwargs)

    def clean(self, value: Any) -> str:
        return super().clean(value) or ENGLISH


class ClientForm(Styled):
    first_name = forms.CharField(
        label=_("First name"), max_length=80, widget=forms.TextInput({"autocomplete": "off"})
    )
    last_name = forms.CharField(
        label=_("Last name"), max_length=80, widget=forms.TextInput({"autocomplete": "off"})
    )
    called = forms.CharField(label=_("Likes to be called"), max_length=80, required=False)
    pronouns = forms.CharField(label=_("Pronouns"), max_length=40, required=False)
    birth_date = BirthDateField(
        label=_("Date of birth"), required=False, help_text=_("Month, day, year: 03/09/1984")
    )
    language = LanguageField()
    time_zone = ZoneField()
    state = StateField(required=False)

    @staticmethod
    def facts_of(client: Client) -> dict[str, Any]:
        facts = {
            name: getattr(client, name)
            for name in ("first_name", "last_name", "called", "pronouns", "language", "time_zone", "state")
        }
        return facts | {"birth_date": american(client.birth_date)}

    @property
    def looked_for(self) -> dict[str, Any]:
        """What says whether somebody alike is on file."""
        said = self.cleaned_data
        return {
            "first_name": said["first_name"],
            "last_name": said["last_name"],
            "birth_date": said["birth_date"],
            "phone": "",
        }


class PhoneForm(Styled):
    phone = forms.CharField(label=_("Phone number"), max_length=40, widget=forms.TextInput({"type": "tel"}))
    agreed = forms.ChoiceField(
        label=_("Client agrees to texts at this number"),
        choices=[
            ("", _("No, for calls only")),
            ("client", _("Yes, the client wrote or ticked it")),
            ("staff", _("Yes, the client told me")),
        ],
        required=False,
    )

    def clean_phone(self) -> str:
        said: str = self.cleaned_data["phone"]
        try:
            return phones.normal(said)
        except refusals.NotAPhoneNumber as no:
            raise forms.ValidationError(str(no.sentence)) from no


class EmailForm(Styled):
    email = forms.EmailField(label=_("E-mail address"))


class AllowForm(Styled):
    """What the client allows each way, on somebody's word."""

    texts = forms.BooleanField(label=_("Texts to this number"), required=False)
    agreed = forms.ChoiceField(
        label=_("If texts are new: who said so?"),
        choices=[("staff", _("The client told me")), ("client", _("The client wrote or ticked it"))],
        required=False,
    )
    voicemail_ok = forms.BooleanField(label=_("A message on the answering machine"), required=False)
    email_ok = forms.BooleanField(label=_("E-mail to this address"), required=False)
