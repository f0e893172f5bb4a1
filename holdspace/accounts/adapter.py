"""How allauth fits in: nobody signs up by themselves, secrets are sealed, mail goes the way all mail goes."""

from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from holdspace.accounts.models import User
from holdspace.accounts.queries import has_second_factor
from holdspace.accounts.web import end
from holdspace.kit.clock import now
from holdspace.kit.crypto import keys

PLACE = "mfa_authenticator.data"
OUR_STAGE = "holdspace.accounts.stages.SecondFactorStage"
# In the browser's session: who chose a new password there last, by the link that was mailed.
CHOSE = "chose_password"


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """People come by set-up code or by invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not for the first second factor (without it nothing is reached), nor right after signing in."""
        user = context.request.user
        if not isinstance(user, User):
            return True
        return has_second_factor(user) and not said_who_they_are_just_now(user)

    def get_login_stages(self) -> list[str]:
        theirs = "allauth.mfa.stages.AuthenticateStage"
        return [OUR_STAGE if stage == theirs else stage for stage in super().get_login_stages()]

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Saying who one is by passkey has a page of our own."""
        said = super().get_reauthentication_methods(user)
        own = {"url": reverse("passkey_again"), "description": _("Use a passkey")}
        return [one | own if one["id"].endswith(":webauthn") else one for one in said]

    def set_password(self, user: User, password: str) -> None:
        super().set_password(user, password)
        context.request.session[CHOSE] = str(user.pk)

    def logout(self, request: HttpRequest) -> None:
        end(request)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Pages say themselves what happened."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Hand the text over to whom the settings name: this room knows no messages."""
        said = {"email": email, **context}
        subject = render_to_string(f"{template_prefix}_subject.txt", said).strip()
        body = render_to_string(f"{template_prefix}_message.txt", said).strip()
        import_string(settings.SIGN_IN_MAIL)(email, subject, body)


def said_who_they_are_just_now(user: User) -> bool:
    records = get_authentication_records(context.request, user)
    return bool(records) and now().timestamp() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc]
    """The secret of an authenticator app and the seed of recovery codes are sealed at rest."""

    def encrypt(self, text: str) -> str:
        return keys.seal(text.encode(), PLACE)

    def decrypt(self, encrypted_text: str) -> str:
        return keys.open(encrypted_text, PLACE).decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """By this name a device files the passkey; the host is what it is good for."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Holdspace"}

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        """What the person's own device shows where they choose among several."""
        return {**super().get_public_key_credential_user_entity(user), "display_name": user.name}
