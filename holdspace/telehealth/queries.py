"""Questions about sessions: may it start, is one open, who waits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from holdspace.consents import queries as consents
from holdspace.consents import together
from holdspace.kit.actor import Actor
from holdspace.kit.refusals import Refusal
from holdspace.practices.models import Clinician
from holdspace.scheduling.models import Appointment, Seat, SeatStatus
from holdspace.telehealth import refusals
from holdspace.telehealth.licensing import check_licensed
from holdspace.telehealth.models import Invitation, Participant, Presence, Session

if TYPE_CHECKING:
    from django.utils.functional import Promise

BEFORE, AFTER = timedelta(minutes=60), timedelta(hours=4)


@dataclass(frozen=True)
class StartState:
    """Whether **Start Telehealth Session** is live, else why not and the one click that mends it.

    `mend` is "confirm", "check_in", "enable" or ""; `ask_anyway` says that it is far from the hour.
    """

    live: bool
    reason: str | Promise = ""
    mend: str = ""
    ask_anyway: bool = False


def start_state(seat: Seat, actor: Actor, at: datetime) -> StartState:
    """The state of the start button on this seat's Session Details."""
    if not seat.appointment.is_telehealth:
        return StartState(False, refusals.NotTelehealth.sentence)
    if not is_enabled(seat.appointment):
        return StartState(False, refusals.NotEnabled.sentence, "enable")
    if seat.status == SeatStatus.SCHEDULED:
        return StartState(False, _("Not confirmed yet."), "confirm", _far(seat, at))
    if seat.status == SeatStatus.ARRIVED:
        return StartState(False, _("Arrived, but not checked in yet."), "check_in", _far(seat, at))
    if not seat.is_startable:
        return StartState(False, _("This appointment isn't on."))
    return StartState(True, ask_anyway=_far(seat, at))


def _far(seat: Seat, at: datetime) -> bool:
    appointment = seat.appointment
    return not appointment.starts_at - BEFORE <= at < appointment.ends_at + AFTER


def is_enabled(appointment: Appointment) -> bool:
    """Telehealth is on for the practice and for one of the appointment's clinicians."""
    if not appointment.practice.telehealth_enabled:
        return False
    return any(clinician.telehealth_enabled for clinician in appointment.clinicians.all())


def check_startable(seat: Seat) -> None:
    """Raise the refusal that stands in the way of meeting by video now, if one does."""
    if not seat.stands:
        raise refusals.NotStandingAnymore
    if not seat.appointment.is_telehealth:
        raise refusals.NotTelehealth
    if not is_enabled(seat.appointment):
        raise refusals.NotEnabled
    if not seat.is_startable:
        raise refusals.NotStartable


def check_agreed(seat: Seat, at: datetime) -> None:
    """Raise the refusal while a form is missing that must be accepted: this client's, or a partner's."""
    if consents.in_the_way(seat, at=at):
        raise refusals.ConsentMissing
    if together.waits_for(seat, at=at):
        raise refusals.PartnerMissing


def what_is_missing(participant: Participant, at: datetime) -> str | Promise:
    """The sentence that Admit would refuse with right now, or nothing."""
    if participant.seat is None:
        return ""
    try:
        check_startable(participant.seat)
        check_agreed(participant.seat, at)
        check_licensed(participant.seat, at)
    except Refusal as refusal:
        return refusal.sentence
    return ""


def inside(session: Session, *, but: Participant) -> int:
    """How many others than `but` are in the session's room; who leads has a place kept in any case."""
    there = Q(status=Participant.Status.ADMITTED) | Q(role=Participant.Role.CLINICIAN)
    return session.participants.filter(there).exclude(pk=but.pk).count()


def guests_of(session: Session) -> list[Invitation]:
    """The session's guests in the order they were invited, those whose invitation was taken back left out."""
    standing = session.invitations.filter(taken_back_at=None)
    return list(standing.select_related("participant", "session"))


def who_is_in(participant: Participant) -> dict[str, str]:
    """By their ids, the names of those in the room with somebody who is let in; nobody's before that."""
    if participant.status != Participant.Status.ADMITTED:
        return {}
    places = participant.session.participants.filter(status=Participant.Status.ADMITTED)
    places = places.exclude(pk=participant.pk).select_related("clinician", "seat__client", "invitation")
    return {str(one.pk): one.name_for(participant) for one in places}


def open_session(appointment_id: UUID) -> Session | None:
    """The appointment's open or live session; there is one at most."""
    return Session.objects.filter(appointment_id=appointment_id).exclude(status=Session.Status.ENDED).first()


def with_open_session(appointment_ids: Iterable[UUID]) -> set[UUID]:
    """Those of the appointments that have an open or live session, in one question."""
    found = Session.objects.filter(appointment_id__in=list(appointment_ids))
    return set(found.exclude(status=Session.Status.ENDED).values_list("appointment_id", flat=True))


def newest_session(appointment_id: UUID) -> Session | None:
    return Session.objects.filter(appointment_id=appointment_id).order_by("-opened_at").first()


def waiting(actor: Actor) -> list[Participant]:
    """Who waits in the sessions this actor holds, longest first."""
    found = Participant.objects.visible_to(actor).who_wait()
    return list(
        found.select_related("session__appointment", "seat__client").order_by("waiting_since").distinct()
    )


def waiting_seats(practice_id: UUID) -> dict[UUID, datetime]:
    """Seats whose client waits, and since when; for boards and tiles, whoever may see them."""
    found = Participant.objects.filter(practice_id=practice_id).who_wait()
    return {one.seat_id: one.waiting_since for one in found if one.seat_id and one.waiting_since}


def told_seats(practice_id: UUID) -> dict[UUID, str]:
    """What those who wait were told last, by seat; for boards, whoever may see them."""
    waiting = Participant.objects.filter(practice_id=practice_id).who_wait()
    return {seat: told for seat, told in waiting.values_list("seat_id", "told") if told}


def waiting_in(seat: Seat) -> Participant | None:
    """The place in the waiting room of a seat that one may see, while its client waits."""
    found = Participant.objects.filter(seat=seat).who_wait()
    return found.select_related("session", "seat__practice").first()


def relay_only(participant: Participant) -> bool:
    """Whether addresses are hidden: the practice's switch, or that of any of its clinicians there."""
    appointment = participant.session.appointment
    if appointment.practice.hide_addresses:
        return True
    return any(clinician.hide_addresses for clinician in appointment.clinicians.all())


def clinician_place(session: Session, clinician_id: UUID | None) -> Participant | None:
    return session.participants.filter(clinician_id=clinician_id).first() if clinician_id else None


def busy_elsewhere(clinician: Clinician, session: Session) -> bool:
    """Whether the clinician is in another live session right now."""
    here = Participant.objects.filter(clinician=clinician, status=Participant.Status.ADMITTED)
    return here.filter(session__status=Session.Status.LIVE).exclude(session=session).exists()


@dataclass(frozen=True)
class Attended:
    """One person's time in one session: spans [from, to); `to` is None while they are there."""

    name: str
    spans: list[tuple[datetime, datetime | None]]

    def minutes(self, at: datetime) -> int:
        """Whole minutes, an open span counted until `at`."""
        return int(sum((((to or at) - since).total_seconds() for since, to in self.spans), 0.0) // 60)


def record_of(appointment: Appointment) -> list[tuple[Session, list[Attended]]]:
    """Every session of an appointment, newest first, with who was there from when to when."""
    sessions = Session.objects.filter(appointment=appointment).order_by("-opened_at")
    whose = "clinician", "seat__client", "invitation"
    places = "participants__presences", *(f"participants__{one}" for one in whose)
    return [(session, _attended(session)) for session in sessions.prefetch_related(*places)]


def minutes_there(appointment: Appointment, at: datetime) -> dict[UUID, int]:
    """How long each client was there, by seat, in all of the appointment's sessions; one query."""
    spans = Presence.objects.filter(
        participant__session__appointment=appointment, participant__seat__isnull=False
    )
    found = defaultdict[UUID, list[tuple[datetime, datetime | None]]](list)
    for seat, since, to in spans.values_list("participant__seat", "from_at", "to_at"):
        found[seat].append((since, to))
    return {seat: Attended("", theirs).minutes(at) for seat, theirs in found.items()}


def _attended(session: Session) -> list[Attended]:
    found = []
    for place in session.participants.all():
        ordered = sorted(place.presences.all(), key=lambda span: span.from_at)
        spans = [(span.from_at, span.to_at) for span in ordered]
        if spans:
            found.append(Attended(place.name, spans))
    return found
