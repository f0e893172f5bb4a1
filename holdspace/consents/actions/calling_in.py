"""Forms that wait when their text is replaced: called in, and the new text waits in their place."""

import json
from datetime import datetime

from holdspace.consents import queries
from holdspace.consents.actions.news import tell
from holdspace.consents.models import OPEN, Consent, ConsentForm, ConsentVersion
from holdspace.kit.actor import Actor

S = Consent.Status


def call_in(
    form: ConsentForm,
    *,
    actor: Actor,
    at: datetime,
    language: str = "",
    version: ConsentVersion | None = None,
    but: ConsentVersion | None = None,
) -> None:
    """Every open request for this form (in a language, or for one version), but for the newest text's."""
    waiting = Consent.objects.filter(version__form=form, status__in=OPEN)
    if language:
        waiting = waiting.filter(version__language=language)
    if version:
        waiting = waiting.filter(version=version)
    if but:
        waiting = waiting.exclude(version=but)
    waiting = waiting.select_related("seat__appointment__type", "seat__client", "seat__practice", "version")
    for consent in waiting.select_for_update(of=("self",)).order_by("pk"):
        consent.move_to(S.SUPERSEDED)
        tell(consent, "superseded", actor, at)
        _ask_instead(consent, actor, at)


def _ask_instead(old: Consent, actor: Actor, at: datetime) -> None:
    """Behind the link they have already, so that nothing needs to be sent again."""
    text = queries.next_text(old.seat, at=at) if old.seat.stands else None
    if text:
        tell(waiting_for(old, text, at), "requested", actor, at, channel="portal", version=text.number)


def _same_people(old: Consent) -> str:
    """Whom an earlier form was sent to, and whether the client decides alone: nothing of the answer to it."""
    return json.dumps({name: said for name, said in old.facts.items() if name in {"asked_of", "alone"}})


def waiting_for(old: Consent, text: ConsentVersion, at: datetime) -> Consent:
    """A request for this text in an earlier one's place: the same seat, asked by the same person."""
    return Consent.objects.create(
        practice_id=old.practice_id,
        version=text,
        client_id=old.client_id,
        seat=old.seat,
        way=Consent.Way.DIGITAL,
        status=S.REQUESTED,
        taken_by=old.taken_by,
        taken_by_name=old.taken_by_name,
        time_zone=old.time_zone,
        requested_at=at,
        details=_same_people(old),
    )
