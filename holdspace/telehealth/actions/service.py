"""*Test the service*: what was tried and what came of it, kept so that the page can say when last."""

from datetime import datetime
from typing import Any

from django.db import transaction

from holdspace.audit import trail
from holdspace.kit.actor import Member
from holdspace.kit.refusals import NotYours
from holdspace.live import bus
from holdspace.practices.models import Practice
from holdspace.telehealth.models import ServiceTest
from holdspace.telehealth.refusals import NoSuchVerdict

# Our own words, as `frontend/src/room/verdict.ts` has them; the page has the sentences.
VERDICTS = (
    "ready",
    "ready-slow",
    "one-network",
    "no-sound",
    "no-picture",
    "no-signalling",
    "no-call",
    "relay-failed",
)
PARTS = ("camera", "microphone", "signalling", "direct", "relay")
RESULTS = ("ok", "fair", "bad", "none")


def record_service_test(
    *, practice: Practice, verdict: str, parts: dict[str, Any], actor: Member, at: datetime
) -> ServiceTest:
    """Keep one run's verdict and parts, as far as they are words of ours."""
    if not actor.may("test_service"):
        raise NotYours
    if verdict not in VERDICTS:
        raise NoSuchVerdict
    kept = {name: parts[name] for name in PARTS if parts.get(name) in RESULTS}
    facts = {
        "practice": practice,
        "membership_id": actor.membership_id,
        "at": at,
        "verdict": verdict,
        "parts": kept,
    }
    with transaction.atomic():
        tested = ServiceTest.objects.create(**facts)
        trail.record(actor, "telehealth.service.tested", tested, at=at, verdict=verdict)
        bus.publish("service.tested", [f"user:{actor.user_id}"])
    return tested
