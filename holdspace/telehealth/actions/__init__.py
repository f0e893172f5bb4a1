"""Verbs of telehealth, a file per noun."""

from holdspace.telehealth.actions.sending import open_and_send, send_link
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
)

__all__ = [
    "admit",
    "decline",
    "end_empty",
    "end_session",
    "here",
    "knock",
    "leave",
    "open_and_send",
    "open_for",
    "remove",
    "send_back",
    "send_link",
    "tell",
]
