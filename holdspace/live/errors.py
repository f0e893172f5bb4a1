"""The endpoint's ways of saying no to a frame it understood."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from holdspace.live.schema import Error, ErrorCode, Id

SENTENCES: dict[ErrorCode, str | Promise] = {
    "no_place": _("You have no place in this session."),
    "not_joined": _("This page isn't in that room."),
    "not_here": _("That person isn't connected right now."),
    "not_yet": _("That can't be said before you are let in."),
    "removed": _("You are no longer in this session."),
    "too_many": _("This page asks for too much at once."),
    "try_again": _("That didn't work just now. Try again in a moment."),
}


def error(code: ErrorCode, session: Id | None = None) -> Error:
    """The frame that says so, with its sentence."""
    return Error(code, str(SENTENCES[code]), session)
