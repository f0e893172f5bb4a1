"""The ways the clients' room says no."""

from django.utils.translation import gettext_lazy as _

from holdspace.kit.refusals import Refusal


class NotAPhoneNumber(Refusal):
    sentence = _(
        "That isn't a phone number we can dial. In the United States it has ten digits, like (312) 555-0118."
    )


class CannotTakeTexts(Refusal):
    sentence = _(
        "That number can't take texts: it is toll-free, a landline or has an extension. "
        "Use a mobile number, or e-mail."
    )


class NotAnAddress(Refusal):
    sentence = _("That isn't an e-mail address. It looks like name@example.org.")


class NameMissing(Refusal):
    sentence = _("A client needs a first and a last name.")


class BornInTheFuture(Refusal):
    sentence = _("That date of birth lies in the future. Look at the year again.")


class TextTooLong(Refusal):
    sentence = _("That is too long for this field. Shorten it; nothing else was lost.")
