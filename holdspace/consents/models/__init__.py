"""Rows of the room: what is asked, and what was answered."""

from holdspace.consents.models.again import AskedAgain
from holdspace.consents.models.consents import NO, OPEN, YES, Consent
from holdspace.consents.models.forms import (
    ConsentDraft,
    ConsentForm,
    ConsentVersion,
    FormRule,
    Purpose,
    Renewal,
    Retirement,
)
from holdspace.consents.models.papers import Paper
from holdspace.consents.models.rules import OwnRule

__all__ = [
    "NO",
    "OPEN",
    "YES",
    "AskedAgain",
    "Consent",
    "ConsentDraft",
    "ConsentForm",
    "ConsentVersion",
    "FormRule",
    "OwnRule",
    "Paper",
    "Purpose",
    "Renewal",
    "Retirement",
]
