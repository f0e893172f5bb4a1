"""How the link should reach the client, and what became of the appointment."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from holdspace.desk.forms.whom import WhomForm
from holdspace.scheduling.models import Seat, SeatStatus

WAYS = [("sms", _("SMS")), ("email", _("Email")), ("copy", _("Copy link")), ("portal", _("In portal"))]
OUTCOMES = [SeatStatus.OCCURRED, SeatStatus.NO_SHOW, SeatStatus.LATE_CANCELLATION, SeatStatus.CANCELLED]


class SendForm(WhomForm):
    how = forms.ChoiceField(choices=WAYS, widget=forms.RadioSelect, label=_("How should it reach them?"))
    phone = forms.CharField(max_length=40, required=False, label=_("Mobile number"))
    email = forms.EmailField(max_length=254, required=False, label=_("Email address"))
    texts_agreed = forms.BooleanField(required=False, label=_("Client agrees to texts at this number"))

    @property
    def new_address(self) -> str:
        """What was typed for the chosen way; nothing for the other ways."""
        said = self.cleaned_data
        return str(said.get({"sms": "phone", "email": "email"}.get(said["how"], ""), "") or "")


class EndForm(forms.Form):
    """One outcome a seat: *Occurred* unless somebody says otherwise."""

    reason = forms.CharField(max_length=500, required=False, label=_("Reason"))

    def __init__(self, *args: Any, seats: list[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = seats
        for seat in seats:
            self.fields[f"outcome-{seat.pk}"] = forms.ChoiceField(
                choices=[(outcome.value, outcome.label) for outcome in OUTCOMES],
                initial=SeatStatus.OCCURRED.value,
                widget=forms.RadioSelect,
                label=_("What became of this appointment?"),
            )

    def outcome_fields(self) -> list[forms.BoundField]:
        return [self[f"outcome-{seat.pk}"] for seat in self.seats]

    @property
    def outcomes(self) -> dict[UUID, str]:
        return {seat.pk: self.cleaned_data[f"outcome-{seat.pk}"] for seat in self.seats}
