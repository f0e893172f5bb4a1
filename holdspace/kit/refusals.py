"""A no has a name and a sentence.  Refusals are for people; anything else is a bug and may crash."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """The application understood, and declines.  `sentence` is shown as it stands."""

    sentence: str | Promise = _("That can't be done right now.")
    # Whoever insists may have it all the same: they ask again, and say so.
    may_overrule = False

    def __init__(self, sentence: str | Promise | None = None, **details: Any) -> None:
        if sentence is not None:
            self.sentence = sentence
        self.details = details
        super().__init__(type(self).__name__)


class MoveNotAllowed(Refusal):
    """A status can't go there from where it is, or somebody else moved it first."""

    sentence = _("Somebody else changed this in the meantime. Look at it again, then decide.")


class NotYours(Refusal):
    """The record may be seen, but this verb isn't in the person's roles."""

    sentence = _("Your role here doesn't include that. Ask the owner of the practice.")
