"""The client's answer in writing: opened, accepted, signed; or declined; and taken back."""

from datetime import datetime
from typing import Any

from django.db import transaction

from holdspace.consents import deciding, queries, refusals, validity
from holdspace.consents.actions.asking import go_on
from holdspace.consents.actions.keeping import browser, keep_no, keep_signature
from holdspace.consents.actions.news import ring, tell
from holdspace.consents.marks import Mark
from holdspace.consents.models import Consent
from holdspace.kit.actor import Actor, Holder, Member, Visit
from holdspace.kit.refusals import Refusal

S = Consent.Status
LONGEST_REASON = 2000


def open_request(*, consent: Consent, actor: Actor, at: datetime) -> Consent:
    """Somebody who passed the identity check has the form before them; later times change nothing."""
    with transaction.atomic():
        mine = _held(consent, actor)
        if mine.status == S.REQUESTED:
            mine.move_to(S.OPENED, opened_at=at)
            tell(mine, "opened", actor, at)
    return mine


def accept(*, consent: Consent, actor: Actor, at: datetime) -> Consent:
    """*I agree*: the signature is still to come.  A second press changes nothing."""
    with transaction.atomic():
        mine = _held(consent, actor)
        if mine.status in {S.ACCEPTED, S.SIGNED}:
            return mine
        _still_asked(mine)
        if mine.status == S.REQUESTED:
            mine.move_to(S.OPENED, opened_at=at)
        mine.move_to(S.ACCEPTED, accepted_at=at)
        tell(mine, "accepted", actor, at)
    return mine


def sign(
    *,
    consent: Consent,
    mark: Mark,
    intent: bool,
    actor: Actor,
    at: datetime,
    given_by: str = "client",
    relation: str = "",
    identity: str = "",
    address: str = "",
    agent: str = "",
) -> Consent:
    """Sign what was accepted: from now on it stands, with the document as it was shown.

    `intent` is the tick, `identity` how the visit was identified, `address` and `agent` the
    browser's; all are kept sealed.  Somebody else signs only for a client for whom somebody decides.  A
    second press is the first signature.
    """
    if not intent:
        raise refusals.IntentMissing
    mark.check()
    facts: dict[str, Any] = {"intent": True, **browser(identity, address, agent)}
    with transaction.atomic():
        mine = _held(consent, actor)
        if mine.status == S.SIGNED:
            return mine
        _still_asked(mine)
        if mine.status != S.ACCEPTED:
            raise refusals.NotAcceptedYet
        alone = bool(mine.facts.get("alone"))
        facts |= deciding.checked(
            mine.seat, given_by=given_by, giver=mark.name, relation=relation, alone=alone
        )
        deciding.check_yes(mine.seat, facts)
        deciding.check_signer(mine.seat, facts)
        rule = queries.rule_for(mine.seat)
        keep_signature(mine, mark, facts | {"rule": rule.kept}, at)
        mine.move_to(S.SIGNED, answered_at=at, **validity.of(mine.version.form.renewal, rule, at))
        tell(mine, "signed", actor, at, version=mine.version.number, digest=mine.document_digest)
        more = go_on(mine, actor, at)
        # Whoever is at the next form, that no session is held without, isn't through yet.
        if not (more and queries.in_the_way(mine.seat, at=at)):
            ring(mine, "consent_signed", actor, at)
    return mine


def decline(
    *,
    consent: Consent,
    actor: Actor,
    at: datetime,
    reason: str = "",
    given_by: str = deciding.CLIENT,
    giver: str = "",
    relation: str = "",
    identity: str = "",
    address: str = "",
    agent: str = "",
) -> Consent:
    """*I don't agree*: the clinicians are told, the appointment stays as it is.

    Kept like a yes: the text as it was read, the state's rule, who said no, and how they were known.
    """
    if len(reason) > LONGEST_REASON:
        raise refusals.TooLong
    facts = browser(identity, address, agent)
    with transaction.atomic():
        mine = _held(consent, actor)
        if mine.status == S.DECLINED:
            return mine
        _still_asked(mine)
        mine.reason = reason.strip()
        alone = bool(mine.facts.get("alone"))
        facts |= deciding.said_no(mine.seat, given_by=given_by, giver=giver, relation=relation, alone=alone)
        keep_no(mine, facts, at)
        mine.move_to(S.DECLINED, answered_at=at)
        tell(mine, "declined", actor, at, reason_given=bool(mine.reason))
        ring(mine, "consent_declined", actor, at)
        go_on(mine, actor, at)
    return mine


def give_reason(*, consent: Consent, reason: str, actor: Actor, at: datetime) -> None:
    """Why they declined, if they like to say; once."""
    if len(reason) > LONGEST_REASON:
        raise refusals.TooLong
    with transaction.atomic():
        mine = _held(consent, actor)
        if mine.status != S.DECLINED or mine.reason or not reason.strip():
            return
        mine.reason = reason.strip()
        mine.save(update_fields=["reason"])
        tell(mine, "reasoned", actor, at)


def revoke(*, consent: Consent, actor: Actor, at: datetime, reason: str = "") -> Consent:
    """Take back a yes, as easily as it was given: by the client, or by staff on the client's word.

    Whatever else the same client agreed to for the same purpose stops standing with it.
    """
    if len(reason) > LONGEST_REASON:
        raise refusals.TooLong
    with transaction.atomic():
        mine = _withdrawable(consent, actor)
        if mine.status == S.REVOKED:
            return mine
        if not mine.is_yes:
            raise refusals.NothingToWithdraw
        if reason.strip():
            mine.reason = reason.strip()
            mine.save(update_fields=["reason"])
        mine.move_to(S.REVOKED, revoked_at=at)
        tell(mine, "revoked", actor, at, reason_given=bool(mine.reason))
        ring(mine, "consent_revoked", actor, at)
    return mine


def _withdrawable(consent: Consent, actor: Actor) -> Consent:
    if isinstance(actor, Visit | Holder):
        return _held(consent, actor)
    if not isinstance(actor, Member) or not actor.may("send_consent_forms"):
        raise refusals.NotAllowedToAsk
    return _locked(consent)


def _held(consent: Consent, actor: Actor) -> Consent:
    """The row as it is now, ours until the commit; only for the client who was asked."""
    if not isinstance(actor, Visit | Holder) or actor.client_id != consent.client_id:
        raise refusals.NotYourAnswer
    return _locked(consent)


def _locked(consent: Consent) -> Consent:
    found = Consent.objects.select_for_update(of=("self",)).select_related(
        "version__form", "practice", "client", "seat__appointment"
    )
    return found.get(pk=consent.pk)


def _still_asked(mine: Consent) -> None:
    """Refuse an answer to a form that no longer waits for one."""
    if mine.status == S.SUPERSEDED:
        raise _replaced(mine)
    if mine.status == S.EXPIRED:
        raise refusals.NoLongerAsked
    if not mine.is_open:
        raise refusals.AnsweredAlready


def _replaced(mine: Consent) -> Refusal:
    """Why a form was called in: sent again, its text replaced meanwhile, or not asked any more."""
    instead = queries.live_request(mine.seat)
    if instead is None:
        return refusals.NoLongerAsked()
    return refusals.AskedAnew() if instead.version_id == mine.version_id else refusals.TextReplaced()
