"""New client, without leaving the appointment form: added with the appointment, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from holdspace.clients import phones, queries
from holdspace.clients.actions import BY_CLIENT, address
from holdspace.clients.models import Client
from holdspace.clients.refusals import CannotTakeTexts
from holdspace.kit.refusals import Refusal

if TYPE_CHECKING:
    from holdspace.kit.actor import Member

SOMEBODY_ELSE = "other"


class NewcomerFields(forms.Form):
    """Somebody who isn't on file yet; who looks like somebody who is, is asked about first."""

    actor: Member

    first_name = forms.CharField(label=_("First name"), required=False, max_length=80)
    last_name = forms.CharField(label=_("Last name"), required=False, max_length=80)
    birth_date = forms.DateField(
        label=_("Date of birth"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    phone = forms.CharField(label=_("Phone number"), required=False, max_length=40)
    texts_agreed = forms.BooleanField(label=_("Client agrees to texts at this number"), required=False)
    email = forms.CharField(label=_("E-mail address"), required=False, max_length=254)
    # The answer to "is it one of these?": a client's id, or somebody else.
    same = forms.CharField(required=False, max_length=36)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.alike: list[Client] = []
        self.newcomer: dict[str, Any] | None = None
        # On file after all: the one that was pointed at.
        self.known_after_all: Client | None = None

    @property
    def is_new(self) -> bool:
        """Whether somebody began to fill in *New client*."""
        return any(self[name].value() for name in ("first_name", "last_name", "birth_date", "phone", "email"))

    def find_newcomer(self, said: dict[str, Any]) -> None:
        """The person who was typed, or what is wrong at its field."""
        for name in ("first_name", "last_name"):
            if not said.get(name):
                self.add_error(name, _t("A client needs a first and a last name."))
        person: dict[str, Any] = {name: said.get(name) for name in ("first_name", "last_name", "birth_date")}
        person["phone"] = self._phone(said)
        person["email"] = said.get("email", "")
        self._check_email(person["email"])
        if said.get("texts_agreed") and person["phone"]:
            person["texts_agreed_by"] = self.actor.name or BY_CLIENT
        if not self.errors:
            self._offer_the_existing(person, said.get("same", ""))

    def _offer_the_existing(self, person: dict[str, Any], same: str) -> None:
        facts = {name: person[name] for name in ("first_name", "last_name", "birth_date", "phone")}
        self.alike = queries.alike(self.actor, **facts)
        if self.alike and same != SOMEBODY_ELSE:
            self.known_after_all = next((one for one in self.alike if str(one.pk) == same), None)
            if self.known_after_all is None:
                self.add_error("first_name", _t("Somebody like this is on file. Is it one of them?"))
            return
        self.newcomer = person

    def _phone(self, said: dict[str, Any]) -> str:
        raw = said.get("phone", "")
        try:
            phone = phones.normal(raw) if raw else ""
            if phone and said.get("texts_agreed") and not phones.can_take_texts(phone):
                raise CannotTakeTexts
        except Refusal as no:
            self.add_error("phone", str(no.sentence))
            return ""
        return phone

    def _check_email(self, raw: str) -> None:
        try:
            if raw:
                address(raw)
        except Refusal as no:
            self.add_error("email", str(no.sentence))
