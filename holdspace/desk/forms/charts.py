"""What is typed about the places and people on a client's chart."""

from dataclasses import fields
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from holdspace.clients import phones, refusals
from holdspace.clients.actions import Person, Role
from holdspace.clients.models import Address, Guardianship, Tie
from holdspace.desk.forms.clients import BirthDateField, LanguageField, american
from holdspace.desk.forms.fields import StateField, Styled


class AddressForm(Styled):
    label = forms.CharField(label=_("Name of the place"), max_length=40, help_text=_("Like Home or Work."))
    state = StateField(required=False)
    lines = forms.CharField(
        label=_("Address"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Street, city and ZIP code."),
    )
    usual = forms.BooleanField(label=_("The client is usually here"), required=False)

    @staticmethod
    def facts_of(address: Address) -> dict[str, Any]:
        return {name: getattr(address, name) for name in ("label", "state", "lines", "usual")}


class ContactForm(Styled):
    name = forms.CharField(label=_("Name"), max_length=120, widget=forms.TextInput({"autocomplete": "off"}))
    relation = forms.CharField(
        label=_("What they are to the client"),
        max_length=60,
        help_text=_("Like mother, partner or neighbor."),
    )
    phone = forms.CharField(
        label=_("Phone number"), max_length=40, required=False, widget=forms.TextInput({"type": "tel"})
    )
    email = forms.EmailField(label=_("E-mail address"), required=False)
    birth_date = BirthDateField(
        label=_("Date of birth"), required=False, help_text=_("Month, day, year: 03/09/1984")
    )
    language = LanguageField()
    emergency = forms.BooleanField(label=_("Call them in an emergency"), required=False)
    texts_agreed = forms.BooleanField(label=_("They agree to texts at this number"), required=False)
    voicemail_ok = forms.BooleanField(
        label=_("A message may be left on their answering machine"), required=False
    )
    email_ok = forms.BooleanField(label=_("E-mail may be sent to them"), required=False, initial=True)
    guardianship = forms.ChoiceField(
        label=_("Guardian"), choices=Guardianship.choices, required=False, widget=forms.RadioSelect
    )
    guardian_from = BirthDateField(label=_("Decides from"), required=False)
    guardian_until = BirthDateField(
        label=_("Decides until"), required=False, help_text=_("From this day on they no longer do.")
    )
    basis = forms.CharField(
        label=_("What it rests on"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Which order of which court, or how it was shown."),
    )

    @staticmethod
    def facts_of(tie: Tie) -> dict[str, Any]:
        contact = tie.contact
        same = {
            name: getattr(contact, name) for name in ("name", "email", "email_ok", "voicemail_ok", "language")
        }
        role = {field.name: getattr(tie, field.name) for field in fields(Role)}
        dates = {name: american(role[name]) for name in ("guardian_from", "guardian_until")}
        reach = {"phone": phones.shown(contact.phone), "texts_agreed": contact.may_text}
        return same | role | dates | reach | {"birth_date": american(contact.birth_date)}

    def clean_phone(self) -> str:
        said: str = self.cleaned_data["phone"]
        try:
            return phones.normal(said) if said.strip() else ""
        except refusals.NotAPhoneNumber as no:
            raise forms.ValidationError(str(no.sentence)) from no

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        begins, ends = said.get("guardian_from"), said.get("guardian_until")
        if begins and ends and ends <= begins:
            self.add_error("guardian_until", refusals.EndsBeforeItBegins.sentence)
        if said.get("texts_agreed") and said.get("phone") and not phones.can_take_texts(said["phone"]):
            self.add_error("phone", refusals.CannotTakeTexts.sentence)
        return said

    def person(self, agreed_by: str) -> Person:
        """Who they are; texts are agreed to on the word of whoever typed it."""
        said = {name: value for name, value in self.cleaned_data.items() if name in _PERSON}
        return Person(**said, texts_agreed_by=agreed_by if self.cleaned_data["texts_agreed"] else "")

    @property
    def role(self) -> Role:
        return Role(**{field.name: self.cleaned_data[field.name] for field in fields(Role)})


_PERSON = {field.name for field in fields(Person)}
