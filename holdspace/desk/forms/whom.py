"""Whom a message is for: the client, or somebody who decides for them."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from holdspace.clients.models import Tie

CLIENT = "client"


class WhomForm(forms.Form):
    """Begins a form whose answer goes to one of them; without guardians there is nothing to choose."""

    to = forms.ChoiceField(required=False, label=_("Who should get it?"))

    def __init__(self, *args: Any, guardians: Iterable[Tie] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.guardians = {str(tie.contact_id): tie for tie in guardians}
        choices = [(CLIENT, ""), *((key, tie.contact.name) for key, tie in self.guardians.items())]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]  # of the base field

    @property
    def guardian(self) -> Tie | None:
        """The guardian it goes to, where it isn't the client; also of a form that is only shown."""
        return self.guardians.get(str(self["to"].value()))
