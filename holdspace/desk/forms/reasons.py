"""The reasons a practice offers, a list for each status that isn't held."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from holdspace.desk.forms.fields import Styled
from holdspace.scheduling.models import SeatStatus
from holdspace.scheduling.reasons import Offered

MOST, LONGEST = 12, 80


class LinesField(forms.CharField):
    """A few short lines; empty ones and repeats are left out."""

    def clean(self, value: Any) -> list[str]:
        said = dict.fromkeys(" ".join(line.split()) for line in super().clean(value).splitlines())
        lines = [line for line in said if line]
        if len(lines) > MOST:
            raise forms.ValidationError(_("Twelve reasons fit, no more."))
        if any(len(line) > LONGEST for line in lines):
            raise forms.ValidationError(_("A reason has 80 characters at most."))
        return lines


class ReasonsForm(Styled):
    def __init__(self, *args: Any, offered: Mapping[str, Offered], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.statuses = list(offered)
        for status, one in offered.items():
            label = SeatStatus(status).label
            self.fields[f"words_{status}"] = LinesField(
                label=label,
                required=False,
                max_length=2000,
                initial="\n".join(one.words),
                widget=forms.Textarea({"rows": 5, "class": "form-control"}),
            )
            self.fields[f"required_{status}"] = forms.BooleanField(
                label=_("%(status)s needs a reason") % {"status": label},
                required=False,
                initial=one.required,
                widget=forms.CheckboxInput({"class": "form-check-input"}),
            )

    @property
    def said(self) -> list[Offered]:
        """Only of a valid form."""
        said = self.cleaned_data
        return [Offered(one, said[f"words_{one}"], said[f"required_{one}"]) for one in self.statuses]
