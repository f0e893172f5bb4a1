"""The ways signing in says no."""

from django.utils.translation import gettext_lazy as _

from holdspace.kit.refusals import Refusal


class AddressTaken(Refusal):
    sentence = _("Somebody already signs in with that e-mail address.")


class NoSuchTheme(Refusal):
    sentence = _("Choose one of the three: as the system, light, or dark.")


class PasskeyNotKept(Refusal):
    sentence = _(
        "The new passkey couldn't be checked, so it wasn't kept here. Press the button to make it once more; "
        "the first one may be deleted on your device."
    )


class PasskeyUnknown(Refusal):
    sentence = _(
        "That passkey doesn't open anything here: it may have been removed. Nothing has changed. "
        "Use another passkey, or your password."
    )


class OnlyWayIn(Refusal):
    sentence = _(
        "This passkey is your only way in, so it stays. Choose a password first; then it can be removed."
    )


class TooOften(Refusal):
    sentence = _("Too many tries from this network. Wait a minute, then press the button again.")


class SignInOver(Refusal):
    sentence = _("That took too long, and signing in has to begin anew. Reload this page and start again.")
