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


class WishesWait(Refusal):
    sentence = _("Several changes wait for us already. Call us, and we look at them together.")


class WishOver(Refusal):
    sentence = _("This was settled while you looked, or they asked for something else. Look again.")


class AskerNotOnFile(Refusal):
    sentence = _(
        "Nobody of that name decides for this client on the chart. "
        "Ask, and put them there by hand if it is right."
    )


class HasAnAccount(Refusal):
    sentence = _("This person has a portal account already.")


class AddressForAccountMissing(Refusal):
    sentence = _("They sign in with their e-mail address. Write it into the chart first.")


class BirthDateForAccountMissing(Refusal):
    sentence = _(
        "Before they choose a password they say the client's date of birth. Write it into the chart first."
    )


class DecidesForNobody(Refusal):
    sentence = _("This person decides for no client now, so there is nothing they may see.")


class NoTextsAgreed(Refusal):
    sentence = _("They haven't agreed to texts at their number. Use e-mail.")


class NoEmailWanted(Refusal):
    sentence = _("They don't want e-mail. Use a text.")


class NotWhoWasInvited(Refusal):
    """What was said doesn't match; nothing tells which part or how many tries are left."""

    sentence = _("That isn't what we have on file. Look at it again, or call us.")


class InvitationOver(Refusal):
    sentence = _("This invitation was used already, or it is over. Call us for a new one.")
