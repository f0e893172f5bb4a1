"""Who leads an appointment: one clinician, or several, each in a field of their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from holdspace.practices.models import Clinician

if TYPE_CHECKING:
    from holdspace.kit.actor import Member

MOST = 6
ADD = "lead"


class LeadFields(forms.Form):
    """**Clinician**, and who leads it with them: `clinician_2`, `clinician_3`, as many as are asked for."""

    actor: Member

    clinician = forms.ModelChoiceField(
        Clinician.objects.none(),
        label=_("Clinician"),
        empty_label=None,
        error_messages={"required": _("Choose a clinician.")},
    )

    def ask_who_leads(self, now: Sequence[Clinician] = ()) -> None:
        """Only whom this person may book for comes first; any colleague may be asked along.

        Whoever leads it `now` can be kept by anybody who changes it.
        """
        kept = Q(pk__in=[one.pk for one in now])
        field: Any = self.fields["clinician"]
        field.queryset = _these(Q(pk__in=Clinician.objects.bookable_by(self.actor).values("pk")) | kept)
        colleagues = _these(Q(pk__in=Clinician.objects.colleagues_of(self.actor).values("pk")) | kept)
        for number in range(2, self._how_many(now) + 1):
            self._ask_another(number, colleagues)
            self.initial.setdefault(f"clinician_{number}", now[number - 1].pk if number <= len(now) else None)
        self.may_add_lead = len(self.lead_fields) < min(MOST, len(colleagues))

    def _how_many(self, now: Sequence[Clinician]) -> int:
        posted = [n for n in range(2, MOST + 1) if f"clinician_{n}" in self.data]
        more = 1 if self.data.get("do") == ADD else 0
        return min((max(posted, default=1) if self.is_bound else max(len(now), 1)) + more, MOST)

    def _ask_another(self, number: int, colleagues: QuerySet[Clinician]) -> None:
        field = forms.ModelChoiceField(
            colleagues,
            label=_t("Clinician %(n)s") % {"n": number},
            required=False,
            empty_label=_t("Nobody else"),
            widget=forms.Select({"class": "form-select"}),
        )
        if self.data.get("do") == ADD and number == self._how_many(()):
            field.widget.attrs["autofocus"] = True
        self.fields[f"clinician_{number}"] = field

    @property
    def lead_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("clinician")]

    @property
    def leads(self) -> list[Clinician]:
        """Everybody who was chosen, each once, as far as the form is filled in."""
        said = [self.cleaned_data.get(name) for name in self.fields if name.startswith("clinician")]
        return list(dict.fromkeys(one for one in said if one))


def _these(which: Q) -> QuerySet[Clinician]:
    return Clinician.objects.filter(which).select_related("practice")
