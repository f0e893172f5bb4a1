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

__all__ = [
    "NO",
    "OPEN",
    "YES",
    "Consent",
    "ConsentDraft",
    "ConsentForm",
    "ConsentVersion",
    "FormRule",
    "Purpose",
    "Renewal",
    "Retirement",
]
