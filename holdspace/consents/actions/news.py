"""What every answer has in common: an entry, a hint, and a line under the clinicians' bell."""

from datetime import datetime
from typing import Any

from holdspace.audit import trail
from holdspace.consents import columns, documents
from holdspace.consents.documents import Document
from holdspace.consents.models import Consent, Paper
from holdspace.kit.actor import Actor, Holder, Visit
from holdspace.live import bus
from holdspace.messaging import actions as messages
from holdspace.practices.queries import users_of
from holdspace.scheduling import mine
from holdspace.scheduling.models import Seat

# The words for having answered: each begins a paper.
ANSWERED = frozenset({"signed", "declined", "recorded", "refused"})


def tell(consent: Consent, what: str, actor: Actor, at: datetime, **detail: Any) -> None:
    """On the trail, with how the row is from now on, and to every open page concerned; `what` is the verb."""
    row = columns.codes(Consent.objects.get(pk=consent.pk))
    trail.record(actor, f"consents.consent.{what}", consent, at=at, row=row, **detail)
    if what in ANSWERED:
        Paper.objects.create(practice_id=consent.practice_id, consent=consent, next_try_at=at)
    topics = set(consent.topics)
    if isinstance(actor, Visit):
        topics.add(f"seat:{actor.seat_id}")
    bus.publish("consent.changed", topics, seat=consent.seat_id, consent=consent.pk)


def ring(consent: Consent, kind: str, actor: Actor, at: datetime) -> None:
    """Tell the clinicians of the appointment meant: that of the client's visit, else the consent's.

    From a portal account, without a visit, the next appointment is meant.
    """
    seat = consent.seat
    if isinstance(actor, Visit) and actor.seat_id != seat.pk:
        seat = Seat.objects.visible_to(actor).get(pk=actor.seat_id)
    if isinstance(actor, Holder):
        seat = next(iter(mine.coming(actor, at=at)), seat)
    users = users_of(seat.appointment.clinicians.all())
    messages.ring(practice=consent.practice, users=users, kind=kind, subject=seat, at=at)


def read_paper(*, consent: Consent, actor: Actor, at: datetime) -> Document:
    """The signed document as it was kept, or DocumentChanged; reading it is on the trail."""
    document = documents.read(consent)
    trail.record(actor, "consents.paper.read", consent, at=at, digest=document.digest)
    return document


def start_opened(*, seat: Seat, actor: Actor, at: datetime) -> None:
    """Somebody looked at the start screen; nothing changes but the trail."""
    trail.record(actor, "consents.start.opened", seat, at=at)
