"""Verbs of consent: publish a text, record what was said, ask, answer, take back."""

from holdspace.consents.actions.again import ask_again
from holdspace.consents.actions.answers import accept, decline, give_reason, open_request, revoke, sign
from holdspace.consents.actions.asking import request
from holdspace.consents.actions.copies import send_copy, send_pdf
from holdspace.consents.actions.correcting import correct
from holdspace.consents.actions.drafts import discard_draft, publish_draft, save_draft
from holdspace.consents.actions.ends import expire
from holdspace.consents.actions.forms import (
    change_form,
    ensure_default_form,
    ensure_forms,
    publish_version,
    retire_form,
    retire_version,
    set_rules,
    take_over,
)
from holdspace.consents.actions.news import read_paper, start_opened
from holdspace.consents.actions.papers import may_handle, read_pdf, try_again
from holdspace.consents.actions.rules import change_rule, follow_shipped
from holdspace.consents.actions.spoken import record_verbal

__all__ = [
    "accept",
    "ask_again",
    "change_form",
    "change_rule",
    "correct",
    "decline",
    "discard_draft",
    "ensure_default_form",
    "ensure_forms",
    "expire",
    "follow_shipped",
    "give_reason",
    "may_handle",
    "open_request",
    "publish_draft",
    "publish_version",
    "read_paper",
    "read_pdf",
    "record_verbal",
    "request",
    "retire_form",
    "retire_version",
    "revoke",
    "save_draft",
    "send_copy",
    "send_pdf",
    "set_rules",
    "sign",
    "start_opened",
    "take_over",
    "try_again",
]
