"""The ways signing in says no."""

from django.utils.translation import gettext_lazy as _

from holdspace.kit.refusals import Refusal


class AddressTaken(Refusal):
    sentence = _("Somebody already signs in with that e-mail address.")


class NoSuchTheme(Refusal):
    sentence = _("Choose one of the three: as the system, light, or dark.")
