"""What a clinician heard, and how the form should reach the client."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from holdspace.consents.states import TICKS, StateRule
from holdspace.practices import places

# Whoever isn't the client answers for them: who that is, is on the record.
WHO = {
    "client": _("The client"),
    "mother": _("Their mother"),
    "father": _("Their father"),
    "guardian": _("Their legal guardian"),
    "representative": _("Somebody with power of attorney"),
}
HOW = [("sms", _("SMS")), ("email", _("Email"))]


def states() -> list[tuple[str, str]]:
    """Every state by name; then what is none, and not knowing."""
    known = [(code, str(name)) for code, name in places.STATES.items()]
    return [*known, (places.ABROAD, str(places.name_of(places.ABROAD))), ("", str(_("Not known")))]


class VerbalForm(forms.Form):
    """Four things: what was done, who answered, where the client is, who else is there."""

    version = forms.UUIDField(required=False, widget=forms.HiddenInput)
    ticks = forms.MultipleChoiceField(
        choices=list(TICKS.items()), required=False, label=_("Then tick what you did")
    )
    given_by = forms.ChoiceField(choices=list(WHO.items()), label=_("Who answered"))
    location = forms.CharField(max_length=200, required=False, label=_("Where the client is now"))
    state = forms.ChoiceField(choices=states, required=False, label=_("State"))
    others_present = forms.CharField(max_length=300, required=False, label=_("Who else is there"))

    def said(self) -> dict[str, Any]:
        """What was filled in, as the action takes it."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        who = said.pop("given_by")
        if who == "client":
            return said | {"given_by": who}
        return said | {"given_by": "guardian", "relation": str(WHO[who])}


class AskForm(forms.Form):
    """By which channel, and what is still missing for it."""

    how = forms.ChoiceField(choices=HOW, label=_("How should it reach them?"))
    phone = forms.CharField(max_length=40, required=False, label=_("Mobile number"))
    email = forms.CharField(max_length=254, required=False, label=_("Email address"))
    texts_agreed = forms.BooleanField(required=False, label=_("Client agrees to texts at this number"))

    @property
    def new_address(self) -> str:
        """What was typed for the chosen way; nothing for the other."""
        said = self.cleaned_data
        return str(said["phone" if said["how"] == "sms" else "email"]).strip()


def checklist(rule: StateRule, name: str, ticked: list[str]) -> list[dict[str, Any]]:
    """The ticks as the page shows them, with the client's name in the words."""
    return [
        {
            "key": key,
            "words": str(TICKS[key]) % {"name": name} if "%(" in str(TICKS[key]) else TICKS[key],
            "must": key in rule.must_tick,
            "ticked": key in ticked,
        }
        for key in rule.ticks
    ]
