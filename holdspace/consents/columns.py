"""A consent's row on the trail: a code for every column, so that whatever is changed is noticed and named.

The codes are keyed: they give nothing away, and can't be made to fit a changed row.
"""

from datetime import UTC, datetime
from typing import Any

from holdspace.consents.models import Consent
from holdspace.kit.crypto import CannotOpen
from holdspace.kit.fields import keyed_index

LENGTH = 16
NOTHING, UNREADABLE = "nothing", "unreadable"


def codes(consent: Consent) -> dict[str, str]:
    """The code of every column, by the column's name."""
    return {name: _code(consent, name) for name in names()}


def names() -> list[str]:
    return [field.attname for field in Consent._meta.concrete_fields]


def changed(consent: Consent, said: dict[str, str]) -> list[str]:
    """The columns that aren't what the trail says they were; a column that came later was never said."""
    return [name for name in names() if name in said and said[name] != _code(consent, name)]


def _code(consent: Consent, name: str) -> str:
    return keyed_index(f"consents.{name}.{consent.pk}", _text(consent, name))[:LENGTH]


def _text(consent: Consent, name: str) -> str:
    """The value as text, the same on every database; nothing and the empty text are two things."""
    try:
        value: Any = getattr(consent, name)
    except CannotOpen:
        return UNREADABLE
    if value is None:
        return NOTHING
    if isinstance(value, datetime):
        value = value.astimezone(UTC).isoformat(timespec="microseconds")
    return f"={value}"
