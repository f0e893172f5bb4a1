"""Opening and ending a session: one open per appointment, however often it is asked for."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from holdspace.audit import trail
from holdspace.kit.actor import Actor, System
from holdspace.kit.refusals import MoveNotAllowed
from holdspace.live import bus
from holdspace.scheduling import actions as scheduling
from holdspace.scheduling.models import Appointment, Seat
from holdspace.telehealth import queries
from holdspace.telehealth.engines import engine_of
from holdspace.telehealth.models import Participant, Presence, Session

EMPTY_AFTER = timedelta(hours=4)


def open_for(*, appointment: Appointment, actor: Actor, at: datetime) -> Session:
    """The appointment's open session, made if there is none.  Everybody expected has a place in it."""
    standing = queries.open_session(appointment.pk)
    if standing:
        return standing
    try:
        with transaction.atomic():
            return _open(appointment, actor, at)
    except IntegrityError:
        # Two pressed at once: the constraint let one of them through, and this is theirs.
        return Session.objects.exclude(status=Session.Status.ENDED).get(appointment=appointment)


def _open(appointment: Appointment, actor: Actor, at: datetime) -> Session:
    session = Session.objects.create(practice=appointment.practice, appointment=appointment, opened_at=at)
    for clinician in appointment.clinicians.all():
        _place(session, Participant.Role.CLINICIAN, clinician=clinician)
    for seat in appointment.seats.all():
        if seat.stands:
            _place(session, Participant.Role.CLIENT, seat=seat)
    trail.record(actor, "telehealth.session.opened", session, at=at, appointment=str(appointment.pk))
    topics = session.topics + [f"seat:{seat.pk}" for seat in appointment.seats.all()]
    bus.publish("session.opened", topics, session=session.pk, appointment=appointment.pk)
    return session


def _place(session: Session, role: str, **whose: object) -> Participant:
    return Participant.objects.create(practice_id=session.practice_id, session=session, role=role, **whose)


def place_of(session: Session, seat: Seat) -> Participant:
    """The seat's place in the session; a member who joined the group later gets theirs now."""
    facts = {"practice_id": session.practice_id, "role": Participant.Role.CLIENT}
    return Participant.objects.get_or_create(session=session, seat=seat, defaults=facts)[0]


def end_session(
    *, session: Session, outcomes: dict[UUID, str], actor: Actor, at: datetime, reason: str = ""
) -> None:
    """End it for everybody and say what became of each seat; a second press changes nothing.

    `outcomes` maps a seat's id to its new status; a seat that already has it is left alone.
    """
    with transaction.atomic():
        if not _close(session, "clinician", actor, at):
            return
        for seat in session.appointment.seats.filter(pk__in=outcomes):
            if seat.status != outcomes[seat.pk]:
                scheduling.set_status(seat=seat, status=outcomes[seat.pk], actor=actor, at=at, reason=reason)
    engine_of(session).close(session)


def _close(session: Session, by: str, actor: Actor, at: datetime) -> bool:
    try:
        session.move_to(Session.Status.ENDED, ended_at=at, ended_by=by)
    except MoveNotAllowed:
        return False  # somebody else ended it first
    Presence.objects.filter(participant__session=session, to_at=None).update(to_at=at)
    gone = {"status": Participant.Status.LEFT, "left_at": at}
    there = [Participant.Status.WAITING, Participant.Status.ADMITTED]
    session.participants.filter(status__in=there).update(**gone)
    trail.record(actor, "telehealth.session.ended", session, at=at, by=by)
    seats = [f"seat:{pk}" for pk in session.appointment.seats.values_list("pk", flat=True)]
    guests = [f"visit:{pk}" for pk in session.invitations.values_list("pk", flat=True)]
    bus.publish("session.ended", session.topics + seats + guests, session=session.pk)
    return True


def end_empty(*, at: datetime) -> int:
    """End every session that was left empty until 4 hours after its appointment; says how many."""
    late = Session.objects.exclude(status=Session.Status.ENDED).filter(
        appointment__ends_at__lte=at - EMPTY_AFTER
    )
    ended = 0
    for session in late.select_related("appointment"):
        if not session.participants.filter(
            status=Participant.Status.ADMITTED, role=Participant.Role.CLIENT
        ).exists():
            with transaction.atomic():
                ended += _close(session, "system", System(session.practice_id), at)
    return ended
