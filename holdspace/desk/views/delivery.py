"""What became of everything sent about a seat, step by step, and what to do where it failed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from holdspace.clients import phones
from holdspace.desk.looks import SEAT, looked
from holdspace.desk.web import DeskRequest, desk
from holdspace.kit.web import wants_fragment
from holdspace.messaging import queries
from holdspace.messaging.models import Channel, Message
from holdspace.messaging.refusals import DO, WHY
from holdspace.scheduling.models import Seat

S = Message.Status
SHOWN = 20


@dataclass(frozen=True)
class Step:
    """One line of what happened: `state` is done, now, failed or nothing yet."""

    state: str
    icon: str
    word: str | Promise
    note: str | Promise = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Tag:
    """The present state in a word."""

    css: str
    icon: str
    word: str | Promise


# A failure's own word stands in its sentence; here it is only that it failed.
TAGS = {
    S.QUEUED: Tag("is-open", "clock", _("Queued")),
    S.SENDING: Tag("is-accent", "send", _("Sending")),
    S.SENT: Tag("is-accent", "send", _("Sent")),
    S.DELIVERED: Tag("is-ok", "check", _("Delivered")),
    S.FAILED: Tag("is-stop", "message-x", _("Not delivered")),
    S.UNKNOWN: Tag("is-wait", "help-circle", _("Unknown")),
}
OPENED = Tag("is-ok", "eye", _("Opened"))


class Delivery:
    """One message as its page shows it."""

    def __init__(self, message: Message, seat: Seat, *, newest: bool, may_text: bool) -> None:
        self.message, self.seat, self.may_text = message, seat, may_text
        opened = seat.link_seen_at
        # One link leads here from every message: the newest sent before it was used has the credit.
        self.opened_at = opened if newest and opened and opened >= message.queued_at else None

    @property
    def to(self) -> str:
        is_text = self.message.channel == Channel.SMS
        return phones.shown(self.message.to) if is_text else self.message.to

    @property
    def title(self) -> str:
        return str(TITLES[Channel(self.message.channel)] % {"to": self.to})

    @property
    def tag(self) -> Tag:
        return OPENED if self.opened_at else TAGS[S(self.message.status)]

    @property
    def why(self) -> str | Promise:
        return WHY.get(self.message.trouble, "")

    @property
    def do(self) -> str | Promise:
        return DO.get(self.message.trouble, "")

    @property
    def other(self) -> str:
        """The other channel, where this one failed, waits or isn't known."""
        if not self.message.trouble:
            return ""
        return Channel.EMAIL.value if self.message.channel == Channel.SMS else Channel.SMS.value

    @property
    def other_to(self) -> str:
        """The number or address the other channel would go to, as it is shown."""
        client = self.seat.client
        if self.other == Channel.EMAIL:
            return str(client.email)
        return phones.shown(client.phone) if self.may_text else ""

    @property
    def steps(self) -> list[Step]:
        return [step for step in (self._queued, self._sent, self._arrived, self._opened) if step]

    @property
    def _queued(self) -> Step:
        waits = self.message.status == S.QUEUED
        note = _("tried again by itself") if waits and self.message.trouble else ""
        return Step(
            "now" if waits else "done",
            "clock" if waits else "check",
            _("Queued"),
            note,
            self.message.queued_at,
        )

    @property
    def _sent(self) -> Step | None:
        m = self.message
        if m.sent_at:
            return Step("done", "check", _("Sent"), _("handed to the carrier"), m.sent_at)
        if m.status == S.SENDING:
            return Step("now", "send", _("Sending"))
        if m.status == S.UNKNOWN:
            return Step("now", "help-circle", _("Perhaps sent"), "", m.sending_at)
        return None if m.status == S.FAILED else Step("", "send", _("Sent"))

    @property
    def _arrived(self) -> Step:
        m = self.message
        if m.status == S.FAILED:
            return Step("failed", "x", _("Not delivered"), "", m.failed_at)
        if m.delivered_at:
            return Step(
                "done",
                "check",
                _("Delivered"),
                _("to the phone") if m.channel == Channel.SMS else "",
                m.delivered_at,
            )
        return Step("", "check", _("Delivered"))

    @property
    def _opened(self) -> Step | None:
        if self.opened_at:
            return Step("done", "eye", _("Opened"), _("and said who they are"), self.opened_at)
        return None if self.message.trouble else Step("", "eye", _("Opened"))


TITLES = {Channel.SMS: _("Text to %(to)s"), Channel.EMAIL: _("Email to %(to)s")}


def deliveries_of(seat: Seat) -> list[Delivery]:
    """What was sent about a seat that the caller may see, newest first."""
    found = list(Message.objects.about(seat)[:SHOWN])
    before = [m.pk for m in found if seat.link_seen_at and m.queued_at <= seat.link_seen_at]
    credit = before[0] if before else None
    may_text = queries.may_text(seat.client)
    return [Delivery(message, seat, newest=message.pk == credit, may_text=may_text) for message in found]


@require_GET
@desk("see_own_calendar", "see_every_calendar")
def delivery(request: DeskRequest, pk: UUID) -> HttpResponse:
    """The fragment that keeps itself up to date; without script, the appointment shows it."""
    known = Seat.objects.visible_to(request.actor).select_related("practice", "appointment", "client")
    seat = get_object_or_404(known, pk=pk)
    if not wants_fragment(request):
        return redirect("desk:appointment", pk=seat.pk)
    looked(request, SEAT, seat)
    facts = {"seat": seat, "deliveries": deliveries_of(seat), "may_send": request.actor.may("send_links")}
    return render(request, "desk/parts/delivery.html", facts)
