"""Who the appointment is for: somebody on file, found as one types, or somebody new."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from holdspace.clients import phones, queries
from holdspace.clients.actions import BY_CLIENT, address
from holdspace.clients.models import Client
from holdspace.clients.refusals import CannotTakeTexts
from holdspace.desk.forms.appointments import AppointmentForm
from holdspace.desk.forms.repeats import RepeatFields
from holdspace.kit.refusals import Refusal

SOMEBODY_ELSE = "other"


class BookingForm(RepeatFields, AppointmentForm):
    """The appointment form for a new appointment."""

    client_text = forms.CharField(label=_("Client"), required=False, max_length=120)
    client = forms.CharField(required=False, max_length=36)
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
        self.matches: list[Client] = []
        self.alike: list[Client] = []
        self.chosen: Client | None = self._known(str(self.initial.get("client", "")))
        self.newcomer: dict[str, Any] | None = None

    def chosen_clients(self) -> list[Client]:
        """Whose other appointments count while somebody looks for a free time."""
        return [self.chosen] if self.chosen else []

    @property
    def is_new(self) -> bool:
        """Whether somebody began to fill in *New client*."""
        return any(self[name].value() for name in ("first_name", "last_name", "birth_date", "phone", "email"))

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("client"):
            self.chosen = self._known(said["client"])
        if self.chosen is None and self.is_new:
            self._clean_newcomer(said)
        elif self.chosen is None:
            self._find(said.get("client_text", ""))
        if self.starts_at:
            self.find_repeat(datetime.combine(said["date"], said["start"]))
        return said

    def _known(self, pk: str) -> Client | None:
        try:
            return Client.objects.visible_to(self.actor).filter(pk=UUID(pk)).first()
        except ValueError:
            return None

    def _find(self, words: str) -> None:
        """Typed, not chosen: take the only one it fits, else show those it may be."""
        self.matches = queries.search(self.actor, words)
        if len(self.matches) == 1:
            self.chosen = self.matches[0]
        elif self.matches:
            self.add_error("client_text", _t("Choose who it is."))
        elif words:
            self.add_error(
                "client_text", _t("Nobody on file fits. Look at the spelling, or add a new client.")
            )
        else:
            self.add_error("client_text", _t("Choose a client, or add a new one."))

    def _clean_newcomer(self, said: dict[str, Any]) -> None:
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
            self.chosen = self._known(same)
            if self.chosen is None:
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
