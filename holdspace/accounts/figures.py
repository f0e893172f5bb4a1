"""The figures of an authenticator app: this half minute's or those of one beside it, and each only once.

RFC 6238 (5.2) lets a verifier take one step more for the time that typing and the network need, and wants a
figure taken once. allauth remembers a used one for a single step, which is too short where three are open.
"""

import hashlib

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.models import Authenticator
from django.core.cache import cache

from holdspace.accounts.models import User

# Seconds: the half minute itself and those beside it.
GOOD_FOR = app_settings.TOTP_PERIOD * (1 + 2 * app_settings.TOTP_TOLERANCE)


class Once(forms.BaseAuthenticateForm):  # type: ignore[misc]
    def clean_code(self) -> str:
        key = _key(self.user, self.cleaned_data["code"])
        if cache.get(key):
            check_rate_limit(self.user)  # a try like any wrong one: it must not begin the count anew
            raise get_adapter().validation_error("incorrect_code")
        code: str = super().clean_code()
        by_app = self.authenticator.type == Authenticator.Type.TOTP
        if by_app and not cache.add(key, "taken", timeout=GOOD_FOR):
            raise get_adapter().validation_error("incorrect_code")
        return code


class AuthenticateForm(Once, forms.AuthenticateForm):  # type: ignore[misc]
    """The second question of a sign-in."""


class ReauthenticateForm(Once, forms.ReauthenticateForm):  # type: ignore[misc]
    """Asked again before something that matters."""


def _key(user: User, code: str) -> str:
    """Of one length, whatever was typed."""
    said = hashlib.sha256(normalize_user_code(code).encode()).hexdigest()
    return f"accounts.figures.{user.pk}.{said}"
