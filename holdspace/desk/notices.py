"""Whether the client was told of the last change, and how they would be, as Session Details says it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from holdspace.clients import phones
from holdspace.clients.models import Client
from holdspace.desk.views.delivery import TAGS, Tag
from holdspace.messaging.models import Channel, Message
from holdspace.messaging.refusals import DO, WHY
from holdspace.scheduling.models import Notice, Seat
from holdspace.scheduling.notices.facts import BOOKED, CANCELLED, MOVED
from holdspace.scheduling.notices.sending import channel_for

WORDS = {
    BOOKED: _("Told of the booking"),
    MOVED: _("Told of the change"),
    CANCELLED: _("Told that it is cancelled"),
}
NO_WAY = _("Nothing can be sent: no e-mail address to write to, and no agreement to texts.")


@dataclass(frozen=True)
class Told:
    """The notice of one seat: the last message, and what waits or was left out since."""

    notice: Notice

    @property
    def message(self) -> Message | None:
        return self.notice.message

    @property
    def word(self) -> str | Promise:
        return WORDS[self.notice.message.kind] if self.notice.message else ""

    @property
    def to(self) -> str:
        sent = self.notice.message
        if sent is None:
            return ""
        return phones.shown(sent.to) if sent.channel == Channel.SMS else sent.to

    @property
    def tag(self) -> Tag | None:
        return TAGS[Message.Status(self.notice.message.status)] if self.notice.message else None

    @property
    def trouble(self) -> list[str | Promise]:
        """Why it didn't arrive, and what to do about it."""
        why = self.notice.message.trouble if self.notice.message else ""
        return [words[why] for words in (WHY, DO) if why in words]


def of(seat: Seat) -> Told | None:
    """What the client was told; None where there was nothing to tell."""
    found = Notice.objects.filter(seat=seat).select_related("message").first()
    return Told(found) if found and (found.message_id or found.due_at or found.why_not) else None


def how(client: Client | None) -> str | Promise:
    """How this client would be told; of somebody not chosen yet, how anybody is."""
    if client is None:
        return _("By e-mail with a calendar file, or by text where they agreed to texts.")
    ways: dict[str, str | Promise] = {
        Channel.EMAIL: _("By e-mail, with a calendar file."),
        Channel.SMS: _("By text: there is no e-mail address."),
    }
    return ways.get(channel_for(client), NO_WAY)
