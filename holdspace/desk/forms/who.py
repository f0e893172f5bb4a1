"""Who an appointment is for: people on file, found as one types, somebody new, one or as many as fit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from holdspace.clients import queries
from holdspace.clients.models import Client
from holdspace.desk.forms.newcomers import NewcomerFields
from holdspace.scheduling.models import AppointmentType


class Picks(forms.Field):
    """The ids of those who were chosen, each in a hidden field of its own."""

    widget = forms.MultipleHiddenInput


class WhoFields(NewcomerFields):
    """Client: the words that are typed, those who were chosen by them, and *New client*."""

    client_text = forms.CharField(label=_("Client"), required=False, max_length=120)
    client = Picks(required=False)
    # Who had a seat when the form was opened: only what differs from it is changed.
    was = Picks(required=False)

    needs_somebody = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.matches: list[Client] = []
        self.chosen = self._known(self["client"].value() or [])
        self._put_down(str(self.data.get("drop", "")))

    def _put_down(self, pk: str) -> None:
        """Whoever's chip was pressed is chosen no longer."""
        self.chosen = [one for one in self.chosen if str(one.pk) != pk]

    def _known(self, said: Iterable[Any]) -> list[Client]:
        """Those of these ids whom this person may know, in the order they were chosen."""
        ids = list(dict.fromkeys(pk for pk in map(_uuid, said) if pk))
        found = Client.objects.visible_to(self.actor).in_bulk(ids) if ids else {}
        return [found[pk] for pk in ids if pk in found]

    @property
    def kind(self) -> AppointmentType | None:
        """The type as it is chosen now."""
        field: Any = self.fields["type"]
        said = self["type"].value()
        return next((one for one in field.queryset if str(one.pk) == str(said)), None)

    @property
    def several(self) -> bool:
        """Whether those who are chosen stand beside the field: where there may be more than one, or are."""
        return bool(self.kind and self.kind.takes_several) or len(self.chosen) > 1

    @property
    def words(self) -> str:
        """What the text field shows: the only one chosen, or what is typed."""
        if self.chosen and not self.several:
            return self.chosen[0].told_apart
        typed = str(self["client_text"].value() or "")
        return "" if self._is_about(typed, self.chosen) else typed

    def find_people(self, said: dict[str, Any]) -> None:
        """Take everybody who was meant, or say what is in doubt."""
        if self.is_new:
            self.find_newcomer(said)
            if self.known_after_all:
                self._take(self.known_after_all)
        words = said.get("client_text", "")
        if words and not self._is_about(words, self.chosen):
            self._find(words)
        elif self.needs_somebody and not (self.chosen or self.is_new):
            self.add_error("client_text", _t("Choose a client, or add a new one."))

    def _is_about(self, words: str, people: Iterable[Client]) -> bool:
        return words in {text for one in people for text in (one.told_apart, one.full_name)}

    def _find(self, words: str) -> None:
        """Typed, not chosen: take the only one it fits, else show those it may be."""
        self.matches = queries.search(self.actor, words)
        if len(self.matches) == 1:
            self._take(self.matches.pop())
        elif self.matches:
            self.add_error("client_text", _t("Choose who it is."))
        else:
            self.add_error(
                "client_text", _t("Nobody on file fits. Look at the spelling, or add a new client.")
            )

    def _take(self, client: Client) -> None:
        # Where one is all that fits, what was typed last is who is meant.
        kept = self.chosen if self.several else []
        self.chosen = [*(one for one in kept if one != client), client]

    @property
    def people(self) -> list[dict[str, Any]]:
        """Those who are new, as they are to be added."""
        return [self.newcomer] if self.newcomer else []

    @property
    def before(self) -> list[Client]:
        return self._known(self["was"].value() or [])

    @property
    def joining(self) -> list[Client]:
        return [one for one in self.chosen if one not in self.before]

    @property
    def leaving(self) -> list[Client]:
        return [one for one in self.before if one not in self.chosen]


def _uuid(said: Any) -> UUID | None:
    try:
        return UUID(str(said))
    except ValueError:
        return None
