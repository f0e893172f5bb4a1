"""The ways consent says no."""

from django.utils.translation import gettext_lazy as _

from holdspace.kit.refusals import Refusal


class OnlyItsClinicians(Refusal):
    sentence = _("Only a clinician of this appointment can record what was said. Send the form instead.")


class NotAllowedToAsk(Refusal):
    sentence = _("Your role here doesn't include sending consent forms. Ask the front desk.")


class NotYourAnswer(Refusal):
    sentence = _("Only the person who was asked can answer this form.")


class NotOnAnymore(Refusal):
    sentence = _("This appointment isn't on anymore. Nothing was asked or written down.")


class WritingNeeded(Refusal):
    """The state in which the client is asks for a signature."""

    sentence = _("Where the client is, agreeing out loud isn't enough. Send the form to be signed instead.")


class TextChanged(Refusal):
    """A newer version was published after the page was opened."""

    sentence = _(
        "The text to read out was changed while you had it open. Read the new one, then record the answer."
    )


class TickMissing(Refusal):
    """`details["ticks"]` says which."""

    sentence = _("Tick that you read the text out, and what this state asks for each time.")


class NothingTicked(Refusal):
    sentence = _("Tick what you asked first. Some of it will do.")


class WhereNotWritten(Refusal):
    """They were asked where they are, and no place stands beside it; `details["tick"]` says which tick."""

    sentence = _(
        "Where the client is today isn't written down yet. Write the place on the emergency card first, "
        "or take that tick off and record the rest."
    )

    def __init__(self) -> None:
        super().__init__(tick="location")


class AskedByAnother(Refusal):
    """Somebody else of the same appointment was quicker."""

    sentence = _("Somebody else wrote down what was asked in the meantime. Look at that, then decide.")


class PlaceMissing(Refusal):
    sentence = _("Write where the client is right now: a town and a state will do.")


class RelationMissing(Refusal):
    sentence = _("Write how the person who agreed is related to the client, such as mother or guardian.")


class GiverMissing(Refusal):
    sentence = _("Write the name of whoever answered for the client.")


class CorrectionReasonMissing(Refusal):
    sentence = _("Write what was wrong with the earlier entry, in a few words. It stays beside it.")


class NotCorrectable(Refusal):
    """Signed, withdrawn, or not answered at all."""

    sentence = _(
        "Only a spoken answer that wasn't taken back can be corrected. Ask the client again instead."
    )


class CorrectedAlready(Refusal):
    sentence = _("This entry was corrected in the meantime. Look at the correction, then decide.")


class GuardianNeeded(Refusal):
    """A minor, or somebody with a guardian: their own yes alone isn't enough."""

    sentence = _(
        "Somebody else decides for this client: a parent or guardian has to agree. "
        "Write who they are and what they are to the client."
    )


class NobodyDecidesForThem(Refusal):
    """Signed by somebody else, for an adult without a guardian."""

    sentence = _(
        "Only the person this form is for can sign it. If you decide for them by law, call us, so that we "
        "can put it on their record. What you typed is still here."
    )


class TooLong(Refusal):
    sentence = _("That text is too long for this field. Shorten it; nothing else was lost.")


class NowhereToSend(Refusal):
    sentence = _("There is no number or address on file for that. Add it here, or choose the other way.")


class TextsNotAllowed(Refusal):
    sentence = _(
        "This client hasn't agreed to texts, or replied STOP. Tick that they agree, or choose Email."
    )


class EmailNotAllowed(Refusal):
    sentence = _("This client doesn't want e-mail. Choose SMS, or change what they allow on the chart.")


class LinkOver(Refusal):
    sentence = _(
        "The client's link to this appointment no longer works. "
        "Make a new link or book a new time, then send."
    )


class AskedAnew(Refusal):
    """A newer request took this one's place."""

    sentence = _("We sent you this form again in the meantime. Please read it once more here, then answer.")


class TextReplaced(Refusal):
    """The practice published another text, or retired this one, while somebody was reading it."""

    sentence = _(
        "This form was changed while you had it open, so your answer wasn't kept. "
        "Here is the new text. Please read it, then answer."
    )


class NoLongerAsked(Refusal):
    sentence = _("We no longer need an answer to this form. If you aren't sure, call us.")


class AnsweredAlready(Refusal):
    sentence = _("You have answered this form already. If you want to change your answer, call us.")


class NotAcceptedYet(Refusal):
    sentence = _("Read the form and choose “I agree” first, then sign.")


class IntentMissing(Refusal):
    sentence = _("Tick the box that says this is your signature.")


class MarkMissing(Refusal):
    sentence = _("Draw your signature or type your full name.")


class MarkUnreadable(Refusal):
    sentence = _("That drawing couldn't be read. Start over, or type your name: both count.")


class MarkTooSmall(Refusal):
    """A dot, or a tick: nobody would know it again."""

    sentence = _(
        "That is too small to be a signature. Draw your name across the box, or type it: both count."
    )


class NothingToWithdraw(Refusal):
    sentence = _("This agreement doesn't stand anymore, so there is nothing to take back.")


class DocumentChanged(Refusal):
    """The kept bytes aren't those that were signed."""

    sentence = _(
        "The kept document doesn't match its fingerprint, so it isn't shown. "
        "Tell whoever runs Holdspace for you."
    )


class NotAllowedToPublish(Refusal):
    sentence = _("Your role here doesn't include changing forms. Ask the owner of the practice.")


class FormIncomplete(Refusal):
    sentence = _("A form needs its text, the script to read out, and the words about signing on a screen.")


class UnknownField(Refusal):
    """`details["field"]` says which."""

    def __init__(self, *, field: str) -> None:
        said = _("There is no field {%(field)s}. Take it out, or use one of those listed.") % {"field": field}
        super().__init__(said, field=field)


class DraftChanged(Refusal):
    sentence = _("Somebody else saved this draft in the meantime. Look at what differs, then decide.")


class LastText(Refusal):
    sentence = _(
        "This is the form's only text in English, which everybody falls back to. "
        "Publish a new one first, then retire this one."
    )


class FormNeeded(Refusal):
    sentence = _(
        "Without this form nobody could be asked about meeting by video. Write a new version instead."
    )


class PaperNotThere(Refusal):
    """The PDF isn't sealed yet."""

    sentence = _("The PDF isn't made yet. The copy for the screen is here already.")


class SignerUnknown(Refusal):
    """Nothing was signed, or by a name that isn't on the chart."""

    sentence = _("We don't know an address of whoever signed. Download the PDF and give it to them.")


class NotAskedFor(Refusal):
    """Nobody said that they want the paper itself by e-mail."""

    sentence = _(
        "Tick that they asked for it. The PDF says who they are and what they agreed to, and others may read "
        "an e-mail on its way."
    )


class NoWayToPapers(Refusal):
    """No link of theirs works any more, and they have no pages of their own."""

    sentence = _(
        "The link to this appointment is over, and there is no other yet. E-mail them the PDF if they ask "
        "for it. Or book the next appointment, or invite them to their own pages."
    )


class NotAllowedToRetry(Refusal):
    sentence = _("Your role here doesn't include consent papers. Ask the clinician or the front desk.")


class EntryGone(Refusal):
    """The answer stands in its row and not on the trail."""

    sentence = _(
        "The trail has no entry for this answer, so no PDF can be made of it. "
        "Tell whoever runs Holdspace for you."
    )


class NoSuchState(Refusal):
    sentence = _("There is no such state in the table.")


class SourceMissing(Refusal):
    """A rule without a source is an opinion."""

    sentence = _("Give the address of the page where the rule stands, beginning with https://.")


class CheckedLater(Refusal):
    sentence = _("The day on which the rule was looked up can't be later than today.")
