"""The waiting room: knock, admit, decline, send back, remove, leave."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from holdspace import jobs
from holdspace.audit import trail
from holdspace.kit.actor import Actor, System
from holdspace.kit.refusals import MoveNotAllowed
from holdspace.live import bus
from holdspace.messaging import actions as messages
from holdspace.scheduling import links
from holdspace.scheduling.models import Seat
from holdspace.telehealth import licensing, queries, refusals
from holdspace.telehealth.actions.sessions import open_for, place_of
from holdspace.telehealth.engines import engine_of
from holdspace.telehealth.models import Invitation, Participant, Presence, Session

P = Participant.Status
AWAY = timedelta(minutes=10)
LAUNCH = 0.4  # seconds from a press on Admit in which two people wait for a picture


def knock(*, seat: Seat, actor: Actor, at: datetime) -> Participant:
    """The client is here: they wait, or are still in the room they never left.

    Needs an appointment that stands and the hour, never consent or status: nobody is kept
    outside for something that staff have to mend.  The first knock opens the session.
    """
    if not seat.stands:
        raise refusals.NotStandingAnymore
    if not seat.appointment.is_telehealth:
        raise refusals.NotTelehealth
    opens, closes = links.join_window(seat)
    if not queries.open_session(seat.appointment_id):
        if at < opens:
            raise refusals.TooEarly
        if at >= closes:
            raise refusals.TooLate
    session = open_for(appointment=seat.appointment, actor=actor, at=at)
    return wait_in(place_of(session, seat), actor, at)


def wait_in(participant: Participant, actor: Actor, at: datetime) -> Participant:
    """Somebody's place in the waiting room, or in the room itself while they are in it."""
    if participant.status in {P.WAITING, P.ADMITTED}:
        _seen(participant, at)
        return participant
    if participant.status == P.REMOVED:
        raise refusals.TakenOut
    _move(
        participant,
        P.WAITING,
        "telehealth.participant.waiting",
        actor,
        at,
        waiting_since=at,
        seen_at=at,
        told="",
    )
    return participant


def admit(*, participant: Participant, actor: Actor, at: datetime) -> None:
    """Let a waiting person in, or refuse.

    Everything is checked now, not when the room was opened: the status may have
    changed, a consent may have been withdrawn, and the client may have moved to where nobody
    here is licensed, while they waited.
    """
    jobs.hush(LAUNCH)
    if not participant.session.is_open:
        raise refusals.SessionOver
    if participant.status == P.ADMITTED:
        return  # a second press, or a colleague's
    if participant.status != P.WAITING:
        raise refusals.NobodyThere
    if participant.seat:
        queries.check_startable(participant.seat)
        queries.check_agreed(participant.seat, at)
        licensing.check_licensed(participant.seat, at)
    try:
        _let_in(participant, actor, at)
    except MoveNotAllowed:
        if Participant.objects.get(pk=participant.pk).status == P.ADMITTED:
            return  # two presses at once: the other one did it
        raise


def _let_in(participant: Participant, actor: Actor, at: datetime) -> None:
    with transaction.atomic():
        # Locked, so that of two who are let in at once the second is counted with the first.
        session = Session.objects.select_for_update().get(pk=participant.session_id)
        _check_room(session, participant)
        _check_invited(participant)
        # Once all is kept, and before the hint: their own page has the longer way to the picture.
        transaction.on_commit(partial(engine_of(session).raise_right, participant), robust=True)
        _enter(participant, actor, at)
        session.now_live(at=at)
        participant.session = session
        _confirm_identity(participant, actor, at)


def _check_room(session: Session, participant: Participant) -> None:
    if queries.inside(session, but=participant) >= engine_of(session).people:
        raise refusals.RoomTaken


def _check_invited(participant: Participant) -> None:
    """A guest may have been uninvited in this very moment."""
    guest = participant.invitation_id
    if guest and not Invitation.objects.filter(pk=guest, taken_back_at=None).exists():
        raise refusals.NobodyThere


def _enter(participant: Participant, actor: Actor, at: datetime) -> None:
    _move(participant, P.ADMITTED, "telehealth.participant.admitted", actor, at, admitted_at=at, seen_at=at)
    Presence.objects.create(practice_id=participant.practice_id, participant=participant, from_at=at)


def _confirm_identity(participant: Participant, actor: Actor, at: datetime) -> None:
    """Who came in by name only is now known to the clinician, by face."""
    seat = participant.seat
    if seat and seat.identity_how == "name":
        Seat.objects.filter(pk=seat.pk).update(identity_how="clinician")
        trail.record(actor, "scheduling.seat.identity_confirmed", seat, at=at)


def here(*, participant: Participant, actor: Actor, at: datetime) -> None:
    """A sign of life from somebody's room page; a clinician's first one is their coming in."""
    if not participant.session.is_open:
        raise refusals.SessionOver
    if participant.role == Participant.Role.CLINICIAN and participant.status != P.ADMITTED:
        with transaction.atomic():
            _enter(participant, actor, at)
    else:
        _seen(participant, at)


def _seen(participant: Participant, at: datetime) -> None:
    Participant.objects.filter(pk=participant.pk).update(seen_at=at)


def decline(*, participant: Participant, actor: Actor, at: datetime) -> None:
    """Not now: the person keeps their link and may knock again."""
    _move(participant, P.DECLINED, "telehealth.participant.declined", actor, at)


def send_back(*, participant: Participant, actor: Actor, at: datetime) -> None:
    """Back to the waiting room: nobody sees or hears them until they are admitted again."""
    _out(participant, P.WAITING, "telehealth.participant.sent_back", actor, at, waiting_since=at)


def remove(*, participant: Participant, actor: Actor, at: datetime) -> None:
    """Out, and not back in unless the clinician lets them."""
    _out(participant, P.REMOVED, "telehealth.participant.removed", actor, at, left_at=at)


def leave(*, participant: Participant, actor: Actor, at: datetime) -> None:
    """They pressed Leave; they may come back.  Leaving twice is leaving once."""
    if participant.status in {P.WAITING, P.ADMITTED}:
        _out(participant, P.LEFT, "telehealth.participant.left", actor, at, left_at=at)


def _out(
    participant: Participant, status: str, what: str, actor: Actor, at: datetime, **changes: Any
) -> None:
    was_in = participant.status == P.ADMITTED
    with transaction.atomic():
        _move(participant, status, what, actor, at, **changes)
        Presence.objects.filter(participant=participant, to_at=None).update(to_at=at)
        if was_in and participant.role != Participant.Role.CLINICIAN:
            _tell_those_inside(participant, what)
    engine_of(participant.session).remove(participant)


def _tell_those_inside(participant: Participant, what: str) -> None:
    """Each of them stops sending to whoever is out: not all of them hear what is said of the whole room."""
    inside = participant.session.participants.filter(status=P.ADMITTED)
    places = inside.values_list("seat", "invitation")
    topics = [topic for seat, guest in places for topic in _own(seat, guest)]
    if topics:
        ids = {"session": participant.session_id, "participant": participant.pk}
        bus.publish(what.removeprefix("telehealth."), topics, **ids)


def _own(seat: UUID | None, guest: UUID | None) -> list[str]:
    return [f"seat:{seat}"] if seat else [f"visit:{guest}"] if guest else []


def tell(*, participant: Participant, reply: str, actor: Actor, at: datetime) -> None:
    """A one-tap reply to somebody waiting; `reply` is one of the web room's words."""
    with transaction.atomic():
        Participant.objects.filter(pk=participant.pk).update(told=reply)
        trail.record(actor, "telehealth.participant.told", participant, at=at, reply=reply)
        bus.publish(
            "participant.told", participant.topics, session=participant.session_id, participant=participant.pk
        )


def tell_clinicians(*, participant: Participant, actor: Actor, at: datetime) -> None:
    """Somebody at the desk rings the bell of whoever this person waits for."""
    seat = participant.seat
    if seat is None or participant.status != P.WAITING:
        raise refusals.NobodyThere
    leads = seat.appointment.clinicians.select_related("membership__user")
    with transaction.atomic():
        users = [clinician.membership.user for clinician in leads]
        messages.ring(practice=seat.practice, users=users, kind="waiting", subject=seat, at=at)
        trail.record(actor, "telehealth.clinician.told", participant, at=at)


def _move(
    participant: Participant, status: str, what: str, actor: Actor, at: datetime, **changes: Any
) -> None:
    """One move with its entry and its hint, which is named after what happened."""
    hint = what.removeprefix("telehealth.")
    # All or nothing together with whatever it is part of: no savepoint to ask the database for.
    with transaction.atomic(savepoint=False):
        participant.move_to(status, **changes)
        trail.record(actor, what, participant, at=at, session=str(participant.session_id))
        ids = {"session": participant.session_id, "participant": participant.pk}
        bus.publish(hint, participant.topics, **ids)


def sweep_away(*, at: datetime) -> int:
    """Whoever gave no sign of life for ten minutes has left, at their last sign; says how many."""
    gone = Participant.objects.filter(status__in=[P.WAITING, P.ADMITTED], seen_at__lt=at - AWAY)
    swept = 0
    for participant in gone.select_related("session"):
        seen = participant.seen_at or at
        try:
            leave(participant=participant, actor=System(participant.practice_id), at=seen)
            swept += 1
        except MoveNotAllowed:
            continue  # they came back or were let in this very moment
    return swept
