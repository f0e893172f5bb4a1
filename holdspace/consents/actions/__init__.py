"""Verbs of consent: publish a text, record what was said, ask, answer, take back."""

from holdspace.consents.actions.answers import accept, decline, give_reason, open_request, revoke, sign
from holdspace.consents.actions.asking import request
from holdspace.consents.actions.ends import expire
from holdspace.consents.actions.forms import ensure_default_form, publish_version
from holdspace.consents.actions.news import read_paper, start_opened
from holdspace.consents.actions.spoken import record_verbal

__all__ = [
    "accept",
    "decline",
    "ensure_default_form",
    "expire",
    "give_reason",
    "open_request",
    "publish_version",
    "read_paper",
    "record_verbal",
    "request",
    "revoke",
    "sign",
    "start_opened",
]
