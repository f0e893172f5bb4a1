"""What a client says to a form: the answer, the signature, and why not."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from holdspace.consents import deciding
from holdspace.consents.marks import LONGEST, Mark

WAYS = [("type", _("Type")), ("draw", _("Draw"))]


class AnswerForm(forms.Form):
    asked = forms.UUIDField()
    answer = forms.ChoiceField(choices=[("accept", _("I agree")), ("decline", _("I don't agree"))])


def asked_in(said: Mapping[str, Any]) -> UUID | None:
    """Which form a page is about; None where it doesn't say."""
    try:
        return UUID(str(said.get("asked", "")))
    except ValueError:
        return None


class SignForm(forms.Form):
    """Drawn or typed, equal; whoever signs for the client says who they are."""

    asked = forms.UUIDField()
    mark = forms.ChoiceField(choices=WAYS, label=_("How to sign"))
    name = forms.CharField(max_length=170, required=False, label=_("Your full name"))
    strokes = forms.CharField(max_length=LONGEST, required=False, label=_("Your signature"))
    width = forms.IntegerField(min_value=1, max_value=4999, required=False)
    height = forms.IntegerField(min_value=1, max_value=4999, required=False)
    meant = forms.BooleanField(
        label=_("This is my signature, and I mean to agree."),
        error_messages={"required": _("Tick this box: it says that you mean it.")},
    )
    relation = forms.CharField(max_length=60, required=False, label=_("I sign for them as their"))

    def __init__(self, *args: Any, for_them: bool = False, came: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Whether somebody else has to sign for the client: then we ask who that is.
        self.for_them = for_them
        # Who said on the way in that they came for the client.
        self.came = came

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        drawn = said.get("mark") == "draw"
        if drawn and self._lacks(said, "strokes"):
            self.add_error("strokes", _("Draw your signature in the box, or choose Type."))
        if not drawn and self._lacks(said, "name"):
            self.add_error("name", _("Type your full name here, or choose Draw."))
        self._check_who(said, drawn=drawn)
        return said

    def _check_who(self, said: dict[str, Any], *, drawn: bool) -> None:
        """Name and relation go together, so that nobody's name becomes the client's own signature."""
        alone = self._lacks(said, "relation")
        if drawn and (self.for_them or said.get("relation")) and self._lacks(said, "name"):
            self.add_error("name", _("Type your full name: it says whose signature this is."))
        if self.for_them and alone:
            self.add_error("relation", _("Write what you are to them, for example mother or guardian."))
        elif alone and not drawn and self.came and deciding.is_same(str(said.get("name", "")), self.came):
            self.add_error(
                "relation",
                _("You typed your own name. Write what you are to them, or have them type theirs."),
            )

    def _lacks(self, said: dict[str, Any], name: str) -> bool:
        return not str(said.get(name, "")).strip() and name not in self.errors

    def mark_of(self, full_name: str) -> Mark:
        """The signature as made; a drawing carries the name on file, a guardian's the one they typed."""
        said = self.cleaned_data
        name = said["name"].strip()
        if said["mark"] == "type":
            return Mark(name)
        signer = name if said["relation"] and name else full_name
        return Mark(signer, said["strokes"], said["width"] or 350, said["height"] or 176)


class ReasonForm(forms.Form):
    reason = forms.CharField(max_length=2000, required=False, label=_("Would you like to say why?"))
