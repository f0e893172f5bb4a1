"""Correcting what was written down of a spoken answer: a new entry; the first stays as it was."""

from datetime import datetime
from typing import Any

from django.db import transaction

from holdspace.consents import appointment, queries, refusals
from holdspace.consents.actions import spoken
from holdspace.consents.actions.news import tell
from holdspace.consents.models import Consent
from holdspace.kit.actor import Actor
from holdspace.practices.models import Clinician

S = Consent.Status
LONGEST_REASON = 500


def correct(
    *, consent: Consent, reason: str, answer: str, actor: Actor, at: datetime, **said: Any
) -> Consent:
    """Write down what was really said, and why the earlier entry was wrong.

    The new entry counts from when the answer was given, so that whatever the client said since stays
    their last word.  A second press is the first; an entry is corrected once, and its correction after it.
    """
    clinician = queries.recorder(consent.seat, actor)
    if clinician is None:
        raise refusals.OnlyItsClinicians
    reason = reason.strip()
    if not reason:
        raise refusals.CorrectionReasonMissing
    if len(reason) > LONGEST_REASON:
        raise refusals.TooLong
    with transaction.atomic():
        old = _held(consent)
        why = {"corrects": str(old.pk), "correction": reason, "written_at": at.isoformat()}
        if old.status == S.CORRECTED:
            return _the_same(old, answer, reason)
        if not old.is_correctable:
            raise refusals.NotCorrectable
        return _corrected(old, answer, said, why, clinician, actor, at)


def _held(consent: Consent) -> Consent:
    """The entry as it is now, ours until the commit."""
    known = Consent.objects.select_for_update(of=("self",))
    return known.select_related("version__form", "seat__appointment__type", "seat__client").get(pk=consent.pk)


def _the_same(old: Consent, answer: str, reason: str) -> Consent:
    """The correction that this press already made, or that somebody else was quicker."""
    made = queries.correction_of(old)
    if made and (made.facts["answer"], made.facts["correction"]) == (answer, reason):
        return made
    raise refusals.CorrectedAlready


def _corrected(
    old: Consent,
    answer: str,
    said: dict[str, Any],
    why: dict[str, str],
    clinician: Clinician,
    actor: Actor,
    at: datetime,
) -> Consent:
    seat, before = old.seat, old.facts
    facts, rule = spoken.heard(seat, answer, **said)
    # It counts from when the answer was given, so the appointment is told as it was then as well.
    facts |= {"fields": before.get("fields", {})} | appointment.as_kept(before) | why
    new = spoken.written(seat, old.version, facts, rule, clinician, at)
    old.move_to(S.CORRECTED)
    tell(old, "corrected", actor, at, by=str(new.pk))
    spoken.kept(new, rule, actor, at, said_at=old.answered_at)
    moved = any(facts[name] != before.get(name, "") for name in ("location", "state"))
    # Unless they said somewhere else since.
    if moved and seat.location == before.get("location"):
        spoken.place(seat, facts, at)
    return new
