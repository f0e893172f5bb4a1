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


class NotALanguage(Refusal):
    sentence = _("Choose a language from the list.")


class AddressMissing(Refusal):
    sentence = _("Write the address and a name for it, like Home.")


class ContactNameMissing(Refusal):
    sentence = _("Write the person's name.")


class RelationMissing(Refusal):
    sentence = _("Write what the person is to the client, like mother, partner or neighbor.")


class EndsBeforeItBegins(Refusal):
    sentence = _("The last day comes before the first. Look at both dates again.")


class AlreadyOnTheChart(Refusal):
    sentence = _("This person is on the chart already. Change them there.")


class TooMany(Refusal):
    sentence = _("That is more than a chart keeps. Take off what is no longer true, then add this.")
