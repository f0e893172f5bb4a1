"""What is said about a file that is to be imported."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from holdspace.desk.forms.fields import Styled
from holdspace.practices.models import Clinician, Practice
from holdspace.scheduling.models import AppointmentType, ContactType, Import


class ImportForm(Styled):
    what = forms.ChoiceField(label=_("What is in the file"), choices=Import.What.choices)
    clinician = forms.ModelChoiceField(
        Clinician.objects.none(),
        label=_("Clinician"),
        empty_label=_("As the file says"),
        required=False,
        help_text=_("For lines that name none. A calendar file needs one."),
    )
    type = forms.ModelChoiceField(
        AppointmentType.objects.none(),
        label=_("Appointment type"),
        empty_label=_("As the file says"),
        required=False,
        help_text=_("For lines that name none. A calendar file needs one."),
    )
    contact_type = forms.ChoiceField(label=_("Contact type"), choices=ContactType.choices)

    def __init__(self, *said: Any, practice: Practice, **more: Any) -> None:
        super().__init__(*said, **more)
        chosen: dict[str, Any] = {"clinician": Clinician, "type": AppointmentType}
        for name, model in chosen.items():
            field: Any = self.fields[name]
            field.queryset = model.objects.filter(practice=practice, active=True)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("what") == Import.What.CALENDAR:
            for name in ("clinician", "type"):
                if not said.get(name):
                    self.add_error(name, _("A calendar file says nothing about this: choose."))
        return said
