"""Who they say they are, and where to send a lost link."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

import phonenumbers
from django import forms
from django.utils.translation import gettext_lazy as _

from holdspace.clients import names
from holdspace.clients.models import Tie
from holdspace.consents import deciding
from holdspace.consents.deciding import LONGEST_NAME, LONGEST_RELATION
from holdspace.portal.forms.birth_dates import read_date
from holdspace.scheduling.models import Came

# What a mail or a phone's keyboard puts between the figures of a code.
BETWEEN = re.compile(r"[\s\-\u2010-\u2015]+")
CODE = re.compile(r"\d{6}")

UNSAID = _("If you are a parent or guardian, we need your name and what you are to them.")
TWO_WAYS = _(
    "You chose “The person it is for”, and filled in what a parent or guardian does. "
    "Choose “Their parent or guardian”, or leave name and relation empty."
)
NO_RELATION = _("You wrote your name. Write what you are to them too, like mother or guardian.")
NO_NAME = _("You wrote what you are to them. Write your own full name too.")


class WhoForm(forms.Form):
    """A birth date in one field as people write it, or in three; a code; or the full name.

    What can't be read as an answer at all is no try: neither a scanner's nonsense nor a slip of the finger
    locks anybody out.
    """

    born = forms.CharField(max_length=40, required=False, label=_("Date of birth"))
    month = forms.IntegerField(min_value=1, max_value=12, required=False, label=_("Month"))
    day = forms.IntegerField(min_value=1, max_value=31, required=False, label=_("Day"))
    year = forms.IntegerField(min_value=1900, max_value=2100, required=False, label=_("Year"))
    full_name = forms.CharField(max_length=170, required=False, label=_("Your full name"))
    here = forms.ChoiceField(
        choices=[("client", _("The person it is for")), ("guardian", _("Their parent or guardian"))],
        required=False,
        label=_("Who is here?"),
    )
    your_name = forms.CharField(max_length=LONGEST_NAME, required=False, label=_("Your own full name"))
    relation = forms.CharField(max_length=LONGEST_RELATION, required=False, label=_("What are you to them?"))
    code = forms.CharField(max_length=12, required=False, label=_("The code we sent you"))

    @property
    def birth_date(self) -> date | None:
        """The date that was typed, if it is one; in three fields, where those were used."""
        said = self._said
        if any(self.data.get(name) for name in ("month", "day", "year")):
            try:
                return date(said["year"], said["month"], said["day"])
            except (KeyError, TypeError, ValueError):
                return None
        return read_date(str(said.get("born", "")))

    @property
    def unclear(self) -> str:
        """What it doesn't say of who is here, or says two ways; empty where one thing is said.

        It goes by what was typed alone: a sentence that knew the chart would give its names away.
        """
        here, named, tied = self._said.get("here"), self.your_name_said, self.relation_said
        if here == "client":
            return str(TWO_WAYS) if named or tied else ""
        if here != "guardian" or not (named or tied):
            return str(UNSAID)
        return "" if named and tied else str(NO_RELATION if named else NO_NAME)

    @property
    def relation_said(self) -> str:
        return str(self._said.get("relation", "")).strip()

    @property
    def your_name_said(self) -> str:
        return " ".join(str(self._said.get("your_name", "")).split())

    def came(self, guardians: Iterable[Tie]) -> Came:
        """Who is here; a guardian's name is looked for among those on the chart."""
        if self._said.get("here") != "guardian":
            return Came()
        tie = deciding.on_file(self.your_name_said, guardians)
        contact = str(tie.contact_id) if tie else ""
        return Came(self.your_name_said, self.relation_said, contact)

    @property
    def full_name_said(self) -> str:
        """The name that was typed, if it can be a whole one."""
        said = " ".join(str(self._said.get("full_name", "")).split())
        return said if names.is_whole(said) else ""

    @property
    def code_said(self) -> str:
        """The six figures that were typed, grouped in any way and of any script; nothing else is a code."""
        figures = BETWEEN.sub("", str(self._said.get("code", "")))
        return f"{int(figures):06}" if CODE.fullmatch(figures) else ""

    @property
    def _said(self) -> dict[str, Any]:
        return getattr(self, "cleaned_data", {})

    @property
    def answer(self) -> dict[str, Any]:
        """What was said, as far as it is an answer to anything."""
        return {"birth_date": self.birth_date, "full_name": self.full_name_said, "code": self.code_said}


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
