"""Where the client said they are, written down by whoever asked them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from holdspace.desk.forms.fields import Styled
from holdspace.practices import places
from holdspace.scheduling.actions.where import LONGEST, Place
from holdspace.scheduling.models import Seat

STATES = [("", _("Choose a state")), (places.ABROAD, places.name_of(places.ABROAD)), *places.STATES.items()]
ALONE = {"yes": True, "no": False}


class ToldForm(Styled):
    lines = forms.CharField(
        label=_("Where they are"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 2, "autocomplete": "off"}),
        help_text=_("Street and city, as exactly as they say it."),
    )
    state = forms.ChoiceField(label=_("State"), choices=STATES)
    alone = forms.ChoiceField(
        label=_("Alone?"),
        required=False,
        choices=[("", _("Not asked")), ("yes", _("They are alone")), ("no", _("They are not alone"))],
    )

    @staticmethod
    def facts_of(seat: Seat) -> dict[str, Any]:
        """The place as last said; whether they are alone is asked anew."""
        return {"lines": seat.location, "state": seat.location_state}

    @property
    def place(self) -> Place:
        return Place(self.cleaned_data["lines"], self.cleaned_data["state"])

    @property
    def alone_said(self) -> bool | None:
        return ALONE.get(self.cleaned_data["alone"])
