"""Questions about consent: does one stand, what does the state ask, what waits for an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import takewhile
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from holdspace.clients.languages import ENGLISH
from holdspace.clients.models import Client
from holdspace.consents.models import NO, OPEN, YES, Consent, ConsentVersion, Paper
from holdspace.consents.needs import asked_before
from holdspace.consents.rules import Tables, in_table, rule_of
from holdspace.consents.states import StateRule
from holdspace.kit.actor import Actor, Member
from holdspace.scheduling.models import Seat

if TYPE_CHECKING:
    from holdspace.practices.models import Clinician

TELEHEALTH = "telehealth"


def standing(who: Seat | Client, purpose: str = TELEHEALTH, *, at: datetime) -> Consent | None:
    """The consent that stands now for this seat (or this client, whatever the appointment), or None.

    Signed or recorded, unexpired, unrevoked, its version not replaced by one that asks anew, and
    no later *no* from the same client: the last word counts.  One that is good for one session
    stands for its own seat only; a spoken one not where the state asks for writing.

    Of a seat that is asked several forms, the first of them, and none while one that must be
    accepted is missing.
    """
    if isinstance(who, Client):
        said = _said(who.pk).filter(version__form__purpose=purpose)
        return _word(list(said.annotate(anew=Exists(_asked_anew(at)))), who, Tables(), at)[0]
    return agreed_to(needs(who, at=at))


@dataclass(frozen=True)
class Need:
    """One form that is asked before a seat: the yes that stands, and the client's last word on it."""

    form: UUID | None
    title: str
    must: bool
    consent: Consent | None
    last: Consent | None

    @property
    def stops(self) -> bool:
        """Whether no session is held without it."""
        return self.must and self.consent is None

    @property
    def declined(self) -> bool:
        """The last word is a no, to a text that nobody asks anew."""
        return self.last is not None and self.last.is_no and not self.last.anew  # type: ignore[attr-defined]

    @property
    def unanswered(self) -> bool:
        """Whether there is something to ask: of what may be declined, a no is an answer."""
        return self.consent is None and (self.must or not self.declined)


def needs(seat: Seat, *, at: datetime) -> list[Need]:
    """Every form that is asked before this seat, and how it stands.  Two queries."""
    asked, laws = asked_before(seat), Tables()
    forms = [one.form for one in asked if one.form]
    found = _said(seat.client_id).filter(version__form__in=forms)
    said: dict[UUID | None, list[Consent]] = {form: [] for form in forms}
    for consent in found.annotate(anew=Exists(_asked_anew(at))):
        said[consent.version.form_id].append(consent)
    return [Need(*one, *_word(said.get(one.form, []), seat, laws, at)) for one in asked]


def agreed_to(needed: list[Need]) -> Consent | None:
    """The first consent among these that stands; none while one that must be accepted is missing."""
    agreed = [need.consent for need in needed if need.consent]
    return agreed[0] if agreed and not any(need.stops for need in needed) else None


def in_the_way(seat: Seat, *, at: datetime) -> list[Need]:
    """The forms without which no session is held; empty where nothing stands in its way."""
    return [need for need in needs(seat, at=at) if need.stops]


def _word(
    said: list[Consent], who: Seat | Client, laws: Tables, at: datetime
) -> tuple[Consent | None, Consent | None]:
    """The yes that stands among the answers to one form, and the newest answer."""
    newest = sorted(said, key=_in_order, reverse=True)
    until_no = takewhile(lambda one: not one.is_no, (one for one in newest if one.status in YES | NO))
    stands = next((one for one in until_no if _stands(one, who, laws, at)), None)
    return stands, newest[0] if newest else None


def _in_order(consent: Consent) -> tuple[datetime, bool]:
    return consent.revoked_at or consent.answered_at or datetime.min.replace(tzinfo=UTC), consent.is_yes


def _stands(consent: Consent, who: Seat | Client, laws: Tables, at: datetime) -> bool:
    """A yes that nothing but time, place or a newer text can have overtaken."""
    if consent.anew or (consent.expires_at and consent.expires_at <= at):  # type: ignore[attr-defined]  # annotated
        return False
    if isinstance(who, Client):
        return not consent.one_session
    if consent.one_session and consent.seat_id != who.pk:
        return False
    return consent.way != Consent.Way.VERBAL or in_table(laws[who.practice_id], state_of(who)).verbal_enough


def _said(client_id: UUID) -> QuerySet[Consent]:
    """Everything this client ever answered, as it was corrected."""
    answered = Consent.objects.filter(client_id=client_id).exclude(answered_at=None)
    found = answered.exclude(status=Consent.Status.CORRECTED)
    texts = ("version__text", "version__script", "version__disclosure")
    return found.select_related("version__form").defer("document", *texts)


def _asked_anew(at: datetime) -> QuerySet[ConsentVersion]:
    """A later version of the same form that asks everybody again."""
    same = ConsentVersion.objects.filter(
        form=OuterRef("version__form"), language=OuterRef("version__language")
    )
    return same.filter(number__gt=OuterRef("version__number"), asks_anew=True, published_at__lte=at)


def live_request(seat: Seat) -> Consent | None:
    """The form that waits for this seat's client to answer; there is one at most."""
    return Consent.objects.filter(seat=seat, status__in=OPEN).select_related("version__form").first()


def version_to_ask(form: UUID | None, language: str, *, at: datetime) -> ConsentVersion | None:
    """The form's newest text in the client's language, or in English where there is none."""
    wanted = [language, language.partition("-")[0], ENGLISH]
    found = ConsentVersion.objects.filter(
        form=form, language__in=wanted, retirement=None, published_at__lte=at
    )
    ordered = sorted(found.select_related("form"), key=lambda one: (wanted.index(one.language), -one.number))
    return next(iter(ordered), None)


def unanswered(needed: list[Need]) -> list[Need]:
    """What there is to ask: first what nothing goes on without, then what may be declined."""
    return sorted((need for need in needed if need.unanswered), key=lambda need: not need.must)


def ahead(needed: list[Need]) -> Need | None:
    """What there is to ask next, else the first that was said no to."""
    return next(iter(unanswered(needed) or (need for need in needed if not need.consent)), None)


def next_text(seat: Seat, *, at: datetime) -> ConsentVersion | None:
    """The text that still waits to be asked, none of those that were said no to."""
    fresh = (need for need in unanswered(needs(seat, at=at)) if not need.declined)
    found = (version_to_ask(need.form, seat.client.language, at=at) for need in fresh)
    return next((version for version in found if version), None)


def text_to_ask(seat: Seat, needed: list[Need] | None = None, *, at: datetime) -> ConsentVersion | None:
    """What is read out or sent now; where all is agreed the first form, for whoever wants to ask again."""
    needed = needs(seat, at=at) if needed is None else needed
    one = ahead(needed) or next(iter(needed), None)
    return version_to_ask(one.form, seat.client.language, at=at) if one else None


def papers(actor: Actor) -> list[Consent]:
    """Everything this client answered, as it was corrected, newest first."""
    answered = Consent.objects.visible_to(actor).exclude(answered_at=None)
    mine = answered.exclude(status=Consent.Status.CORRECTED)
    found = mine.select_related("version__form", "paper").defer("document", "paper__body")
    return list(found.order_by("-answered_at"))


def correction_of(consent: Consent) -> Consent | None:
    """The entry that says what was really said, if this one was wrong."""
    if consent.status != Consent.Status.CORRECTED:
        return None
    same = Consent.objects.filter(seat=consent.seat_id, way=Consent.Way.VERBAL).defer("document")
    return next((one for one in same if one.facts.get("corrects") == str(consent.pk)), None)


def papers_due(*, at: datetime) -> bool:
    """Whether a PDF waits to be made."""
    return Paper.objects.due(at).exists()


def rule_for(seat: Seat, state: str = "") -> StateRule:
    """What is asked where this seat's client is (or in the state named), as the practice goes by it."""
    return rule_of(seat.practice_id, state or state_of(seat))


def state_of(seat: Seat) -> str:
    """Where the client is, as far as anybody said: for this seat, else as on file, else the practice's."""
    return seat.location_state or seat.client.state or seat.practice.state


def recorder(seat: Seat, actor: Actor) -> Clinician | None:
    """The clinician of that appointment that this actor is, if they may write down what was said."""
    if not isinstance(actor, Member) or not actor.may("record_verbal_consent"):
        return None
    found = (one for one in seat.appointment.clinicians.all() if one.pk == actor.clinician_id)
    return next(found, None)
