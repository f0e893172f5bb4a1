"""*Tell the client*: ticked where the practice tells them anyway, and theirs to change who books or moves."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from holdspace.practices.models import Practice
from holdspace.scheduling.actions.notices import BOOKED, tells


class TellField(forms.Form):
    """The tick, and what of it was chosen against the practice's own way."""

    notice: ClassVar[str] = BOOKED

    tell_client = forms.BooleanField(
        label=_("Tell the client"),
        required=False,
        widget=forms.CheckboxInput({"class": "form-check-input"}),
    )

    def ask_to_tell(self, practice: Practice) -> None:
        self.initial["tell_client"] = tells(practice, self.notice)

    @property
    def tells(self) -> bool | None:
        """What somebody chose; None where it is what the practice does."""
        said: bool = self.cleaned_data["tell_client"]
        return None if said == self.initial["tell_client"] else said
