"""A form that was sent, step by step: sent, delivered, opened, accepted or declined, signed."""

from dataclasses import dataclass

from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _

from holdspace.clients import phones
from holdspace.clients.models import Client, Contact
from holdspace.consents.models import Consent
from holdspace.desk.views.delivery import Step
from holdspace.messaging.models import Channel, Message
from holdspace.messaging.refusals import DO, WHY
from holdspace.scheduling.models import Seat

S = Consent.Status


@dataclass(frozen=True)
class State:
    """The present state: a sentence for the title, a word for the tag."""

    title: str | Promise
    word: str | Promise
    icon: str
    tone: str


STATES = {
    S.REQUESTED: State(_("The form is on its way to %(name)s"), _("Sent"), "send", "is-accent"),
    S.OPENED: State(_("%(name)s is reading the form"), _("Opened"), "eye", "is-accent"),
    S.ACCEPTED: State(_("%(name)s agrees and is about to sign"), _("Accepted"), "check", "is-accent"),
    S.SIGNED: State(_("%(name)s signed the form"), _("Signed"), "signature", "is-ok"),
    S.DECLINED: State(_("%(name)s declined the form"), _("Declined"), "hand-stop", "is-stop"),
}


class Asked:
    """One request as the start screen shows it, with the newest message that carried it."""

    def __init__(self, consent: Consent, message: Message | None, seat: Seat) -> None:
        self.consent, self.message, self.seat = consent, message, seat
        self.asked_of: dict[str, str] = consent.facts.get("asked_of", {})
        self.alone = bool(consent.facts.get("alone"))

    @property
    def state(self) -> State:
        return STATES[S(self.consent.status)]

    @property
    def title(self) -> str:
        return str(self.state.title) % {"name": self.name}

    @property
    def name(self) -> str:
        """Whoever was asked: the client, or who decides for them; of an answer, whoever gave it."""
        said = self.consent.facts
        return said.get("giver") or self.asked_of.get("name") or self.seat.client.greeting

    @property
    def to(self) -> str:
        """As the form that sends it again says it."""
        return self.asked_of.get("contact", "client")

    @cached_property
    def whom(self) -> Client | Contact:
        """On whose number or address it goes out; the client's where the guardian left the chart."""
        if not self.asked_of:
            return self.seat.client
        known = Contact.objects.filter(ties__client_id=self.seat.client_id, pk=self.asked_of["contact"])
        return known.first() or self.seat.client

    @property
    def why(self) -> str | Promise:
        return WHY.get(self.message.trouble, "") if self.message else ""

    @property
    def do(self) -> str | Promise:
        return DO.get(self.message.trouble, "") if self.message else ""

    @property
    def channel(self) -> str:
        return self.message.channel if self.message else Channel.EMAIL.value

    @property
    def other(self) -> str:
        """The other channel, where the client can be reached by it right away."""
        if self.channel == Channel.EMAIL:
            return Channel.SMS.value if self.whom.may_text else ""
        return Channel.EMAIL.value if self.whom.may_email else ""

    @property
    def steps(self) -> list[Step]:
        return [self._sent, self._delivered, self._opened, self._answered, self._signed]

    @property
    def _sent(self) -> Step:
        asked, message = self.consent.requested_at, self.message
        if message is None:
            return Step("done", "check", _("Sent"), _("behind the link they have"), asked)
        waits = message.status in {Message.Status.QUEUED, Message.Status.SENDING}
        word = _("Queued") if waits else _("Sent")
        return Step("now" if waits else "done", "clock" if waits else "check", word, self._to(message), asked)

    def _to(self, message: Message) -> str:
        if message.channel == Channel.SMS:
            return said("by text message to %(to)s") % {"to": phones.shown(message.to)}
        return said("by e-mail to %(to)s") % {"to": message.to}

    @property
    def _delivered(self) -> Step:
        message = self.message
        if message and message.status == Message.Status.FAILED:
            return Step("failed", "x", _("Not delivered"), "", message.failed_at)
        if message and message.status == Message.Status.UNKNOWN:
            return Step("now", "help-circle", _("Perhaps delivered"))
        if message and message.delivered_at:
            return Step("done", "check", _("Delivered"), "", message.delivered_at)
        return Step("", "", _("Delivered"))

    @property
    def _opened(self) -> Step:
        at = self.consent.opened_at
        return Step(_done(at, self.consent.status == S.OPENED), "eye", _("Opened"), "", at)

    @property
    def _answered(self) -> Step:
        consent = self.consent
        if consent.status == S.DECLINED:
            return Step("failed", "x", _("Declined"), "", consent.answered_at)
        at = consent.accepted_at
        word = _("Accepted") if at else _("Accepted or declined")
        return Step(_done(at, consent.status == S.ACCEPTED), "check", word, "", at)

    @property
    def _signed(self) -> Step:
        at = self.consent.answered_at if self.consent.status == S.SIGNED else None
        return Step("done" if at else "", "check", _("Signed"), "", at)


def _done(at: object, is_last: bool) -> str:
    """Where things stand now, or done, or still to come."""
    return "" if at is None else "now" if is_last else "done"


def asked_of(seat: Seat, consent: Consent | None) -> Asked | None:
    """The request with its message; one question more at most."""
    if consent is None or consent.way != Consent.Way.DIGITAL or consent.requested_at is None:
        return None
    found = Message.objects.about(seat).filter(kind="consent_request", queued_at__gte=consent.requested_at)
    return Asked(consent, found.first(), seat)
