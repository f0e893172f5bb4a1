"""The PDF of an answer as people meet it: read by whoever may, asked for again where it isn't there."""

import base64
import hashlib
import hmac
from datetime import datetime

from django.db import transaction

from holdspace.audit import trail
from holdspace.consents import refusals
from holdspace.consents.models import Consent, Paper
from holdspace.kit.actor import Actor, Member
from holdspace.kit.crypto import CannotOpen
from holdspace.live import bus

S = Paper.Status


def try_again(*, consent: Consent, actor: Actor, at: datetime) -> None:
    """Somebody saw that the PDF isn't there and wants it now; a second press changes nothing."""
    if not isinstance(actor, Member) or not may_handle(actor):
        raise refusals.NotAllowedToRetry
    with transaction.atomic():
        paper = Paper.objects.select_for_update().filter(consent=consent).first()
        if paper is None or paper.status != S.FAILED:
            return
        paper.move_to(S.WAITING, next_try_at=at)
        trail.record(actor, "consents.paper.retried", consent, at=at)
        tell_of(paper)


def may_handle(actor: Member) -> bool:
    """Whoever may ask for consent has to do with its papers."""
    return any(actor.may(verb) for verb in ("record_verbal_consent", "send_consent_forms"))


def read_pdf(*, consent: Consent, actor: Actor, at: datetime) -> bytes:
    """The sealed file as it was kept, or DocumentChanged; reading it is on the trail."""
    paper = Paper.objects.filter(consent=consent, status=S.SEALED).first()
    if paper is None:
        raise refusals.PaperNotThere
    file = file_of(paper)
    trail.record(actor, "consents.paper.read", consent, at=at, digest=paper.digest, file="pdf")
    return file


def file_of(paper: Paper) -> bytes:
    """The kept bytes, unless they aren't those that were sealed."""
    try:
        file = base64.b64decode(paper.body, validate=True)
    except (CannotOpen, ValueError) as wrong:
        raise refusals.DocumentChanged from wrong
    if not hmac.compare_digest(hashlib.sha256(file).hexdigest(), paper.digest):
        raise refusals.DocumentChanged
    return file


def tell_of(paper: Paper) -> None:
    """Open pages look again."""
    consent = paper.consent
    bus.publish("consent.changed", consent.topics, seat=consent.seat_id, consent=consent.pk)
