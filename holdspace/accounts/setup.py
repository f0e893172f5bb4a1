"""The one-time set-up code of an empty installation: shown once in the terminal, kept as a fingerprint."""

from datetime import datetime
from hashlib import sha256

from django.utils.crypto import get_random_string

from holdspace.accounts.models import SetupCode

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
LENGTH, GROUP = 16, 4


def new_code(at: datetime) -> str:
    """A fresh code, which makes an earlier unused one worthless."""
    SetupCode.objects.filter(used_at=None).delete()
    code = get_random_string(LENGTH, LETTERS)
    SetupCode.objects.create(fingerprint=_fingerprint(code), made_at=at)
    return "-".join(code[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def is_right(typed: str) -> bool:
    """Whether this is the code that waits to be used.  80 bits: nobody guesses it."""
    return SetupCode.objects.filter(used_at=None, fingerprint=_fingerprint(typed)).exists()


def use(typed: str, at: datetime) -> bool:
    """Use the code up; of two who press at once, one gets it."""
    return bool(SetupCode.objects.filter(used_at=None, fingerprint=_fingerprint(typed)).update(used_at=at))


def _fingerprint(typed: str) -> str:
    plain = "".join(letter for letter in typed.upper() if letter.isalnum())
    return sha256(plain.encode()).hexdigest()
