"""The whole life of a consent, step by step: asked, carried, read, answered, sealed, taken back, over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from holdspace.audit import queries as audit
from holdspace.clients import actions as clients
from holdspace.consents.actions.copies import signer_of
from holdspace.consents.actions.papers import may_handle
from holdspace.consents.models import Consent, Paper
from holdspace.desk.views.delivery import Step
from holdspace.kit.actor import Member
from holdspace.messaging.models import Message
from holdspace.messaging.queries import may_text

S = Consent.Status
CONSENT, COPIED, MAILED = "consents.consent", "consents.copy.sent", "consents.copy.mailed"
# What the trail calls it: a step's state, icon and word.
WORDS: dict[str, tuple[str, str, str | Promise]] = {
    "consents.consent.requested": ("done", "send", _("Asked in writing")),
    "consents.consent.opened": ("done", "eye", _("Opened")),
    "consents.consent.accepted": ("done", "check", _("Accepted")),
    "consents.consent.signed": ("done", "signature", _("Signed")),
    "consents.consent.declined": ("failed", "hand-stop", _("Declined")),
    "consents.consent.reasoned": ("done", "message", _("Said why")),
    "consents.consent.recorded": ("done", "ear", _("Agreed out loud")),
    "consents.consent.refused": ("failed", "hand-stop", _("Said no out loud")),
    "consents.consent.corrected": ("failed", "pencil", _("Corrected by a newer entry")),
    "consents.consent.superseded": ("failed", "repeat", _("Replaced by a newer request")),
    "consents.consent.revoked": ("failed", "arrow-back-up", _("Withdrawn")),
    "consents.consent.expired": ("failed", "hourglass", _("Its time was over")),
    "consents.paper.sealed": ("done", "shield-lock", _("PDF sealed")),
    "consents.paper.failed": ("failed", "file-alert", _("PDF could not be made")),
    "consents.paper.retried": ("done", "refresh", _("PDF asked for again")),
    "consents.copy.sent": ("done", "mail", _("Copy sent to whoever signed")),
    "consents.copy.mailed": ("done", "mail", _("PDF e-mailed, as they asked")),
    "consents.paper.read": ("done", "download", _("Downloaded")),
}
CHANNELS: dict[str, str | Promise] = {
    "sms": _("by text message"),
    "email": _("by e-mail"),
    "portal": _("behind the link they have"),
}
FILES: dict[str, str | Promise] = {"pdf": _("the PDF"), "": _("the copy for the screen")}


@dataclass(frozen=True)
class Signer:
    """Whoever gets the copy: how they may be written to, and whether they were."""

    name: str
    by_email: bool
    by_text: bool
    told: bool


def signer_shown(consent: Consent, actor: Member, steps: Iterable[Step]) -> Signer | None:
    """For whom a copy is, where this member has to do with papers and the chart knows them."""
    person = signer_of(consent) if may_handle(actor) else None
    if person is None:
        return None
    told = any(step.word == WORDS[COPIED][2] for step in steps)
    return Signer(clients.greeting_of(person), person.may_email, may_text(person), told)


def steps_of(consent: Consent, *, at: datetime) -> list[Step]:
    """What happened, in order, and what is still to come."""
    lines = audit.history_of(CONSENT, consent.pk)
    copies = [line.detail["message"] for line in lines if line.what in {COPIED, MAILED}]
    happened = [_told(line) for line in lines if line.what in WORDS] + _carried(consent, copies)
    ordered = sorted(happened, key=lambda step: step.at or at)
    return [*ordered, *_to_come(consent, at)]


def _told(line: audit.Line) -> Step:
    state, icon, word = WORDS[line.what]
    more = CHANNELS.get(line.detail.get("channel", ""))
    if line.what == "consents.paper.read":
        more = FILES.get(line.detail.get("file", ""))
    return Step(state, icon, word, f"{line.who}, {more}" if more else str(line.who), line.at)


def _carried(consent: Consent, copies: list[str]) -> list[Step]:
    """What the carriers reported of the messages that said so."""
    if consent.requested_at is None:
        return []
    asked = Q(kind="consent_request", queued_at__gte=consent.requested_at)
    if consent.answered_at:
        asked &= Q(queued_at__lte=consent.answered_at)
    found = Message.objects.about(consent.seat).filter(asked | Q(pk__in=copies))
    return [step for message in found for step in _reported(message)]


def _reported(message: Message) -> list[Step]:
    by = CHANNELS.get(message.channel, "")
    if message.failed_at:
        return [Step("failed", "message-x", _("Not delivered"), by, message.failed_at)]
    if message.delivered_at:
        return [Step("done", "message-check", _("Delivered"), by, message.delivered_at)]
    return []


def _to_come(consent: Consent, at: datetime) -> list[Step]:
    if consent.is_open:
        return [Step("", "", _("The client's answer"))]
    paper = Paper.objects.filter(consent=consent).only("status").first()
    coming = [Step("", "", _("PDF sealed"))] if paper and not paper.is_sealed else []
    if consent.is_yes and consent.one_session:
        coming.append(Step("", "", _("Over after this one session")))
    elif consent.is_yes and consent.expires_at:
        coming.append(Step("", "", _("Over"), "", consent.expires_at))
    return coming
