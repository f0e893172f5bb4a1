"""The ways the practice's own affairs say no."""

from django.utils.translation import gettext_lazy as _

from holdspace.kit.refusals import Refusal


class SlugTaken(Refusal):
    sentence = _("Another practice has that address part already. Choose another.")


class WrongCode(Refusal):
    sentence = _(
        "That isn't the set-up code, or it was used already. It stands in the terminal where Holdspace "
        "was started; starting it again prints a new one."
    )


class AlreadySetUp(Refusal):
    sentence = _("This installation is set up already. Sign in.")


class NoRole(Refusal):
    sentence = _("Choose at least one role.")


class LastOwner(Refusal):
    sentence = _("Somebody has to be the owner. Make another person owner first.")


class WorksHereAlready(Refusal):
    sentence = _("That person works here already.")


class LicenseIncomplete(Refusal):
    sentence = _("A license needs its state and its number.")


class LicenseThere(Refusal):
    sentence = _("That license is on the list already. Change it there.")


class EmergencyNumberIncomplete(Refusal):
    sentence = _("An emergency number needs its state, who answers, and the number.")
