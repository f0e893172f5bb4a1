"""What a practice goes by in a state."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from holdspace.consents.models import Renewal
from holdspace.consents.states import ASKED, StateRule
from holdspace.desk.forms.clients import BirthDateField, american
from holdspace.desk.forms.fields import Styled

SPOKEN = [("yes", _("Spoken consent, if it is written down")), ("no", _("A signature"))]
WORDS = {
    "location": _("Where the client is"),
    "identity": _("Who the client is: name and date of birth"),
    "present": _("Whether anyone else is in the room"),
    "contact": _("Another way to reach the client"),
}


class RuleForm(Styled):
    was = forms.IntegerField(widget=forms.HiddenInput)
    verbal_enough = forms.ChoiceField(label=_("What is enough"), choices=SPOKEN, widget=forms.RadioSelect)
    ask_each_session = forms.MultipleChoiceField(
        label=_("To be asked each time"),
        choices=[(key, WORDS[key]) for key in ASKED],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    renewal = forms.ChoiceField(
        label=_("To be renewed"),
        choices=Renewal.choices,
        help_text=_("The form's own renewal counts where it comes round sooner."),
    )
    checked = BirthDateField(label=_("Looked up on"), help_text=_("Month, day, year: 11/01/2026"))
    source = forms.CharField(
        label=_("Where the rule stands"),
        max_length=300,
        widget=forms.TextInput({"type": "url", "autocomplete": "off"}),
        help_text=_("The address of the page: statute, rule or board."),
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Shown on the start screen."),
    )

    @staticmethod
    def facts_of(rule: StateRule) -> dict[str, Any]:
        return {
            "was": rule.version,
            "verbal_enough": "yes" if rule.verbal_enough else "no",
            "renewal": rule.renewal,
            "ask_each_session": list(rule.ask_each_session),
            "checked": american(rule.checked),
            "source": rule.source,
            "note": rule.note,
        }

    @property
    def said(self) -> dict[str, Any]:
        return self.cleaned_data | {"verbal_enough": self.cleaned_data["verbal_enough"] == "yes"}
