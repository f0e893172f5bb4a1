"""The texts that are sent, with their merge fields.  They say who, when and where, nothing clinical."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from holdspace.kit import zones
from holdspace.messaging.models import Channel
from holdspace.messaging.refusals import FieldMissing, UnknownField

FIELD = re.compile(r"\{([^{}]*)\}")
FIELDS = {
    "first_name": gettext_lazy("what the client likes to be called"),
    "time": gettext_lazy("the appointment's time in the client's zone, with the zone"),
    "practice": gettext_lazy("the practice's name as clients see it"),
    "link": gettext_lazy("the client's own link"),
    "phone": gettext_lazy("the practice's phone number"),
    "code": gettext_lazy("a code to type in"),
    "way": gettext_lazy("how they meet: by video, by phone, in person"),
    "more": gettext_lazy("the client’s own link, or the number to call where there is none"),
    "rhythm": gettext_lazy("how often a repeating appointment is"),
    "dates": gettext_lazy("the first dates of a repeating appointment, each with its zone"),
}


@dataclass(frozen=True)
class Rendered:
    """A text ready to be sent."""

    subject: str
    body: str


@dataclass(frozen=True)
class Text:
    """One kind's wording: an e-mail's subject, the short body for SMS and the longer one for e-mail."""

    subject: str | Promise
    sms: str | Promise
    email: str | Promise

    def body(self, channel: str) -> str:
        return str(self.sms if channel == Channel.SMS else self.email)


TEXTS = {
    "link": Text(
        gettext_lazy("Your appointment with {practice}"),
        gettext_lazy(
            "Hi {first_name}, here is your link for {time} with {practice}: {link} Reply STOP to stop texts."
        ),
        gettext_lazy(
            "Hi {first_name},\n\nyour appointment with {practice} is on {time}. "
            "When it is time, open this link:\n\n{link}\n\n"
            "Nothing to install, no account. The link is yours alone: please don't pass it on."
            "\n\n{practice}"
        ),
    ),
    "consent_request": Text(
        gettext_lazy("{practice} asks for your answer"),
        gettext_lazy(
            "Hi {first_name}, {practice} asks you to read and answer a form: {link} Reply STOP to stop texts."
        ),
        gettext_lazy(
            "Hi {first_name},\n\nbefore your appointment on {time}, please read a form "
            "and say whether you agree:\n\n{link}\n\n"
            "The link is yours alone: please don't pass it on.\n\n{practice}"
        ),
    ),
    # A copy of what was signed: only that it is there, and the way to it.
    "papers": Text(
        gettext_lazy("Your copy from {practice}"),
        gettext_lazy(
            "Hi {first_name}, your copy of the form you signed for {practice} is ready. Open this link and "
            "choose Your papers: {link} If it no longer works, call us. Reply STOP to stop texts."
        ),
        gettext_lazy(
            "Hi {first_name},\n\nthank you for signing. Your copy is ready. Open this link, tell us who you "
            "are, and choose Your papers:\n\n{link}\n\n"
            "The link works until the day of your appointment is over. After that call us, and we send your "
            "papers again. The link is yours alone: please don't pass it on.\n\n{practice}"
        ),
    ),
    # The copy itself, because they asked for it.  It is only ever mailed.
    "papers_file": Text(
        gettext_lazy("Your copy from {practice}"),
        gettext_lazy("Hi {first_name}, {practice} has e-mailed you the copy you asked for."),
        gettext_lazy(
            "Hi {first_name},\n\nyou asked us for your copy. It comes with this e-mail, as a PDF. Keep it "
            "in a place of your own.\n\nIf you didn't ask for it, please call us.\n\n{practice}"
        ),
    ),
    "papers_of_account": Text(
        gettext_lazy("Your copy from {practice}"),
        gettext_lazy(
            "Hi {first_name}, your copy of the form you signed for {practice} is ready. Sign in and look "
            "under Papers: {link} Reply STOP to stop texts."
        ),
        gettext_lazy(
            "Hi {first_name},\n\nthank you for signing. Your copy is ready. Sign in to your own pages and "
            "look under Papers:\n\n{link}\n\n{practice}"
        ),
    ),
    # Notices.  The calendar file that goes along with each is attached by whoever sends it.
    "booked": Text(
        gettext_lazy("Your appointment with {practice}"),
        gettext_lazy(
            "Hi {first_name}, {practice} has booked you for {time}, {way}. {more} Reply STOP to stop texts."
        ),
        gettext_lazy(
            "Hi {first_name},\n\n{practice} has booked you for {time}, {way}.\n\n{more}\n\n"
            "The attached file puts it in your own calendar.\n\n{practice}"
        ),
    ),
    "moved": Text(
        gettext_lazy("Your appointment has a new time"),
        gettext_lazy("Hi {first_name}, your appointment with {practice} is now {time}, {way}. {more}"),
        gettext_lazy(
            "Hi {first_name},\n\nyour appointment with {practice} has moved. It is now on {time}, {way}."
            "\n\n{more}\n\nThe attached file moves it in your own calendar.\n\n{practice}"
        ),
    ),
    # The same start: another length, another way to meet, or somebody else to meet.
    "changed": Text(
        gettext_lazy("Your appointment has changed"),
        gettext_lazy(
            "Hi {first_name}, your appointment with {practice} on {time} has changed: {way}. {more}"
        ),
        gettext_lazy(
            "Hi {first_name},\n\nyour appointment with {practice} on {time} has changed. It is now {way}."
            "\n\n{more}\n\nThe attached file changes it in your own calendar.\n\n{practice}"
        ),
    ),
    "cancelled": Text(
        gettext_lazy("Your appointment is cancelled"),
        gettext_lazy("Hi {first_name}, your appointment with {practice} on {time} is cancelled."),
        gettext_lazy(
            "Hi {first_name},\n\nyour appointment with {practice} on {time} is cancelled.\n\n"
            "The attached file takes it out of your own calendar.\n\n{practice}"
        ),
    ),
    "series_booked": Text(
        gettext_lazy("Your appointments with {practice}"),
        gettext_lazy(
            "Hi {first_name}, {practice} has booked you: {rhythm}, {way}. First: {time}. {more} "
            "Reply STOP to stop texts."
        ),
        gettext_lazy(
            "Hi {first_name},\n\n{practice} has booked a repeating appointment for you: {rhythm}, {way}.\n\n"
            "The first dates:\n{dates}\n\n{more}\n\n"
            "The attached file puts all of them in your own calendar.\n\n{practice}"
        ),
    ),
    "series_moved": Text(
        gettext_lazy("Your appointments have changed"),
        gettext_lazy(
            "Hi {first_name}, your appointments with {practice} have changed: {rhythm}, {way}. "
            "Next: {time}. {more}"
        ),
        gettext_lazy(
            "Hi {first_name},\n\nyour appointments with {practice} have changed. They are now: "
            "{rhythm}, {way}.\n\nThe next dates:\n{dates}\n\n{more}\n\n"
            "The attached file changes them in your own calendar.\n\n{practice}"
        ),
    ),
    "series_cancelled": Text(
        gettext_lazy("Your appointments are cancelled"),
        gettext_lazy("Hi {first_name}, your appointments with {practice} are cancelled from {time} on."),
        gettext_lazy(
            "Hi {first_name},\n\nyour repeating appointment with {practice} is cancelled from {time} on."
            "\n\nThe attached file takes it out of your own calendar.\n\n{practice}"
        ),
    ),
    # To a client or to who decides for one: works once, and asks who they are first.
    "portal_invitation": Text(
        gettext_lazy("Your own pages at {practice}"),
        gettext_lazy(
            "Hi {first_name}, {practice} invites you to your own pages, for 7 days: {link} "
            "Reply STOP to stop texts."
        ),
        gettext_lazy(
            "Hi {first_name},\n\n{practice} invites you to your own pages: your appointments, your papers, "
            "and how we reach you. Open this link within 7 days and choose a password:\n\n{link}\n\n"
            "You don't need them to come to an appointment. The link works once and is yours alone: "
            "please don't pass it on.\n\n{practice}"
        ),
    ),
    # To whoever changes the address they sign in with: the new one proves itself, the old one is told.
    "sign_in_address": Text(
        gettext_lazy("Sign in with this address"),
        gettext_lazy("Hi {first_name}, to sign in at {practice} with this address, open: {link}"),
        gettext_lazy(
            "Hi {first_name},\n\nyou asked to sign in to your own pages at {practice} with this address. "
            "Open this link within a day to do so:\n\n{link}\n\nIf it wasn't you, do nothing.\n\n{practice}"
        ),
    ),
    "sign_in_moved": Text(
        gettext_lazy("You sign in with another address now"),
        gettext_lazy("Hi {first_name}, you sign in at {practice} with another address now. Not you? {phone}"),
        gettext_lazy(
            "Hi {first_name},\n\nfrom now on you sign in to your own pages at {practice} with another "
            "address. This one no longer works there.\n\nIf it wasn't you, call us at once: {phone}"
            "\n\n{practice}"
        ),
    ),
    # The other channel's half of an identity check: never in the message that carries the link.
    "code": Text(
        gettext_lazy("Your code"),
        gettext_lazy("Your code for {practice} is {code}. Nobody from {practice} will ask you for it."),
        gettext_lazy("Your code for {practice} is {code}.\n\nNobody from {practice} will ask you for it."),
    ),
    # To whoever works there, so without any name.
    "waiting": Text(
        gettext_lazy("Someone is waiting"),
        gettext_lazy("Someone is waiting for {time}. Open Holdspace to let them in."),
        gettext_lazy("Someone is waiting for {time}.\n\nOpen Holdspace to let them in:\n\n{link}"),
    ),
}


def render(
    kind: str,
    *,
    fields: Mapping[str, str | Sequence[str]],
    channel: str = Channel.SMS,
    text: Text | None = None,
) -> Rendered:
    """The text of this kind with its fields filled in, or a refusal that names the field.

    Values stand as they are: what looks like a field inside one is not filled in again.  One that is
    several stands in as many lines.
    """
    chosen = text or TEXTS[kind]
    check(chosen)
    if strange := set(fields) - set(FIELDS):
        raise UnknownField(field=min(strange))
    return Rendered(_filled(str(chosen.subject), fields), _filled(chosen.body(channel), fields))


def check(text: Text) -> None:
    """Refuse a wording with a field that doesn't exist."""
    for part in (text.subject, text.sms, text.email):
        for name in FIELD.findall(str(part)):
            if name not in FIELDS:
                raise UnknownField(field=name)


def when(moment: datetime, zone: str) -> str:
    """An instant as a client reads it: *Wed, Nov 18 at 10:00 AM Central*."""
    wall = zones.wall_of(moment, zone).replace(tzinfo=None)
    said = {
        "day": date_format(wall, "D, M j"),
        "clock": date_format(wall, "g:i A"),
        "zone": zones.zone_short(zone),
    }
    return _("%(day)s at %(clock)s %(zone)s") % said


def _filled(wording: str, fields: Mapping[str, str | Sequence[str]]) -> str:
    def value(match: re.Match[str]) -> str:
        if match[1] not in fields:
            raise FieldMissing(field=match[1])
        said = fields[match[1]]
        # A line break in a name must not start a new header or paragraph.
        return "\n".join(" ".join(line.split()) for line in ([said] if isinstance(said, str) else said))

    return FIELD.sub(value, wording)
