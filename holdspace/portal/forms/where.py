"""Where a client is right now: a place we know with a tap, or typed; and whether they are alone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from holdspace.clients.models import Address
from holdspace.practices import places
from holdspace.scheduling.actions.where import LONGEST, Place
from holdspace.scheduling.models import Seat

LAST, ELSE = "last", "else"
# What a browser says of where it is: latitude, longitude, and by how many meters that may be wrong.
POINT = re.compile(r"-?\d{1,2}(\.\d{1,6})?,-?\d{1,3}(\.\d{1,6})?,\d{1,7}")
STATES = [
    ("", _("Choose your state")),
    (places.ABROAD, _("Outside the United States")),
    *places.STATES.items(),
]


@dataclass(frozen=True)
class Choice:
    """A place that is said with a tap, by its key in the form."""

    key: str
    label: str | Promise
    place: Place

    @property
    def on_one_line(self) -> str:
        lines = [line.strip(" ,") for line in self.place.lines.splitlines()]
        return ", ".join(filter(None, [*lines, str(places.name_of(self.place.state))]))


def choices_of(saved: Sequence[Address], last: Place | None) -> list[Choice]:
    """Their places, the usual one first; then where they were last time, unless that is one of them."""
    found = [Choice(str(one.pk), one.label, Place(one.lines, one.state)) for one in saved]
    if last is None or any(_same(last, choice.place) for choice in found):
        return found
    return [*found, Choice(LAST, _("Where you were last time"), last)]


def _same(one: Place, other: Place) -> bool:
    return one.state == other.state and _words(one) == _words(other)


def _words(place: Place) -> list[str]:
    """What tells places apart, however somebody typed it."""
    return re.findall(r"\w+", place.lines.casefold())


class WhereForm(forms.Form):
    chosen = forms.ChoiceField(required=False)
    street = forms.CharField(max_length=160, required=False)
    city = forms.CharField(max_length=LONGEST - 160 - 1, required=False)
    state = forms.ChoiceField(choices=STATES, required=False)
    point = forms.CharField(max_length=40, required=False)
    alone = forms.ChoiceField(
        choices=[("yes", _("I am alone")), ("no", _("I am not alone"))],
        error_messages={"required": _("Tell us if anyone is with you.")},
    )

    def __init__(self, *args: Any, choices: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices = {one.key: one for one in choices}
        self.fields["chosen"].choices = [(key, key) for key in (*self.choices, ELSE)]  # type: ignore[attr-defined]

    @staticmethod
    def said_before(seat: Seat, saved: Sequence[Address], choices: Sequence[Choice]) -> dict[str, Any]:
        """What the page shows first: the answer already given for this seat, else their usual place.

        With no places of theirs on file it is where they were last time.
        """
        if not seat.location_ok_at:
            usual = not saved or saved[0].usual
            return {"chosen": (choices[0].key if usual else "") if choices else ELSE}
        alone = {None: "", True: "yes", False: "no"}[seat.alone]
        said = Place(seat.location, seat.location_state, seat.location_point)
        same = next((one for one in choices if one.place == said), None)
        street, _line, city = seat.location.partition("\n")
        typed = {"street": street, "city": city, "state": seat.location_state, "point": seat.location_point}
        return {"chosen": same.key, "alone": alone} if same else typed | {"chosen": ELSE, "alone": alone}

    def clean_point(self) -> str:
        """A point that makes no sense is no point: the words count."""
        said: str = self.cleaned_data["point"]
        return said if POINT.fullmatch(said) else ""

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        tapped = self.choices.get(said.get("chosen", ""))
        if tapped is None or self._typed:
            self._check_typed(said)
        elif not tapped.place.state:
            self.add_error("state", _("We don't know which state that is in. Choose it here."))
        return said

    def _check_typed(self, said: dict[str, Any]) -> None:
        if not (self._typed or said.get("point")):
            self.add_error("street", _("Write where you are: the street and the city."))
        if not said.get("state") and "state" not in self.errors:
            self.add_error("state", _("Choose your state, or “Outside the United States”."))

    @property
    def _typed(self) -> str:
        """What was typed counts, also where a place of theirs was still chosen: they took the trouble."""
        said = (str(self.cleaned_data.get(name, "")).strip() for name in ("street", "city"))
        return "\n".join(filter(None, said))

    @property
    def shows_else(self) -> bool:
        """Whether the fields to type in belong on the page from the start."""
        typing = bool(self.errors.keys() & {"street", "city", "state"})
        return typing or not self.choices or self["chosen"].value() == ELSE

    @property
    def place(self) -> Place:
        said = self.cleaned_data
        tapped = self.choices.get(said["chosen"])
        if tapped and not self._typed:
            return tapped.place
        return Place(self._typed, said["state"], said["point"])

    @property
    def is_alone(self) -> bool:
        return bool(self.cleaned_data["alone"] == "yes")
