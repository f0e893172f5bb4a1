"""Rows of the room: what is asked, and what was answered."""

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

__all__ = [
    "NO",
    "OPEN",
    "YES",
    "Consent",
    "ConsentDraft",
    "ConsentForm",
    "ConsentVersion",
    "FormRule",
    "Paper",
    "Purpose",
    "Renewal",
    "Retirement",
]
