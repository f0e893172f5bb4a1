"""The ways a text says no, and the words for why one failed or waits."""

from django.utils.translation import gettext_lazy as _

from holdspace.kit.refusals import Refusal


class NoAddress(Refusal):
    """There is nowhere to send it."""

    sentence = _("There is no number or address to send this to. Add one, then send.")


class TextTooLong(Refusal):
    """Longer than any carrier takes."""

    sentence = _("This text is too long to send. Shorten it, then send.")


class UnknownField(Refusal):
    """A template names a field that doesn't exist; `details["field"]` says which."""

    sentence = _("This text has a field that doesn't exist. Take it out or correct its name.")


class FieldMissing(Refusal):
    """A template's field was given no value; `details["field"]` says which."""

    sentence = _("Something that belongs in this text is missing, so it was not sent.")


# Why a message failed or waits: our own words, whatever the carrier's code was.
WHY = {
    "not_a_mobile": _(
        "The carrier says this number can't get texts. It may be a landline, or have a wrong digit."
    ),
    "no_such_number": _("The carrier says this number doesn't exist. It may have a wrong digit."),
    "opted_out": _("Whoever has this number replied STOP. No text is sent to it until they reply START."),
    "unreachable": _("The phone couldn't be reached: it may be switched off or out of service."),
    "blocked": _("The phone company blocked this text."),
    "no_such_address": _("The address doesn't exist. It may have a spelling mistake."),
    "mailbox_full": _("The mailbox is full."),
    "refused": _("The other side refused this message."),
    "carrier_down": _("The carrier can't be reached. The message is kept and tried again by itself."),
    "carrier_busy": _("The carrier is busy. The message is kept and tried again by itself."),
    "carrier_locked": _(
        "The carrier doesn't accept this installation's account. Tell whoever runs Holdspace for you; "
        "the message is kept and tried again by itself."
    ),
    "no_carrier": _("No carrier is set up for this channel, so nothing could be sent."),
    "gave_up": _("The carrier couldn't be reached for a whole day."),
    "not_known": _(
        "Sending was interrupted: it may or may not have arrived, so it isn't sent again by itself."
    ),
}
# What to do about it, in one sentence that ends with the thing to press.
DO = {
    "not_a_mobile": _("Correct the number, or send it by email."),
    "no_such_number": _("Correct the number, or send it by email."),
    "opted_out": _("Send it by email, or read the link over the phone."),
    "unreachable": _("Phone the client, or send it by email."),
    "blocked": _("Send it by email, or read the link over the phone."),
    "no_such_address": _("Correct the address, or send it by SMS."),
    "mailbox_full": _("Send it by SMS, or phone the client."),
    "refused": _("Send it the other way, or copy the link."),
    "carrier_down": _("If it can't wait, send it the other way."),
    "carrier_busy": _("If it can't wait, send it the other way."),
    "carrier_locked": _("If it can't wait, send it the other way."),
    "no_carrier": _("Copy the link, or set up a carrier."),
    "gave_up": _("Send it again, or the other way."),
    "not_known": _("Ask the client whether it arrived, or send it the other way."),
}
