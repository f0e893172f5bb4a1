"""The PDF of an answer is drawn and sealed by a job, again and again until it is there.

Not among the room's everyday verbs: what draws and seals is loaded by whoever does that.
"""

import base64
import hashlib
import logging
import random
from datetime import datetime

from django.conf import settings
from django.db import transaction

from holdspace.audit import actions as audit
from holdspace.audit import queries as trails
from holdspace.audit import trail
from holdspace.audit.models import Entry
from holdspace.consents import evidence, refusals
from holdspace.consents.actions.copies import offer_copy
from holdspace.consents.actions.papers import tell_of
from holdspace.consents.models import Consent, Paper
from holdspace.jobs.actions import backoff
from holdspace.kit.actor import System
from holdspace.kit.pdf import certificate
from holdspace.kit.pdf.sealing import sealed
from holdspace.kit.refusals import MoveNotAllowed

log = logging.getLogger("holdspace.consents")
S = Paper.Status
AT_ONCE, LONGEST_DELAY = 20, 3600.0
REASON = "Holdspace consent record"


def seal_due(*, at: datetime) -> int:
    """Make what is to be made by now, one after the other; says how many are sealed.

    One that fails stays, says so, and is tried again, each time later; the others don't wait for it.
    """
    due = list(Paper.objects.due(at).select_related("practice")[:AT_ONCE])
    return sum(_tried(paper, at) for paper in due)


def _tried(paper: Paper, at: datetime) -> bool:
    try:
        seal_one(paper=paper, at=at)
    except MoveNotAllowed:
        return False  # made by another worker this very moment
    except Exception as failure:
        # What it says may quote a client: its kind is enough to find the cause.
        log.warning("paper.failed paper=%s error=%s", paper.pk, type(failure).__name__)
        _put_off(paper, type(failure).__name__, at)
        return False
    return True


def seal_one(*, paper: Paper, at: datetime) -> None:
    """Draw and seal one paper.  Outside a transaction until it is there: an authority may be asked."""
    # The answer's own entry stands in the paper with its number and code, so it is sealed first.
    audit.seal_chain(paper.practice_id, at=at)
    entry = evidence.answer_entry(trails.entries_about("consents.consent", paper.consent_id))
    if entry is None:
        raise refusals.EntryGone
    consent = Consent.objects.select_related("version__form", "client", "practice").get(pk=paper.consent_id)
    seal = certificate.read(settings.SEAL_FILE.read_bytes())
    pdf = evidence.pdf_of(consent, entry, at=at)
    file = sealed(pdf, seal, reason=REASON, timestamp_url=settings.TIMESTAMP_URL)
    facts = {"digest": hashlib.sha256(file).hexdigest(), "certificate": seal.fingerprints[0]}
    _keep(paper, file, facts, entry, at)


def _keep(paper: Paper, file: bytes, facts: dict[str, str], entry: Entry, at: datetime) -> None:
    """The file into its row; what it is, and the entry it speaks of, onto the trail; a copy is offered."""
    said = facts | {"size": len(file), "entry": entry.pk, "number": entry.seq, "code": entry.mac}
    with transaction.atomic():
        mine = Paper.objects.select_for_update().get(pk=paper.pk)
        mine.body = base64.b64encode(file).decode()
        mine.save(update_fields=["body"])
        mine.move_to(S.SEALED, sealed_at=at, error="", **facts)
        system = System(mine.practice_id)
        trail.record(system, "consents.paper.sealed", mine.consent, at=at, **said)
        offer_copy(consent=mine.consent, at=at)
        tell_of(mine)


def _put_off(paper: Paper, error: str, at: datetime) -> None:
    tries = paper.tries + 1
    again = at + backoff(tries, longest=LONGEST_DELAY, jitter=random.random)
    with transaction.atomic():
        paper.move_to(S.FAILED, tries=tries, next_try_at=again, error=error)
        if tries == 1:
            system = System(paper.practice_id)
            trail.record(system, "consents.paper.failed", paper.consent, at=at, error=error)
        tell_of(paper)
