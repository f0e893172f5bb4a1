"""Questions about consent: does one stand, what does the state ask, what waits for an answer."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from holdspace.clients.models import Client
from holdspace.consents.models import NO, OPEN, YES, Consent, ConsentVersion
from holdspace.consents.states import StateRule, rules
from holdspace.kit.actor import Actor, Member
from holdspace.scheduling.models import Seat

if TYPE_CHECKING:
    from holdspace.practices.models import Clinician, Practice

TELEHEALTH = "telehealth"


def standing(who: Seat | Client, purpose: str = TELEHEALTH, *, at: datetime) -> Consent | None:
    """The consent that stands now for this seat (or this client, whatever the appointment), or None.

    Signed or recorded, unexpired, unrevoked, its version not replaced by one that asks anew, and
    no later *no* from the same client: the last word counts.  One that is good for one session
    stands for its own seat only; a spoken one not where the state asks for writing.
    """
    said = _of_client(who, purpose).filter(status__in=YES | NO).annotate(anew=Exists(_asked_anew(at)))
    for consent in sorted(said, key=_in_order, reverse=True):
        if consent.is_no:
            return None
        if _stands(consent, who, at):
            return consent
    return None


def _in_order(consent: Consent) -> tuple[datetime, bool]:
    return consent.revoked_at or consent.answered_at or datetime.min.replace(tzinfo=UTC), consent.is_yes


def _stands(consent: Consent, who: Seat | Client, at: datetime) -> bool:
    """A yes that nothing but time, place or a newer text can have overtaken."""
    if consent.anew or (consent.expires_at and consent.expires_at <= at):  # type: ignore[attr-defined]  # annotated
        return False
    if isinstance(who, Client):
        return not consent.one_session
    spoken = consent.way == Consent.Way.VERBAL and not state_rule(state_of(who)).verbal_enough
    return not spoken and (not consent.one_session or consent.seat_id == who.pk)


def _of_client(who: Seat | Client, purpose: str) -> QuerySet[Consent]:
    client_id = who.client_id if isinstance(who, Seat) else who.pk
    found = Consent.objects.filter(client_id=client_id, version__form__purpose=purpose)
    return found.select_related("version__form").defer("document")


def _asked_anew(at: datetime) -> QuerySet[ConsentVersion]:
    """A later version of the same form that asks everybody again."""
    same = ConsentVersion.objects.filter(
        form=OuterRef("version__form"), language=OuterRef("version__language")
    )
    return same.filter(number__gt=OuterRef("version__number"), asks_anew=True, published_at__lte=at)


def live_request(seat: Seat, purpose: str = TELEHEALTH) -> Consent | None:
    """The form that waits for this seat's client to answer; there is one at most."""
    found = Consent.objects.filter(seat=seat, status__in=OPEN, version__form__purpose=purpose)
    return found.select_related("version__form").first()


def last_word(seat: Seat, purpose: str = TELEHEALTH) -> Consent | None:
    """The client's newest answer, whatever became of it."""
    said = _of_client(seat, purpose).exclude(answered_at=None)
    return said.annotate(said_at=Coalesce("revoked_at", "answered_at")).order_by("-said_at").first()


def current_version(
    practice: Practice, *, at: datetime, purpose: str = TELEHEALTH, language: str = "en"
) -> ConsentVersion | None:
    """The version that is asked about now; None until the practice has a form."""
    found = ConsentVersion.objects.filter(practice=practice, form__purpose=purpose, language=language)
    return found.filter(published_at__lte=at).select_related("form").order_by("-number").first()


def papers(actor: Actor) -> list[Consent]:
    """Everything this client answered, newest first."""
    mine = Consent.objects.visible_to(actor).exclude(answered_at=None)
    return list(mine.select_related("version__form").defer("document").order_by("-answered_at"))


def state_rule(state: str) -> StateRule:
    """What is asked where the client is; the row for elsewhere where that isn't known."""
    table = rules()
    return table.get(state.upper(), table[""])


def state_of(seat: Seat) -> str:
    """Where the client is, as far as anybody said: for this seat, else as on file, else the practice's."""
    return seat.location_state or seat.client.state or seat.practice.state


def recorder(seat: Seat, actor: Actor) -> Clinician | None:
    """The clinician of that appointment that this actor is, if they may write down what was said."""
    if not isinstance(actor, Member) or not actor.may("record_verbal_consent"):
        return None
    found = (one for one in seat.appointment.clinicians.all() if one.pk == actor.clinician_id)
    return next(found, None)
