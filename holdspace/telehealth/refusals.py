"""The ways telehealth says no."""

from django.utils.translation import gettext_lazy as _

from holdspace.kit.refusals import Refusal


class NotStandingAnymore(Refusal):
    """Cancelled, moved away, or never agreed."""

    sentence = _("This appointment isn't on anymore. Nobody was let in.")


class NotTelehealth(Refusal):
    sentence = _("This appointment isn't by video. Change its contact type to Telehealth first.")


class NotEnabled(Refusal):
    sentence = _(
        "Telehealth isn't switched on here yet. The owner switches it on under Settings, Telehealth."
    )


class NotStartable(Refusal):
    """The status says that the client hasn't come yet."""

    sentence = _("Set the status to Confirmed, Checked-In or Occurred first.")


class ConsentMissing(Refusal):
    sentence = _("This client hasn't agreed to telehealth, or took it back. Ask for consent, then admit.")


class PartnerMissing(Refusal):
    """Of a couple or a family all have to agree."""

    sentence = _(
        "Everybody in this appointment has to agree before it starts, and somebody hasn't yet, or took it "
        "back. The start screen shows who."
    )


class PlaceUnknown(Refusal):
    """Only where the practice stops: elsewhere nobody is kept outside for it."""

    sentence = _(
        "Nobody has said where this client is. Ask them, and write it down on the emergency card, then admit."
    )


class NotLicensedThere(Refusal):
    """The practice has decided that nobody meets across that line."""

    sentence = _(
        "There is no license that is good where this client is, and the practice doesn't go on without one. "
        "Offer another time, or somebody who is licensed there."
    )


class LicenseReasonMissing(Refusal):
    sentence = _(
        "There is no license that is good where this client is. Write down why you go on, then admit."
    )


class OnlyItsClinicians(Refusal):
    sentence = _("Only a clinician of this appointment can decide that.")


class WhyMissing(Refusal):
    sentence = _("Write why you go on; up to 500 characters.")


class TooEarly(Refusal):
    sentence = _("The waiting room isn't open yet.")


class TooLate(Refusal):
    sentence = _("This appointment is over.")


class SessionOver(Refusal):
    sentence = _("This session has ended. It can be opened again from the appointment.")


class TakenOut(Refusal):
    """The clinician removed them."""

    sentence = _("You were taken out of this appointment. If you think that is a mistake, call us.")


class NobodyThere(Refusal):
    sentence = _("They aren't in the waiting room anymore.")


class RoomTaken(Refusal):
    """The engine carries nobody beside those who are in."""

    sentence = _(
        "The room is full: four can meet by video. Send somebody back to the waiting room first, then admit."
    )


class SomebodyIsIn(Refusal):
    """A guest's link lets one person in, and nobody takes the place of whoever is."""

    sentence = _(
        "Somebody is in the appointment with this link now. Leave there first, or ask for a link of your own."
    )


class ManyGuests(Refusal):
    sentence = _("There are eight invitations already. Take one back first.")


class NowhereToSend(Refusal):
    sentence = _("There is no number or address on file for that. Add it below, or choose another way.")


class TextsNotAllowed(Refusal):
    sentence = _("This client hasn't agreed to texts. Tick that they agree, or choose Email.")


class EmailNotAllowed(Refusal):
    sentence = _("This client doesn't want e-mail. Choose SMS, or change what they allow on the chart.")


class NoSuchVerdict(Refusal):
    sentence = _("The test came to no result we know. Run it again.")
