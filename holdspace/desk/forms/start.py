"""What a clinician heard, and how the form should reach the client."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from holdspace.clients.models import Tie
from holdspace.consents.spoke import SPOKE
from holdspace.consents.states import ASKED, TICKS, StateRule
from holdspace.desk.forms.whom import CLIENT, WhomForm
from holdspace.practices import places

OTHER = "other"
HOW = [("sms", _("SMS")), ("email", _("Email"))]


def states() -> list[tuple[str, str]]:
    """Every state by name; then what is none, and not knowing."""
    known = [(code, str(name)) for code, name in places.STATES.items()]
    return [*known, (places.ABROAD, str(places.name_of(places.ABROAD))), ("", str(_("Not known")))]


# What of the form says who answered.
WHOM = ("given_by", "giver", "relation", "keep_giver", "alone")


MORE = ("present_here", "interpreter", "interpreter_language", "another_way")


class VerbalForm(forms.Form):
    """Four things: what was done, who answered, where the client is, who else is there; more if need be."""

    version = forms.UUIDField(required=False, widget=forms.HiddenInput)
    ticks = forms.MultipleChoiceField(
        choices=list(TICKS.items()), required=False, label=_("Then tick what you did")
    )
    given_by = forms.ChoiceField(label=_("Who answered"))
    giver = forms.CharField(max_length=120, required=False, label=_("Their name"))
    relation = forms.CharField(max_length=60, required=False, label=_("What they are to the client"))
    keep_giver = forms.BooleanField(required=False)
    alone = forms.BooleanField(required=False)
    by = forms.ChoiceField(choices=list(SPOKE.items()), required=False, label=_("How you spoke"))
    location = forms.CharField(max_length=200, required=False, label=_("Where the client is now"))
    state = forms.ChoiceField(choices=states, required=False, label=_("State"))
    others_present = forms.CharField(max_length=300, required=False, label=_("Who else is there"))
    present_here = forms.CharField(max_length=300, required=False, label=_("Who else is with you"))
    interpreter = forms.CharField(max_length=120, required=False, label=_("Interpreter"))
    interpreter_language = forms.CharField(max_length=60, required=False, label=_("Into which language"))
    another_way = forms.CharField(max_length=200, required=False, label=_("Another way to reach them"))

    def __init__(self, *args: Any, guardians: Iterable[Tie] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.guardians = {str(tie.pk): tie for tie in guardians}
        known = [(key, f"{tie.contact.name}, {tie.relation}") for key, tie in self.guardians.items()]
        choices = [(CLIENT, _("The client")), *known, (OTHER, _("Somebody else, for the client"))]
        self.fields["given_by"].choices = choices  # type: ignore[attr-defined]  # of the base field

    def said(self) -> dict[str, Any]:
        """What was filled in, as the action takes it; of who answered only what belongs to the choice."""
        said = {name: value for name, value in self.cleaned_data.items() if name not in {"version", *WHOM}}
        return said | self._who()

    @property
    def says_more(self) -> bool:
        """Whether something stands in the part that is folded away."""
        return any(self[name].value() or self[name].errors for name in MORE)

    def _who(self) -> dict[str, Any]:
        said = self.cleaned_data
        tie = self.guardians.get(said["given_by"])
        if tie:
            return {"given_by": "guardian", "giver": tie.contact.name, "relation": tie.relation}
        if said["given_by"] == CLIENT:
            return {"given_by": CLIENT, "alone": said["alone"]}
        return {"given_by": "guardian"} | {name: said[name] for name in ("giver", "relation", "keep_giver")}


class AskForm(WhomForm):
    """By which channel, and what is still missing for it."""

    to = forms.ChoiceField(required=False, label=_("Who should answer it?"))
    alone = forms.BooleanField(required=False)
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


class AgainForm(forms.Form):
    """What was asked for this session, and the row that was looked at."""

    items = forms.MultipleChoiceField(choices=list(ASKED.items()), required=False, label=_("What you asked"))
    was = forms.UUIDField(required=False, widget=forms.HiddenInput)


class CorrectionForm(VerbalForm):
    """The same again as it really was, and what was wrong."""

    reason = forms.CharField(max_length=500, label=_("What was wrong with the entry"))

    def said(self) -> dict[str, Any]:
        """As the action takes it."""
        said = super().said()
        said.pop("keep_giver", None)
        return said
