"""Verbs of telehealth, a file per noun."""

from holdspace.telehealth.actions.guests import come, invite, knock_as_guest, take_back
from holdspace.telehealth.actions.licensing import go_on
from holdspace.telehealth.actions.sending import give_link, open_and_send, send_link
from holdspace.telehealth.actions.sessions import end_empty, end_session, open_for
from holdspace.telehealth.actions.waiting import (
    admit,
    decline,
    here,
    knock,
    leave,
    remove,
    send_back,
    tell,
    tell_clinicians,
)

__all__ = [
    "admit",
    "come",
    "decline",
    "end_empty",
    "end_session",
    "give_link",
    "go_on",
    "here",
    "invite",
    "knock",
    "knock_as_guest",
    "leave",
    "open_and_send",
    "open_for",
    "remove",
    "send_back",
    "send_link",
    "take_back",
    "tell",
    "tell_clinicians",
]
