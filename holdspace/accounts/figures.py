"""The figures of an authenticator app: this half minute's or those of one beside it, and each only once.

RFC 6238 (5.2) lets a verifier take one step more for the time that typing and the network need, and wants a
figure taken once. allauth remembers a used one for a single step, which is too short where three are open.
"""

from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms
from allauth.mfa.models import Authenticator
from django.core.cache import cache


class Once(forms.BaseAuthenticateForm):  # type: ignore[misc]
    def clean_code(self) -> str:
        code: str = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP and not first_use(self.authenticator, code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class AuthenticateForm(Once, forms.AuthenticateForm):  # type: ignore[misc]
    """The second question of a sign-in."""


class ReauthenticateForm(Once, forms.ReauthenticateForm):  # type: ignore[misc]
    """Asked again before something that matters."""


def first_use(authenticator: Authenticator, code: str) -> bool:
    """Whether these figures weren't taken yet in any half minute that they are good for."""
    open_for = app_settings.TOTP_PERIOD * (1 + 2 * app_settings.TOTP_TOLERANCE)
    digits = "".join(filter(str.isdigit, code))
    return bool(cache.add(f"accounts.figures.{authenticator.pk}.{digits}", "taken", timeout=open_for))
